#define CURL_DISABLE_TYPECHECK 1
#include "watchdesk_curl.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

struct exchange {
    CURL *easy;
    CURLM *engine;
    struct curl_slist *headers;
    void *context;
    wd_take_bytes head, body;
    wd_judge_address judge;
    wd_take_moment certificate;
    char fault[CURL_ERROR_SIZE];
};

static struct exchange *exchange_of(wd_exchange handle) { return (struct exchange *)handle; }
static CURLM *engine_of(wd_engine handle) { return (CURLM *)handle; }

int wd_curl_prepare(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

void wd_curl_block_signals(void) {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
}

int64_t wd_curl_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

wd_engine wd_engine_open(long total_connections, long host_connections) {
    CURLM *engine = curl_multi_init();
    if (engine == NULL) return 0;
    curl_multi_setopt(engine, CURLMOPT_MAX_TOTAL_CONNECTIONS, total_connections);
    curl_multi_setopt(engine, CURLMOPT_MAX_HOST_CONNECTIONS, host_connections);
    return (wd_engine)engine;
}

void wd_engine_close(wd_engine engine) { curl_multi_cleanup(engine_of(engine)); }

int wd_engine_run(wd_engine engine) {
    int running;
    return curl_multi_perform(engine_of(engine), &running);
}

void wd_engine_wait(wd_engine engine, int milliseconds) {
    curl_multi_poll(engine_of(engine), NULL, 0, milliseconds, NULL);
}

void wd_engine_ring(wd_engine engine) { curl_multi_wakeup(engine_of(engine)); }

int wd_engine_next_ended(wd_engine engine, void **context, int *code) {
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(engine_of(engine), &left)) != NULL) {
        if (message->msg != CURLMSG_DONE) continue;
        char *private = NULL;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
        *context = private;
        *code = (int)message->data.result;
        return 1;
    }
    return 0;
}

static size_t passed_on(int answer, size_t count) {
    if (answer == 0) return CURL_WRITEFUNC_PAUSE;
    return answer > 0 ? count : CURL_WRITEFUNC_ERROR;
}

// The first certificate is the server's own; the library writes out when it ends.
static void tell_certificate(struct exchange *exchange) {
    static const char name[] = "Expire date:";
    struct curl_certinfo *chain = NULL;
    wd_take_moment certificate = exchange->certificate;
    exchange->certificate = NULL;
    if (curl_easy_getinfo(exchange->easy, CURLINFO_CERTINFO, &chain) != CURLE_OK) return;
    if (chain == NULL || chain->num_of_certs < 1) return;
    for (struct curl_slist *line = chain->certinfo[0]; line != NULL; line = line->next) {
        if (strncmp(line->data, name, sizeof name - 1) != 0) continue;
        time_t end = curl_getdate(line->data + sizeof name - 1, NULL);
        if (end != -1) certificate(exchange->context, (int64_t)end);
    }
}

static size_t take_head(char *bytes, size_t size, size_t count, void *argument) {
    struct exchange *exchange = argument;
    if (exchange->certificate != NULL) tell_certificate(exchange);
    return passed_on(exchange->head(exchange->context, (const uint8_t *)bytes, size * count), size * count);
}

static size_t take_body(char *bytes, size_t size, size_t count, void *argument) {
    struct exchange *exchange = argument;
    return passed_on(exchange->body(exchange->context, (const uint8_t *)bytes, size * count), size * count);
}

// The only place where a connection is made: the address is the one that is used, so a name cannot point elsewhere
// between the check and the connection.
static curl_socket_t open_socket(void *argument, curlsocktype purpose, struct curl_sockaddr *address) {
    struct exchange *exchange = argument;
    const uint8_t *bytes;
    size_t count;
    if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
    if (address->family == AF_INET) {
        bytes = (const uint8_t *)&((struct sockaddr_in *)&address->addr)->sin_addr;
        count = 4;
    } else if (address->family == AF_INET6) {
        bytes = (const uint8_t *)&((struct sockaddr_in6 *)&address->addr)->sin6_addr;
        count = 16;
    } else {
        return CURL_SOCKET_BAD;
    }
    if (exchange->judge(exchange->context, bytes, count) != 1) return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

wd_exchange wd_exchange_open(void *context, wd_take_bytes head, wd_take_bytes body, wd_judge_address judge) {
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (exchange == NULL) return 0;
    exchange->easy = curl_easy_init();
    if (exchange->easy == NULL) {
        free(exchange);
        return 0;
    }
    exchange->context = context;
    exchange->head = head;
    exchange->body = body;
    exchange->judge = judge;
    CURL *easy = exchange->easy;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, context);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange->fault);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_head);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, exchange);
    return (wd_exchange)exchange;
}

void wd_exchange_close(wd_exchange handle) {
    struct exchange *exchange = exchange_of(handle);
    if (exchange->engine != NULL) curl_multi_remove_handle(exchange->engine, exchange->easy);
    curl_easy_cleanup(exchange->easy);
    curl_slist_free_all(exchange->headers);
    free(exchange);
}

int wd_exchange_target(wd_exchange handle, const char *method, const char *url) {
    CURL *easy = exchange_of(handle)->easy;
    if (strcmp(method, "GET") != 0) curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method);
    if (strcmp(method, "HEAD") == 0) curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    return curl_easy_setopt(easy, CURLOPT_URL, url);
}

int wd_exchange_header(wd_exchange handle, const char *line) {
    struct exchange *exchange = exchange_of(handle);
    struct curl_slist *longer = curl_slist_append(exchange->headers, line);
    if (longer == NULL) return 1;
    exchange->headers = longer;
    return 0;
}

int wd_exchange_body(wd_exchange handle, const uint8_t *bytes, size_t count) {
    CURL *easy = exchange_of(handle)->easy;
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, count > 0 ? (const char *)bytes : "");
}

void wd_exchange_watch_certificate(wd_exchange handle, wd_take_moment certificate) {
    struct exchange *exchange = exchange_of(handle);
    exchange->certificate = certificate;
    curl_easy_setopt(exchange->easy, CURLOPT_CERTINFO, 1L);
    // A connection that is kept shows the certificate that the server had when it began.
    curl_easy_setopt(exchange->easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(exchange->easy, CURLOPT_FORBID_REUSE, 1L);
}

void wd_exchange_send_once(wd_exchange handle) {
    // Over a connection that is kept and was closed meanwhile, libcurl sends a request again by itself.
    curl_easy_setopt(exchange_of(handle)->easy, CURLOPT_FRESH_CONNECT, 1L);
}

int wd_exchange_trust(wd_exchange handle, const char *authority) {
    return curl_easy_setopt(exchange_of(handle)->easy, CURLOPT_CAINFO, authority);
}

int wd_exchange_start(wd_exchange handle, wd_engine engine, long connect_milliseconds, int uses_environment_proxy) {
    struct exchange *exchange = exchange_of(handle);
    CURL *easy = exchange->easy;
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->headers);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds);
    // A name server that hangs must not hold up the others: without this, giving up waits for the resolver's thread.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!uses_environment_proxy) curl_easy_setopt(easy, CURLOPT_PROXY, "");
    int code = curl_multi_add_handle(engine_of(engine), easy);
    if (code == CURLM_OK) exchange->engine = engine_of(engine);
    return code;
}

void wd_exchange_resume(wd_exchange handle) { curl_easy_pause(exchange_of(handle)->easy, CURLPAUSE_CONT); }

const char *wd_exchange_fault(wd_exchange handle) { return exchange_of(handle)->fault; }

char wd_curl_kind_of(int code) {
    switch (code) {
    case CURLE_OK: return 'o';
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return 'r';
    case CURLE_COULDNT_CONNECT: return 'c';
    case CURLE_OPERATION_TIMEDOUT: return 't';
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS: return 's';
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR: return 'p';
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_UNSUPPORTED_PROTOCOL: return 'm'; // the scheme was checked before: this is an HTTP/0.9 answer
    case CURLE_URL_MALFORMAT: return 'u';
    default: return 'x';
    }
}
