// Customers that write as fast as they are answered: post-load PORT CLIENTS SECONDS
// Each keeps one connection, one conversation and one message under way, with an idempotency key of its own; an answer
// counts when it is 201, which the gateway sends after the commit. Prints acknowledged/s and the times to the answer.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct client {
    int fd, length;
    long conversation;
    char token[128], in[65536];
    double sent;
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void fail(const char *what) {
    fprintf(stderr, "post-load: %s\n", what);
    exit(1);
}

static void post(struct client *c, const char *path, const char *body) {
    char out[2048], bearer[200] = "";
    if (c->token[0]) snprintf(bearer, sizeof bearer, "Authorization: Bearer %s\r\n", c->token);
    int n = snprintf(out, sizeof out,
                     "POST %s HTTP/1.1\r\nHost: desk\r\n%sContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                     path, bearer, strlen(body), body);
    if (send(c->fd, out, n, MSG_NOSIGNAL) != n) fail("the gateway takes nothing more");
    c->sent = now();
}

// Reads what came; the status when a whole answer is there, else 0. The answer stays in `in` until the next.
static int answer(struct client *c) {
    ssize_t n = recv(c->fd, c->in + c->length, sizeof c->in - 1 - c->length, 0);
    if (n <= 0) fail("the gateway ended a connection");
    c->length += n;
    c->in[c->length] = 0;
    char *end = strstr(c->in, "\r\n\r\n"), *field = strcasestr(c->in, "content-length:");
    if (!end || !field || c->length < end + 4 - c->in + atol(field + 15)) return 0;
    c->length = 0;
    return atoi(c->in + 9);
}

static void text(const char *json, const char *name, char *out, size_t size) {
    char *at = strstr(json, name);
    if (!at) fail("an answer lacks a field");
    snprintf(out, size, "%.*s", (int)strcspn(at + strlen(name), "\""), at + strlen(name));
}

static void prepare(struct client *c, int port) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1, status;
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(c->fd, (void *)&a, sizeof a)) fail("nobody listens there");
    post(c, "/v1/customers", "{\"name\":\"load\"}");
    while (!(status = answer(c))) {}
    if (status != 201) fail("no customer was made");
    text(c->in, "\"token\":\"", c->token, sizeof c->token);
    post(c, "/v1/conversations", "{}");
    while (!(status = answer(c))) {}
    if (status != 201) fail("no conversation was made");
    c->conversation = atol(strstr(c->in, "\"id\":") + 5);
}

static void message(struct client *c, int client, long number) {
    char path[80], body[200];
    snprintf(path, sizeof path, "/v1/conversations/%ld/messages", c->conversation);
    snprintf(body, sizeof body, "{\"cid\":\"01JD%06d%016ld\",\"text\":\"Is my parcel number %ld on its way?\"}", client,
             number, number);
    post(c, path, body);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **arguments) {
    if (count != 4) fail("usage: post-load PORT CLIENTS SECONDS");
    int clients = atoi(arguments[2]);
    double seconds = atof(arguments[3]), *times = malloc(sizeof(double) * 10000000);
    long done = 0, refused = 0, number = 0;
    struct client *all = calloc(clients, sizeof *all);
    struct pollfd *watched = calloc(clients, sizeof *watched);
    for (int i = 0; i < clients; i++) {
        prepare(&all[i], atoi(arguments[1]));
        watched[i] = (struct pollfd){.fd = all[i].fd, .events = POLLIN};
    }
    double start = now();
    for (int i = 0; i < clients; i++) message(&all[i], i, ++number);
    while (now() - start < seconds && done < 10000000) {
        poll(watched, clients, 1000);
        for (int i = 0; i < clients; i++) {
            if (!watched[i].revents) continue;
            int status = answer(&all[i]);
            if (!status) continue;
            if (status == 201) times[done++] = now() - all[i].sent; else refused++;
            message(&all[i], i, ++number);
        }
    }
    double elapsed = now() - start;
    if (!done) fail("nothing was acknowledged");
    qsort(times, done, sizeof *times, ascending);
    printf("POST a message, %d clients, %.0f s: %.0f acknowledged/s, p50 %.2f ms, p99 %.2f ms, max %.1f ms, %ld refused\n",
           clients, elapsed, done / elapsed, times[done / 2] * 1e3, times[done * 99 / 100] * 1e3,
           times[done - 1] * 1e3, refused);
    return refused != 0;
}
