#include "watchdesk_yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct wd_yaml {
    yaml_parser_t parser;
    yaml_event_t event;
    int holds_event;
    uint8_t *bytes;
};

wd_yaml *wd_yaml_open(const uint8_t *bytes, size_t count) {
    wd_yaml *yaml = calloc(1, sizeof *yaml);
    if (!yaml) return NULL;
    yaml->bytes = malloc(count ? count : 1);
    if (!yaml->bytes || !yaml_parser_initialize(&yaml->parser)) {
        free(yaml->bytes);
        free(yaml);
        return NULL;
    }
    if (count) memcpy(yaml->bytes, bytes, count);
    yaml_parser_set_encoding(&yaml->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&yaml->parser, yaml->bytes, count);
    return yaml;
}

void wd_yaml_close(wd_yaml *yaml) {
    if (!yaml) return;
    if (yaml->holds_event) yaml_event_delete(&yaml->event);
    yaml_parser_delete(&yaml->parser);
    free(yaml->bytes);
    free(yaml);
}

static void describe_fault(const yaml_parser_t *parser, wd_yaml_event *out) {
    const char *problem = parser->problem ? parser->problem : "memory is short";
    out->kind = parser->error == YAML_READER_ERROR ? WD_YAML_UNREADABLE : WD_YAML_FAULT;
    out->text = problem;
    out->count = strlen(problem);
    out->offset = parser->problem_offset;
    out->line = parser->problem_mark.line;
    out->column = parser->problem_mark.column;
    out->context = parser->context;
    out->context_line = parser->context_mark.line;
}

static void describe_scalar(const yaml_event_t *event, wd_yaml_event *out) {
    out->kind = WD_YAML_SCALAR;
    out->text = (const char *)event->data.scalar.value;
    out->count = event->data.scalar.length;
    out->is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    out->has_anchor = event->data.scalar.anchor != NULL;
    out->has_tag = event->data.scalar.tag != NULL;
}

// Fills `out` and returns 1, or returns 0 for an event that says nothing new.
static int describe(const yaml_event_t *event, wd_yaml_event *out) {
    out->line = event->start_mark.line;
    out->column = event->start_mark.column;
    switch (event->type) {
    case YAML_STREAM_END_EVENT:
        out->kind = WD_YAML_END;
        return 1;
    case YAML_DOCUMENT_START_EVENT:
        out->kind = WD_YAML_DOCUMENT;
        return 1;
    case YAML_SCALAR_EVENT:
        describe_scalar(event, out);
        return 1;
    case YAML_SEQUENCE_START_EVENT:
        out->kind = WD_YAML_SEQUENCE;
        out->has_anchor = event->data.sequence_start.anchor != NULL;
        out->has_tag = event->data.sequence_start.tag != NULL;
        return 1;
    case YAML_MAPPING_START_EVENT:
        out->kind = WD_YAML_MAPPING;
        out->has_anchor = event->data.mapping_start.anchor != NULL;
        out->has_tag = event->data.mapping_start.tag != NULL;
        return 1;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        out->kind = WD_YAML_CLOSE;
        return 1;
    case YAML_ALIAS_EVENT:
        out->kind = WD_YAML_ALIAS;
        out->text = (const char *)event->data.alias.anchor;
        out->count = strlen(out->text);
        return 1;
    default:
        return 0;
    }
}

void wd_yaml_next(wd_yaml *yaml, wd_yaml_event *out) {
    for (;;) {
        memset(out, 0, sizeof *out);
        if (yaml->holds_event) yaml_event_delete(&yaml->event);
        yaml->holds_event = yaml_parser_parse(&yaml->parser, &yaml->event);
        if (!yaml->holds_event) {
            describe_fault(&yaml->parser, out);
            return;
        }
        if (describe(&yaml->event, out)) return;
    }
}
