#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include "watchdesk_ncurses.h"

#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

// Declared in <term.h>, which defines every capability's name as a macro, `columns` among them.
extern char *tigetstr(const char *name);

static SCREEN *screen;
static FILE *output;
static FILE *input;
static int memory_file = -1;
static int default_colours;
static char *sent;
static size_t sent_room;
static cchar_t *row_cells;
static int row_room;

static const int touched_by_newterm[] = {SIGTSTP, SIGINT, SIGTERM, SIGWINCH};
enum { touched_count = sizeof touched_by_newterm / sizeof *touched_by_newterm };

// Opens the terminal by its description without what terminals disagree about, see capabilities.c.
static SCREEN *open_plainly(const char *term) {
    char *description = wd_plain_description(term);
    if (description == NULL) return newterm(term, output, input);
    char *own = getenv("TERMINFO");
    char *kept = own != NULL ? strdup(own) : NULL;
    setenv("TERMINFO", description, 1);
    SCREEN *opened = newterm(term, output, input);
    if (kept != NULL) setenv("TERMINFO", kept, 1);
    else unsetenv("TERMINFO");
    free(kept);
    free(description);
    return opened != NULL ? opened : newterm(term, output, input);
}

int wd_curses_open(const char *term, int memory, int with_colours) {
    struct sigaction kept[touched_count];
    for (int index = 0; index < touched_count; index++) sigaction(touched_by_newterm[index], NULL, &kept[index]);
    memory_file = memory;
    int copy = dup(memory);
    output = copy < 0 ? NULL : fdopen(copy, "w");
    // ncurses never reads: the keyboard is ours.
    input = fopen("/dev/null", "r");
    if (output != NULL && input != NULL) screen = open_plainly(term);
    for (int index = 0; index < touched_count; index++) sigaction(touched_by_newterm[index], &kept[index], NULL);
    if (screen == NULL) {
        if (output != NULL) fclose(output);
        if (input != NULL) fclose(input);
        return -1;
    }
    set_term(screen);
    typeahead(-1);
    // Until it has left the screen once and come back, ncurses writes out each single move of the cursor. What it wrote
    // before it comes back is dropped; it comes back before it knows of colours, or it would reset those of the terminal.
    // Where the cursor cannot be moved, blanks would be written for nothing.
    if (wd_curses_capability("cup") != NULL) {
        endwin();
        fflush(output);
        lseek(memory, 0, SEEK_SET);
        doupdate();
    }
    default_colours = 0;
    if (with_colours && has_colors() && start_color() == OK) default_colours = use_default_colors() == OK;
    return 0;
}

int wd_curses_is_open(void) { return screen != NULL; }

void wd_curses_close(void) {
    if (screen == NULL) return;
    delscreen(screen);
    screen = NULL;
    fclose(output);
    fclose(input);
    free(sent);
    free(row_cells);
    sent = NULL;
    row_cells = NULL;
    sent_room = 0;
    row_room = 0;
}

int wd_curses_colours(void) { return COLORS; }
int wd_curses_pairs(void) { return COLOR_PAIRS; }
int wd_curses_has_default_colours(void) { return default_colours; }

const char *wd_curses_capability(const char *name) {
    const char *text = tigetstr(name);
    return text == (const char *)-1 ? NULL : text;
}

int wd_curses_pair(int pair, int foreground, int background) {
    return init_extended_pair(pair, foreground, background) == OK ? 0 : -1;
}

static attr_t attributes(uint8_t bits) {
    attr_t sum = A_NORMAL;
    if (bits & 1) sum |= A_BOLD;
    if (bits & 2) sum |= A_DIM;
    if (bits & 4) sum |= A_UNDERLINE;
    if (bits & 8) sum |= A_REVERSE;
    if (bits & 16) sum |= A_ITALIC;
    return sum;
}

// Frames, blocks and braille are most of what is drawn, and one cell wide in every locale.
static int is_plain(uint32_t glyph) {
    return glyph < 0x7F || (glyph >= 0x2500 && glyph < 0x25FD) || (glyph >= 0x2800 && glyph < 0x2900);
}

static void set_cell(cchar_t *cell, const wd_glyph *glyph, wchar_t shown, int with_marks) {
    memset(cell, 0, sizeof *cell);
    cell->attr = attributes(glyph->attributes) | COLOR_PAIR(glyph->pair > 255 ? 255 : glyph->pair);
    cell->ext_color = glyph->pair;
    cell->chars[0] = shown;
    for (int place = 0; with_marks && place < CCHARW_MAX - 1 && place < 4; place++) {
        wchar_t mark = (wchar_t)(glyph->marks >> (16 * place) & 0xFFFF);
        if (mark == 0) break;
        cell->chars[place + 1] = mark;
    }
}

void wd_curses_row(int row, int column, const wd_glyph *glyphs, int count) {
    if (count * 2 > row_room) {
        cchar_t *larger = realloc(row_cells, sizeof(cchar_t) * (size_t)count * 2);
        if (larger == NULL) return;
        row_cells = larger;
        row_room = count * 2;
    }
    int used = 0;
    for (int index = 0; index < count; index++) {
        const wd_glyph *glyph = &glyphs[index];
        // The C library may be older or newer than our table: what it measures otherwise would shift the whole row.
        int agrees = is_plain(glyph->glyph) || wcwidth((wchar_t)glyph->glyph) == glyph->columns;
        set_cell(&row_cells[used++], glyph, agrees ? (wchar_t)glyph->glyph : L'?', agrees && glyph->marks != 0);
        if (!agrees && glyph->columns == 2) set_cell(&row_cells[used++], glyph, L' ', 0);
    }
    mvwadd_wchnstr(stdscr, row, column, row_cells, used);
}

void wd_curses_resize(int columns, int rows) {
    resize_term(rows, columns);
    werase(stdscr);
    clearok(curscr, TRUE);
}

void wd_curses_repaint(void) { clearok(curscr, TRUE); }

// Takes what ncurses wrote into the memory file.
static size_t take_bytes(const char **bytes) {
    off_t count = lseek(memory_file, 0, SEEK_CUR);
    if (count <= 0) return 0;
    if ((size_t)count > sent_room) {
        char *larger = realloc(sent, (size_t)count * 2);
        if (larger == NULL) return 0;
        sent = larger;
        sent_room = (size_t)count * 2;
    }
    ssize_t got = pread(memory_file, sent, (size_t)count, 0);
    lseek(memory_file, 0, SEEK_SET);
    *bytes = sent;
    return got > 0 ? (size_t)got : 0;
}

size_t wd_curses_update(int column, int row, const char **bytes) {
    curs_set(column < 0 ? 0 : 1);
    if (column >= 0) {
        leaveok(stdscr, FALSE);
        wmove(stdscr, row, column);
    } else {
        leaveok(stdscr, TRUE);
    }
    wnoutrefresh(stdscr);
    doupdate();
    fflush(output);
    return take_bytes(bytes);
}

size_t wd_curses_leave(const char **bytes) {
    curs_set(1);
    endwin();
    fflush(output);
    return take_bytes(bytes);
}

int wd_use_locale(const char *name) {
    if (setlocale(LC_CTYPE, name) == NULL) return 0;
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
