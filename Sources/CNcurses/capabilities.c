// A file of its own, because <term.h> defines every capability's name as a macro, `columns` and `lines` among them.
#include "watchdesk_ncurses.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Terminals, and what records and replays them, disagree about scrolled regions and repeated characters, and a dashboard
// gains nothing by them. ncurses has no switch for it, but it takes a description in TERMINFO itself (`hex:`, see
// terminfo(5)): the compiled one without these strings. Their numbers are those of Strings[] in <term.h>:
// change_scroll_region, delete_line, insert_line, parm_delete_line, parm_index, parm_insert_line, parm_rindex,
// repeat_char, scroll_forward, scroll_reverse.
static const int forgotten[] = {3, 22, 53, 106, 109, 110, 113, 121, 129, 130};

enum { header_size = 12, largest_description = 32768 };

static int number(const unsigned char *bytes) { return bytes[0] | bytes[1] << 8; }

// Reads the compiled description of a terminal from the usual folders; its length, or -1.
static int read_description(const char *term, unsigned char *bytes) {
    const char *own = getenv("TERMINFO");
    const char *home = getenv("HOME");
    char in_home[512];
    snprintf(in_home, sizeof in_home, "%s/.terminfo", home != NULL ? home : "/nowhere");
    const char *folders[] = {own != NULL ? own : "", in_home, "/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo"};
    if (term[0] == 0 || term[0] == '.' || strchr(term, '/') != NULL) return -1;
    for (size_t index = 0; index < sizeof folders / sizeof folders[0]; index++) {
        char path[1024];
        if (folders[index][0] != '/') continue;
        snprintf(path, sizeof path, "%s/%c/%s", folders[index], term[0], term);
        int file = open(path, O_RDONLY | O_CLOEXEC);
        if (file < 0) continue;
        ssize_t length = read(file, bytes, largest_description);
        close(file);
        return (int)length;
    }
    return -1;
}

// Where the offsets of the strings begin (term(5)), or -1 for a description that is not understood.
static int string_offsets(const unsigned char *bytes, int length, int *count) {
    if (length < header_size) return -1;
    int magic = number(bytes);
    if (magic != 0432 && magic != 01036) return -1;
    int start = header_size + number(bytes + 2) + number(bytes + 4);
    start += start & 1;
    start += number(bytes + 6) * (magic == 01036 ? 4 : 2);
    *count = number(bytes + 8);
    return start + *count * 2 <= length ? start : -1;
}

char *wd_plain_description(const char *term) {
    const char *own = getenv("TERMINFO");
    if (own != NULL && own[0] != '/') return NULL;
    unsigned char *bytes = malloc(largest_description);
    if (bytes == NULL) return NULL;
    int count = 0;
    int length = read_description(term, bytes);
    int start = string_offsets(bytes, length, &count);
    char *text = start < 0 ? NULL : malloc((size_t)length * 2 + 5);
    if (text != NULL) {
        for (size_t index = 0; index < sizeof forgotten / sizeof forgotten[0]; index++) {
            if (forgotten[index] < count) memset(bytes + start + forgotten[index] * 2, 0xFF, 2);
        }
        memcpy(text, "hex:", 4);
        for (int index = 0; index < length; index++) sprintf(text + 4 + index * 2, "%02X", bytes[index]);
    }
    free(bytes);
    return text;
}
