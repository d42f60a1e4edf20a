public import Storage

extension Conversations {
    /// The schema, to be given to `Database.open`.
    public static let migrations =
        [
            Migration(
                "conversations-1",
                """
                CREATE TABLE customer (
                    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, created_at INTEGER NOT NULL
                ) STRICT;

                CREATE TABLE conversation (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    customer INTEGER NOT NULL REFERENCES customer (id),
                    subject TEXT NOT NULL,
                    status TEXT NOT NULL,
                    owner TEXT,
                    owner_name TEXT,
                    waiting_since INTEGER,
                    waiting_reason TEXT,
                    last_place INTEGER NOT NULL DEFAULT 0,
                    last_text TEXT,
                    last_author TEXT,
                    created_at INTEGER NOT NULL,
                    updated_at INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX conversation_customer ON conversation (customer);
                CREATE INDEX conversation_updated ON conversation (updated_at);
                CREATE INDEX conversation_waiting ON conversation (waiting_since) WHERE waiting_since IS NOT NULL;
                CREATE INDEX conversation_unresolved ON conversation (status) WHERE status <> 'resolved';

                CREATE VIEW conversation_row AS
                SELECT c.id, c.customer, customer.name AS customer_name, c.subject, c.status, c.owner, c.owner_name,
                    c.waiting_since, c.waiting_reason, c.last_place, c.last_text, c.last_author, c.created_at,
                    c.updated_at
                FROM conversation AS c JOIN customer ON customer.id = c.customer;

                CREATE TABLE message (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    conversation INTEGER NOT NULL REFERENCES conversation (id),
                    place INTEGER NOT NULL,
                    cid TEXT,
                    author TEXT NOT NULL,
                    author_name TEXT NOT NULL,
                    text TEXT NOT NULL,
                    at INTEGER NOT NULL,
                    UNIQUE (conversation, place)
                ) STRICT;
                CREATE UNIQUE INDEX message_cid ON message (conversation, cid) WHERE cid IS NOT NULL;

                CREATE TABLE answer (
                    message INTEGER PRIMARY KEY REFERENCES message (id),
                    model TEXT NOT NULL,
                    prompt_tokens INTEGER NOT NULL,
                    answer_tokens INTEGER NOT NULL,
                    is_estimated INTEGER NOT NULL,
                    first_token_ms INTEGER NOT NULL,
                    total_ms INTEGER NOT NULL,
                    confidence REAL,
                    fallback_reason TEXT
                ) STRICT;
                CREATE TABLE answer_source (
                    message INTEGER NOT NULL REFERENCES message (id),
                    place INTEGER NOT NULL,
                    title TEXT NOT NULL,
                    section TEXT NOT NULL,
                    path TEXT NOT NULL,
                    PRIMARY KEY (message, place)
                ) STRICT, WITHOUT ROWID;

                CREATE VIEW message_row AS
                SELECT m.id, m.conversation, m.place, m.cid, m.author, m.author_name, m.text, m.at, a.model,
                    a.prompt_tokens, a.answer_tokens, a.is_estimated, a.first_token_ms, a.total_ms, a.confidence,
                    a.fallback_reason
                FROM message AS m LEFT JOIN answer AS a ON a.message = m.id;
                """),
            // Each state that a conversation was in, for the console's look back; they begin with what is known now.
            Migration(
                "conversations-2",
                """
                CREATE TABLE conversation_state (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    conversation INTEGER NOT NULL REFERENCES conversation (id),
                    at INTEGER NOT NULL,
                    status TEXT NOT NULL,
                    owner TEXT,
                    owner_name TEXT,
                    waiting_since INTEGER,
                    waiting_reason TEXT
                ) STRICT;
                CREATE INDEX conversation_state_of ON conversation_state (conversation, id);
                INSERT INTO conversation_state (conversation, at, status, owner, owner_name, waiting_since, waiting_reason)
                    SELECT id, updated_at, status, owner, owner_name, waiting_since, waiting_reason FROM conversation;
                """),
            // What went badly in a span of time is looked for from an alert.
            Migration(
                "conversations-3",
                """
                CREATE INDEX message_answered ON message (at) WHERE author = 'assistant';
                CREATE INDEX conversation_state_waiting ON conversation_state (at) WHERE waiting_since IS NOT NULL;
                """),
            // Priority, tags, targets, ratings, drafts, marks of what was read, and the index of all words.
            Migration(
                "conversations-4",
                """
                DROP VIEW conversation_row;
                ALTER TABLE conversation ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal';
                ALTER TABLE conversation ADD COLUMN tags TEXT NOT NULL DEFAULT '';
                ALTER TABLE conversation ADD COLUMN snoozed_until INTEGER;
                ALTER TABLE conversation ADD COLUMN first_reply_at INTEGER;
                ALTER TABLE conversation ADD COLUMN due_at INTEGER;
                ALTER TABLE conversation ADD COLUMN due_for TEXT;
                ALTER TABLE conversation ADD COLUMN warn_at INTEGER;
                ALTER TABLE conversation ADD COLUMN rating INTEGER;
                ALTER TABLE conversation ADD COLUMN rating_comment TEXT;
                ALTER TABLE conversation ADD COLUMN rated_at INTEGER;
                ALTER TABLE conversation ADD COLUMN drafts TEXT NOT NULL DEFAULT '';
                ALTER TABLE conversation ADD COLUMN read_place INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE conversation ADD COLUMN customer_read_place INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE conversation ADD COLUMN import_key TEXT;
                ALTER TABLE conversation ADD COLUMN reply_spent INTEGER;
                ALTER TABLE conversation ADD COLUMN reply_since INTEGER;
                ALTER TABLE conversation ADD COLUMN question_since INTEGER;
                ALTER TABLE conversation ADD COLUMN whole_spent INTEGER;
                ALTER TABLE conversation ADD COLUMN whole_since INTEGER;
                ALTER TABLE conversation ADD COLUMN told_question INTEGER;
                ALTER TABLE conversation ADD COLUMN told_whole INTEGER NOT NULL DEFAULT 0;
                CREATE UNIQUE INDEX conversation_imported ON conversation (import_key) WHERE import_key IS NOT NULL;
                CREATE INDEX conversation_due ON conversation (due_at) WHERE due_at IS NOT NULL;
                CREATE INDEX conversation_snoozed ON conversation (snoozed_until) WHERE snoozed_until IS NOT NULL;
                CREATE INDEX conversation_rated ON conversation (rated_at) WHERE rated_at IS NOT NULL;
                UPDATE conversation SET read_place = last_place, first_reply_at =
                    (SELECT min(at) FROM message WHERE conversation = conversation.id AND author = 'agent');

                CREATE VIEW conversation_row AS
                SELECT c.id, c.customer, customer.name AS customer_name, c.subject, c.status, c.owner, c.owner_name,
                    c.waiting_since, c.waiting_reason, c.last_place, c.last_text, c.last_author, c.created_at,
                    c.updated_at, c.priority, c.tags, c.snoozed_until, c.first_reply_at, c.due_at, c.due_for, c.warn_at,
                    c.rating, c.rating_comment, c.drafts, c.read_place, c.customer_read_place
                FROM conversation AS c JOIN customer ON customer.id = c.customer;

                ALTER TABLE customer ADD COLUMN blocked_at INTEGER;

                CREATE TABLE draft (
                    conversation INTEGER NOT NULL REFERENCES conversation (id),
                    actor TEXT NOT NULL,
                    actor_name TEXT NOT NULL,
                    text TEXT NOT NULL,
                    note INTEGER NOT NULL,
                    kept_at INTEGER NOT NULL,
                    PRIMARY KEY (conversation, actor)
                ) STRICT, WITHOUT ROWID;

                CREATE VIRTUAL TABLE message_words USING fts5(
                    text, content='message', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
                INSERT INTO message_words (message_words) VALUES ('rebuild');
                """),
            // What the assistant suggested to people, and what they made of it.
            Migration(
                "conversations-5",
                """
                CREATE TABLE suggestion (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    conversation INTEGER NOT NULL REFERENCES conversation (id),
                    actor TEXT NOT NULL,
                    version INTEGER,
                    text TEXT NOT NULL,
                    at INTEGER NOT NULL,
                    outcome TEXT,
                    settled_at INTEGER
                ) STRICT;
                CREATE INDEX suggestion_open ON suggestion (conversation, actor) WHERE outcome IS NULL;
                CREATE INDEX suggestion_version ON suggestion (version, outcome);
                """),
            // Who takes waiting conversations as they come, and what was given to them without a word from them yet.
            Migration(
                "conversations-6",
                """
                CREATE TABLE availability (
                    actor TEXT PRIMARY KEY,
                    name TEXT NOT NULL,
                    capacity INTEGER NOT NULL,
                    until INTEGER NOT NULL,
                    assigned_at INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE assignment (
                    conversation INTEGER PRIMARY KEY REFERENCES conversation (id),
                    actor TEXT NOT NULL,
                    at INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX assignment_of ON assignment (actor);
                CREATE INDEX conversation_owner ON conversation (owner) WHERE status = 'open';
                """),
            // What the customer would give by the course of their words.
            Migration(
                "conversations-mood-1",
                """
                DROP VIEW conversation_row;
                ALTER TABLE conversation ADD COLUMN estimated_rating REAL;

                CREATE VIEW conversation_row AS
                SELECT c.id, c.customer, customer.name AS customer_name, c.subject, c.status, c.owner, c.owner_name,
                    c.waiting_since, c.waiting_reason, c.last_place, c.last_text, c.last_author, c.created_at,
                    c.updated_at, c.priority, c.tags, c.snoozed_until, c.first_reply_at, c.due_at, c.due_for, c.warn_at,
                    c.rating, c.rating_comment, c.drafts, c.read_place, c.customer_read_place, c.estimated_rating
                FROM conversation AS c JOIN customer ON customer.id = c.customer;
                """),
            // What single people have to know, and the place of the newest of each.
            Migration(
                "conversations-notifications-1",
                """
                CREATE TABLE notification_place (
                    user TEXT PRIMARY KEY,
                    last INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE notification (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    user TEXT NOT NULL,
                    place INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    priority TEXT NOT NULL,
                    conversation INTEGER NOT NULL REFERENCES conversation (id),
                    message_place INTEGER,
                    from_name TEXT NOT NULL,
                    text TEXT NOT NULL,
                    at INTEGER NOT NULL,
                    acknowledged_at INTEGER,
                    UNIQUE (user, place)
                ) STRICT;
                CREATE INDEX notification_conversation ON notification (conversation);
                """),
            // What was noted of customers, and who went into whom.
            Migration(
                "conversations-customers-1",
                """
                ALTER TABLE customer ADD COLUMN merged_into INTEGER REFERENCES customer (id);
                CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;
                CREATE TABLE customer_attribute (
                    customer INTEGER NOT NULL REFERENCES customer (id),
                    name TEXT NOT NULL,
                    value TEXT NOT NULL,
                    PRIMARY KEY (customer, name)
                ) STRICT, WITHOUT ROWID;
                """),
            // Which language the customer writes.
            Migration(
                "conversations-language-1",
                """
                DROP VIEW conversation_row;
                ALTER TABLE conversation ADD COLUMN language TEXT;

                CREATE VIEW conversation_row AS
                SELECT c.id, c.customer, customer.name AS customer_name, c.subject, c.status, c.owner, c.owner_name,
                    c.waiting_since, c.waiting_reason, c.last_place, c.last_text, c.last_author, c.created_at,
                    c.updated_at, c.priority, c.tags, c.snoozed_until, c.first_reply_at, c.due_at, c.due_for, c.warn_at,
                    c.rating, c.rating_comment, c.drafts, c.read_place, c.customer_read_place, c.estimated_rating,
                    c.language
                FROM conversation AS c JOIN customer ON customer.id = c.customer;
                """),
            // Up to which message the words are in the index.
            Migration(
                "conversations-words-1",
                """
                CREATE TABLE message_words_place (last INTEGER NOT NULL) STRICT;
                INSERT INTO message_words_place SELECT coalesce(max(id), 0) FROM message;
                """),
            // How far each person has read, and each customer; what was one mark for all staff counts for each of them.
            Migration(
                "conversations-reads-1",
                """
                CREATE TABLE conversation_read (
                    conversation INTEGER NOT NULL REFERENCES conversation (id),
                    reader TEXT NOT NULL,
                    device TEXT NOT NULL,
                    name TEXT NOT NULL,
                    place INTEGER NOT NULL,
                    at INTEGER NOT NULL,
                    PRIMARY KEY (conversation, reader, device)
                ) STRICT, WITHOUT ROWID;
                INSERT INTO conversation_read (conversation, reader, device, name, place, at)
                    SELECT id, 'staff', '', '', read_place, updated_at FROM conversation WHERE read_place > 0;
                INSERT INTO conversation_read (conversation, reader, device, name, place, at)
                    SELECT id, 'customer', '', '', customer_read_place, updated_at FROM conversation
                    WHERE customer_read_place > 0;

                DROP VIEW conversation_row;
                CREATE VIEW conversation_row AS
                SELECT c.id, c.customer, customer.name AS customer_name, c.subject, c.status, c.owner, c.owner_name,
                    c.waiting_since, c.waiting_reason, c.last_place, c.last_text, c.last_author, c.created_at,
                    c.updated_at, c.priority, c.tags, c.snoozed_until, c.first_reply_at, c.due_at, c.due_for, c.warn_at,
                    c.rating, c.rating_comment, c.drafts, c.read_place, c.customer_read_place, c.estimated_rating,
                    c.language, (
                        SELECT group_concat(reader || char(9) || place || char(9) || at || char(9) || name, char(10))
                        FROM conversation_read WHERE conversation = c.id AND reader <> 'customer'
                    ) AS seen_by
                FROM conversation AS c JOIN customer ON customer.id = c.customer;
                """),
        ] + Knowledge.migrations
}
