// The part of ncurses that the console uses, and what gives the terminal back on every way out.
// There is one screen in a process: ncurses keeps its state in globals. All calls come from one thread.
#ifndef WATCHDESK_NCURSES_H
#define WATCHDESK_NCURSES_H

#include <stddef.h>
#include <stdint.h>

// One glyph with its marks. The marks are sixteen bits each from the lowest, 0 where there is none; the attributes are
// 1 bold, 2 dim, 4 underline, 8 reverse, 16 italic; columns is 1 or 2.
typedef struct {
    uint64_t marks;
    uint32_t glyph;
    int32_t pair;
    uint8_t attributes;
    uint8_t columns;
} wd_glyph;

// Starts ncurses for this kind of terminal with its output in a memory file. 0 on success, -1 when it does not know it.
int wd_curses_open(const char *term, int memory, int with_colours);
int wd_curses_is_open(void);
void wd_curses_close(void);

// Which colours there are: 0 without any. Whether the terminal's own colours can be asked for by -1.
int wd_curses_colours(void);
int wd_curses_pairs(void);
int wd_curses_has_default_colours(void);
// Whether the terminal knows this string capability of terminfo, and its text (NULL without).
const char *wd_curses_capability(const char *name);

// Gives a pair of colours a number. 0 on success.
int wd_curses_pair(int pair, int foreground, int background);
// Puts glyphs from a cell to the right.
void wd_curses_row(int row, int column, const wd_glyph *glyphs, int count);
void wd_curses_resize(int columns, int rows);
// The next update repaints everything.
void wd_curses_repaint(void);
// Works out what must be sent; the cursor is hidden when column is negative. Gives the bytes, valid until the next call.
size_t wd_curses_update(int column, int row, const char **bytes);
// The bytes that leave the screen.
size_t wd_curses_leave(const char **bytes);

// Chooses the locale of characters; whether it is one of UTF-8.
int wd_use_locale(const char *name);

// Saves the terminal's modes and puts it into the mode of the console. 0 on success.
int wd_modes_enter(int input);
void wd_modes_leave(void);

// From now on standard error goes to a memory file; afterwards what was written there is shown on the real one.
void wd_errors_hold(int memory);
void wd_errors_release(void);

// Catches signals: those of a crash and SIGQUIT restore the terminal by writing these bytes to output and then end the
// program as they do by default; SIGHUP, SIGTERM, SIGINT, SIGWINCH, SIGTSTP and SIGCONT set a flag and ring. The second of SIGHUP,
// SIGTERM and SIGINT ends the program the hard way.
void wd_signals_catch(int output, int ring, const char *restore);
void wd_signals_release(void);

enum { WD_RESIZED = 1, WD_STOP_WANTED = 2, WD_CONTINUED = 4, WD_EXIT_WANTED = 8 };
// Takes the flags that were set.
int wd_signals_take(void);
// Stops the process group as Ctrl-Z does; returns when it is continued.
void wd_stop_group(void);

// Reads what is there without waiting longer than the given time. -1 end of input or an error, 0 nothing.
long wd_read_input(int input, void *buffer, size_t count, int wait_milliseconds);

// The compiled description of a terminal, without scrolled regions and repeated characters, as TERMINFO takes it; the
// caller frees it. NULL when there is none that is understood.
char *wd_plain_description(const char *term);

#endif
