// The event parser of libyaml, reduced to what Watchdesk reads: one flat event at a time, UTF-8 only.
#ifndef WATCHDESK_YAML_H
#define WATCHDESK_YAML_H

#include <stddef.h>
#include <stdint.h>

typedef struct wd_yaml wd_yaml;

typedef enum {
    WD_YAML_END = 0,       // the stream is over
    WD_YAML_DOCUMENT = 1,  // a document starts
    WD_YAML_SCALAR = 2,    // text, count, is_plain, has_anchor and has_tag are set
    WD_YAML_SEQUENCE = 3,  // a sequence starts; has_anchor and has_tag are set
    WD_YAML_MAPPING = 4,   // a mapping starts; has_anchor and has_tag are set
    WD_YAML_CLOSE = 5,     // the innermost sequence or mapping ends
    WD_YAML_ALIAS = 6,     // text and count are the name of the anchor
    WD_YAML_FAULT = 7,     // text says what is wrong at line and column
    WD_YAML_UNREADABLE = 8 // text says what is wrong at the byte `offset`: no UTF-8, or a forbidden character
} wd_yaml_kind;

typedef struct {
    int kind;
    int is_plain;
    int has_anchor;
    int has_tag;
    size_t line;   // from 0
    size_t column; // in characters, from 0
    size_t offset; // in bytes, from 0; only for WD_YAML_UNREADABLE
    const char *text; // valid until the next call; may be NULL
    size_t count;
    const char *context; // what libyaml was doing when it found a fault; may be NULL
    size_t context_line; // from 0; where that began
} wd_yaml_event;

// Copies the bytes and starts to parse them; NULL when memory is short.
wd_yaml *wd_yaml_open(const uint8_t *bytes, size_t count);
// The next event; after WD_YAML_END, WD_YAML_FAULT and WD_YAML_UNREADABLE it must not be called again.
void wd_yaml_next(wd_yaml *yaml, wd_yaml_event *event);
void wd_yaml_close(wd_yaml *yaml);

#endif
