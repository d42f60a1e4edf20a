#include "watchdesk_sqlite.h"

int wd_sqlite_bind_text(sqlite3_stmt *statement, int index, const uint8_t *bytes, size_t count) {
    return sqlite3_bind_text64(
        statement, index, bytes ? (const char *)bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

int wd_sqlite_bind_blob(sqlite3_stmt *statement, int index, const uint8_t *bytes, size_t count) {
    if (count == 0) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

static int note_frames(void *context, sqlite3 *database, const char *schema, int frames) {
    (void)database;
    (void)schema;
    *(int *)context = frames;
    return SQLITE_OK;
}

void wd_sqlite_count_frames(sqlite3 *database, int *frames) {
    sqlite3_wal_hook(database, note_frames, frames);
}
