// The part of libcurl that Transfer uses, without variadics and macros. Handles are numbers (addresses), so that they
// can be handed between threads; only wd_engine_ring may be called from any thread, everything else from one.
#ifndef WATCHDESK_CURL_H
#define WATCHDESK_CURL_H

#include <stddef.h>
#include <stdint.h>

typedef uintptr_t wd_engine;
typedef uintptr_t wd_exchange;

// Bytes that arrived: returns 1 when they were taken, 0 to pause (they come again after wd_exchange_resume),
// -1 to give up.
typedef int (*wd_take_bytes)(void *context, const uint8_t *bytes, size_t count);
// An address that is about to be connected to, in network order: 4 bytes (IPv4) or 16 (IPv6); returns 1 to allow it.
typedef int (*wd_judge_address)(void *context, const uint8_t *address, size_t count);

// When the certificate of the server that a new connection goes to ends, in seconds since 1970.
typedef void (*wd_take_moment)(void *context, int64_t seconds);

// Prepares the library for this process; 0 when it worked.
int wd_curl_prepare(void);
// Keeps every signal away from the calling thread (a broken TLS connection raises SIGPIPE).
void wd_curl_block_signals(void);
// Nanoseconds of CLOCK_MONOTONIC.
int64_t wd_curl_clock(void);

// Runs many exchanges on one thread; 0 when there is no memory.
wd_engine wd_engine_open(long total_connections, long host_connections);
void wd_engine_close(wd_engine engine);
// Does what can be done without waiting; 0 when it worked.
int wd_engine_run(wd_engine engine);
// Waits until something can be done, somebody rings, or the time is over.
void wd_engine_wait(wd_engine engine, int milliseconds);
// Ends a wait, from any thread.
void wd_engine_ring(wd_engine engine);
// Takes one exchange that ended: 1 with its context and result code (0 is success), or 0 when there is none.
int wd_engine_next_ended(wd_engine engine, void **context, int *code);

// One request and its response; 0 when there is no memory.
wd_exchange wd_exchange_open(void *context, wd_take_bytes head, wd_take_bytes body, wd_judge_address judge);
// Also takes it out of the engine it was started on.
void wd_exchange_close(wd_exchange exchange);
// Each returns 0 when the library accepts the value.
int wd_exchange_target(wd_exchange exchange, const char *method, const char *url);
int wd_exchange_header(wd_exchange exchange, const char *line);
int wd_exchange_body(wd_exchange exchange, const uint8_t *bytes, size_t count);
// Makes a connection of its own and tells when the server's certificate ends, before the head comes.
void wd_exchange_watch_certificate(wd_exchange exchange, wd_take_moment certificate);
// Makes a connection of its own, over which nothing is ever sent twice.
void wd_exchange_send_once(wd_exchange exchange);
// Trusts the certificates of a file in place of the system's.
int wd_exchange_trust(wd_exchange exchange, const char *authority);
int wd_exchange_start(wd_exchange exchange, wd_engine engine, long connect_milliseconds, int uses_environment_proxy);
void wd_exchange_resume(wd_exchange exchange);
// What went wrong in the library's words; empty when it has none. Valid until the exchange is closed.
const char *wd_exchange_fault(wd_exchange exchange);

// One e-mail by SMTP, sent on the calling thread; 0 when there is no memory. The address is smtp:// or smtps://.
typedef uintptr_t wd_mail;
// Whether to give up: 1 for yes; asked about once a second.
typedef int (*wd_is_cancelled)(void *context);
wd_mail wd_mail_open(
    void *context, wd_judge_address judge, wd_is_cancelled is_cancelled, const char *url, const char *from);
void wd_mail_close(wd_mail mail);
// Adds a receiver; 0 when it worked.
int wd_mail_to(wd_mail mail, const char *address);
void wd_mail_login(wd_mail mail, const char *user, const char *password);
// Trusts the certificates of a file in place of the system's.
void wd_mail_trust(wd_mail mail, const char *authority);
// Sends it and waits; 0 when the server took it. Without TLS only when is_encrypted is 0.
int wd_mail_send(wd_mail mail, const uint8_t *bytes, size_t count, int is_encrypted, long milliseconds);
// The server's last answer, such as 550; 0 when there was none.
long wd_mail_answer(wd_mail mail);
// What went wrong in the library's words; valid until the mail is closed.
const char *wd_mail_fault(wd_mail mail);

// What kind of fault a result code is, one letter: o ok, r resolve, c connect, t time, s TLS, p cut short, m malformed
// response, u bad request or address, x other.
char wd_curl_kind_of(int code);

#endif
