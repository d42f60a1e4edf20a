// sqlite3's C API, and beside it what Swift cannot call: macros, destructor constants and C callbacks.
#ifndef WATCHDESK_SQLITE_H
#define WATCHDESK_SQLITE_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

// Bind a copy of the bytes (SQLITE_TRANSIENT); a null pointer with count 0 is empty, not NULL.
int wd_sqlite_bind_text(sqlite3_stmt *statement, int index, const uint8_t *bytes, size_t count);
int wd_sqlite_bind_blob(sqlite3_stmt *statement, int index, const uint8_t *bytes, size_t count);

// From now on each commit of this connection writes the number of frames in the write-ahead log to *frames,
// instead of checkpointing by itself.
void wd_sqlite_count_frames(sqlite3 *database, int *frames);

#endif
