internal import Storage

/// The tables of what is on its way to receivers.
enum NoticeTables {
    static let migrations = [
        Migration(
            "alert-notices-2",
            """
            CREATE TABLE notice_cursor (id INTEGER PRIMARY KEY CHECK (id = 0), last INTEGER NOT NULL) STRICT;
            INSERT INTO notice_cursor (id, last) VALUES (0, 0);
            CREATE TABLE notice_delivery (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                notice INTEGER NOT NULL,
                receiver TEXT NOT NULL,
                labels TEXT NOT NULL,
                entry TEXT NOT NULL,
                UNIQUE (notice, receiver)
            ) STRICT;
            CREATE INDEX notice_delivery_group ON notice_delivery (receiver, labels);
            CREATE TABLE notice_group (
                receiver TEXT NOT NULL,
                labels TEXT NOT NULL,
                quiet_hours TEXT NOT NULL,
                wait INTEGER NOT NULL,
                interval INTEGER NOT NULL,
                again INTEGER NOT NULL,
                flush_at INTEGER,
                repeat_at INTEGER,
                last_sent_at INTEGER,
                PRIMARY KEY (receiver, labels)
            ) STRICT;
            CREATE INDEX notice_group_flush ON notice_group (flush_at) WHERE flush_at IS NOT NULL;
            CREATE INDEX notice_group_repeat ON notice_group (repeat_at) WHERE repeat_at IS NOT NULL;
            CREATE TABLE notice_told (
                receiver TEXT NOT NULL,
                alert INTEGER NOT NULL,
                labels TEXT NOT NULL,
                message INTEGER NOT NULL,
                is_told INTEGER NOT NULL,
                PRIMARY KEY (receiver, alert)
            ) STRICT;
            CREATE TABLE notice_message (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                receiver TEXT NOT NULL,
                labels TEXT NOT NULL,
                key TEXT NOT NULL UNIQUE,
                entries TEXT NOT NULL,
                state TEXT NOT NULL,
                attempts INTEGER NOT NULL,
                next_at INTEGER NOT NULL,
                created_at INTEGER NOT NULL,
                tried_at INTEGER,
                fault TEXT
            ) STRICT;
            CREATE INDEX notice_message_due ON notice_message (next_at) WHERE state = 'waiting';
            CREATE INDEX notice_message_state ON notice_message (state, id);
            """)
    ]
}
