// Sockets in rooms: sockets PORT PID RATE SECONDS PAD < LIST
// Each line of LIST is one socket: TOKEN ROOM FLAGS; flags: s sends, q never reads while others do, - neither.
// Opens all, sends RATE durable messages a second for so long (each padded by PAD letters), times every delivery by the
// clock in its text, then cuts all and has them resume. Checks that offsets leave no gap. Prints one line a step.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum state { OUT, SHAKES, JOINS, IN };
struct one {
    char token[128], room[32], epoch[48];
    int fd, sends, quiet, recovered, code;
    enum state state;
    long offset, goal;
    char *in;
    size_t have, room_for;
};

static struct one *all;
static int count, poll_fd, port, pid, joined, cut, slow_codes, paged;
static long gaps, came, id = 10;
static double *waits;
static size_t waited, most;
static unsigned begun;
static int timing;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void fail(const char *what, const char *detail) {
    fprintf(stderr, "sockets: %s: %.300s\n", what, detail);
    exit(1);
}

static double of_process(const char *file, const char *name) {
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
    FILE *f = fopen(path, "r");
    double value = 0;
    while (f && fgets(line, sizeof line, f)) {
        if (name && !strncmp(line, name, strlen(name))) value = atof(line + strlen(name));
        if (!name) {
            long user, kernel;
            sscanf(strrchr(line, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user, &kernel);
            value = (double)(user + kernel) / sysconf(_SC_CLK_TCK);
        }
    }
    if (f) fclose(f);
    return value;
}
static double memory(void) { return of_process("status", "VmRSS:"); }
static double processor(void) { return of_process("stat", NULL); }

static void send_frame(struct one *s, int op, const char *text, size_t n) {
    char frame[70000];
    size_t h = n < 126 ? 2 : 4;
    frame[0] = (char)(0x80 | op);
    frame[1] = (char)(0x80 | (n < 126 ? n : 126));
    if (n >= 126) frame[2] = (char)(n >> 8), frame[3] = (char)n;
    memset(frame + h, 0, 4);
    memcpy(frame + h + 4, text, n);
    if (send(s->fd, frame, h + 4 + n, MSG_NOSIGNAL) != (ssize_t)(h + 4 + n) && op == 1) fail("send", strerror(errno));
}

static void begin(struct one *s) {
    char text[1024];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = s};
    int yes = 1, few = 4096;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    s->fd = socket(AF_INET, SOCK_STREAM, 0);
    // Ports of closed connections rest for a minute: several addresses of this machine have enough of them.
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(++begun % 16))};
    setsockopt(s->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    if (bind(s->fd, (void *)&from, sizeof from)) fail("bind", strerror(errno));
    setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (s->quiet) setsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &few, sizeof few);
    if (connect(s->fd, (void *)&to, sizeof to)) fail("connect", strerror(errno));
    int n = snprintf(text, sizeof text,
        "GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Authorization: Bearer %s\r\n\r\n", port, s->token);
    if (send(s->fd, text, (size_t)n, MSG_NOSIGNAL) != n) fail("handshake", strerror(errno));
    s->state = SHAKES, s->have = 0, s->code = 0;
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, s->fd, &e);
}

static void join_room(struct one *s) {
    char join[256];
    int n;
    if (*s->epoch)
        n = snprintf(join, sizeof join, "{\"id\":1,\"op\":\"join\",\"data\":{\"room\":\"%s\",\"since\":{\"offset\":%ld,\"epoch\":\"%s\"}}}",
            s->room, s->offset, s->epoch);
    else
        n = snprintf(join, sizeof join, "{\"id\":1,\"op\":\"join\",\"data\":{\"room\":\"%s\"}}", s->room);
    send_frame(s, 1, join, (size_t)n);
}

static void end(struct one *s) {
    if (s->fd >= 0) close(s->fd);
    s->fd = -1, s->state = OUT, s->have = 0;
    cut++;
}

static long number_behind(const char *text, size_t n, const char *name) {
    const char *at = memmem(text, n, name, strlen(name));
    return at ? atol(at + strlen(name)) : -1;
}

// The offsets in a list behind a name continue where this socket was.
static void take_list(struct one *s, char *text, size_t n, const char *name) {
    char *at = memmem(text, n, name, strlen(name)), *limit = text + n;
    while (at && (at = memmem(at, (size_t)(limit - at), "\"offset\":", 9))) {
        long offset = atol(at + 9);
        if (offset == s->offset + 1) s->offset = offset;
        at += 9;
    }
}

// More was missed than a reply to join holds: the rest is read page by page.
static void ask_history(struct one *s) {
    char text[256];
    int n = snprintf(text, sizeof text, "{\"id\":2,\"op\":\"history\",\"data\":{\"room\":\"%s\",\"after\":%ld,\"limit\":200}}", s->room, s->offset);
    send_frame(s, 1, text, (size_t)n);
}

static void hear(struct one *s, char *text, size_t n) {
    if (n > 18 && !memcmp(text, "{\"event\":\"message\"", 18)) {
        long offset = number_behind(text, n < 200 ? n : 200, "\"offset\":");
        if (s->offset && offset != s->offset + 1 && s->room[0] == 'c') gaps++;
        s->offset = offset;
        char *stamp = memmem(text, n, "TS", 2);
        if (timing && stamp && waited < most) waits[waited++] = now() - strtoull(stamp + 2, NULL, 10) / 1e9;
        came++;
    } else if (n > 8 && !memcmp(text, "{\"id\":1,", 8)) {
        if (!memmem(text, n < 400 ? n : 400, "\"ok\":", 5)) fail("join", text);
        char *epoch = memmem(text, n, "\"epoch\":\"", 9);
        if (*s->epoch) {
            s->recovered = memmem(text, n, "\"recovered\":true", 16) != NULL;
            s->goal = number_behind(text, n, "\"offset\":");
            take_list(s, text, n, "\"missed\":[");
            sscanf(epoch + 9, "%47[^\"]", s->epoch);
            if (!s->recovered) {
                paged++;
                return ask_history(s);
            }
        }
        long offset = number_behind(text, n, "\"offset\":");
        if (*s->epoch && s->recovered && s->offset < offset) gaps++;
        s->offset = offset;
        sscanf(epoch + 9, "%47[^\"]", s->epoch);
        if (s->state == JOINS) joined++;
        s->state = IN;
    } else if (n > 8 && !memcmp(text, "{\"id\":2,", 8)) {
        long before = s->offset;
        take_list(s, text, n, "\"items\":[");
        if (s->offset < s->goal && s->offset > before) return ask_history(s);
        gaps += s->offset < s->goal;
        joined++, s->state = IN;
    } else if (n > 6 && memmem(text, n < 200 ? n : 200, "\"error\":", 8)) {
        fail("refused", text);
    }
}

static void hear_all(struct one *s) {
    if (s->state == IN && s->quiet) return;
    if (s->have + 65536 > s->room_for) s->in = realloc(s->in, s->room_for = s->have + 131072);
    ssize_t got = recv(s->fd, s->in + s->have, 65536, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return end(s);
    s->have += (size_t)got;
    size_t at = 0;
    if (s->state == SHAKES) {
        char *body = memmem(s->in, s->have, "\r\n\r\n", 4);
        if (!body) return;
        if (memcmp(s->in, "HTTP/1.1 101", 12)) s->in[s->have] = 0, fail("handshake", s->in);
        at = (size_t)(body + 4 - s->in), s->state = JOINS;
        join_room(s);
    }
    while (s->have - at >= 2) {
        unsigned char *f = (unsigned char *)s->in + at;
        size_t n = f[1] & 127, h = 2;
        if (n == 126) { if (s->have - at < 4) break; n = (size_t)(f[2] << 8 | f[3]); h = 4; }
        else if (n == 127) { if (s->have - at < 10) break; n = 0; for (int k = 2; k < 10; k++) n = n << 8 | f[k]; h = 10; }
        if (s->have - at < h + n) break;
        int op = f[0] & 15;
        if (op == 1) hear(s, (char *)f + h, n);
        if (op == 9) send_frame(s, 10, (char *)f + h, n);
        if (op == 8) s->code = f[h] << 8 | f[h + 1];
        at += h + n;
    }
    memmove(s->in, s->in + at, s->have -= at);
    if (!s->have && s->room_for > 262144) free(s->in), s->in = NULL, s->room_for = 0;
}

static void turn(int wait) {
    struct epoll_event events[512];
    int n = epoll_wait(poll_fd, events, 512, wait);
    for (int k = 0; k < n; k++) {
        struct one *s = events[k].data.ptr;
        if (s->fd < 0) continue;
        hear_all(s);
        if (s->fd >= 0 && s->state == IN && s->quiet) epoll_ctl(poll_fd, EPOLL_CTL_DEL, s->fd, NULL);
    }
}

static double open_all(void) {
    double began = now();
    joined = 0;
    for (int next = 0; joined < count;) {
        for (int burst = 0; next < count && next - joined < 400 && burst < 50; burst++) begin(&all[next++]);
        turn(next < count ? 0 : 20);
        if (now() - began > 120) fail("open", "not all joined within two minutes");
    }
    return now() - began;
}

static int up(const void *a, const void *b) {
    double x = *(double *)a, y = *(double *)b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
    if (argc != 6) fail("usage", "sockets PORT PID RATE SECONDS PAD < LIST");
    port = atoi(argv[1]), pid = atoi(argv[2]);
    double rate = atof(argv[3]), seconds = atof(argv[4]);
    int pad = atoi(argv[5]), quiet = 0, senders = 0;
    char line[256], flags[8];
    all = calloc(20000, sizeof *all);
    while (count < 20000 && fgets(line, sizeof line, stdin)) {
        struct one *s = &all[count++];
        if (sscanf(line, "%127s %31s %7s", s->token, s->room, flags) != 3) fail("list", line);
        s->fd = -1, s->sends = strchr(flags, 's') != NULL, s->quiet = strchr(flags, 'q') != NULL;
        quiet += s->quiet, senders += s->sends;
    }
    waits = malloc((most = 20000000) * sizeof *waits);
    poll_fd = epoll_create1(0);
    double before = memory(), took = open_all(), rest = now() + 1;
    while (now() < rest) turn(20);
    printf("%d sockets, each in its room: %.1f s, %.1f KiB resident each\n", count, took, (memory() - before) / count);
    fflush(stdout);

    // How many hear what is said in a room.
    long *listeners = calloc((size_t)count, sizeof *listeners), expected = 0, sent = 0;
    for (int k = 0; k < count; k++)
        for (int other = 0; all[k].sends && other < count; other++)
            listeners[k] += !all[other].quiet && (!strcmp(all[k].room, all[other].room) || all[other].room[0] == 'i');
    double start = now(), next = start, late = 0, used = processor(), weight = memory(), highest = weight, look = start;
    timing = 1, came = 0;
    static char text[70000];
    for (int who = 0; senders && now() - start < seconds;) {
        while (now() >= next && now() - start < seconds) {
            while (!all[who].sends || all[who].state != IN) who = (who + 1) % count;
            struct one *s = &all[who];
            double at = now();
            if (at - next > late) late = at - next;
            int n = snprintf(text, sizeof text, "{\"id\":%ld,\"op\":\"send\",\"data\":{\"room\":\"%s\",\"text\":\"TS%.0f ", ++id, s->room, at * 1e9);
            memset(text + n, 'x', (size_t)pad);
            n += pad + sprintf(text + n + pad, "\"}}");
            send_frame(s, 1, text, (size_t)n);
            expected += listeners[who], sent++, next += 1 / rate;
            who = (who + 1) % count;
            turn(0);
        }
        if (now() > look) look = now() + 0.25, highest = memory() > highest ? memory() : highest;
        double left = (next - now()) * 1000;
        turn(left > 1 ? (int)left : 0);
    }
    double until = now() + 5;
    while (came < expected && now() < until) turn(20);
    used = processor() - used, timing = 0;
    qsort(waits, waited, sizeof *waits, up);
    if (waited)
        printf("%.0f durable messages a second, %.0f deliveries: %ld of %ld came, %ld gaps; p50 %.2f ms, p99 %.2f ms, most %.1f ms; "
            "the load was late by %.1f ms at most; %.0f MiB, %+.0f MiB at most while sending, %.0f %% of a core\n",
            sent / seconds, expected / seconds, came, expected, gaps, waits[waited / 2] * 1e3, waits[waited * 99 / 100] * 1e3,
            waits[waited - 1] * 1e3, late * 1e3, memory() / 1024, (highest - weight) / 1024, used / seconds * 100);
    fflush(stdout);

    if (quiet) {
        int open = 0;
        for (int k = 0; k < count; k++)
            if (all[k].quiet) {
                struct epoll_event e = {.events = EPOLLIN, .data.ptr = &all[k]};
                all[k].quiet = 0, open++;
                epoll_ctl(poll_fd, EPOLL_CTL_ADD, all[k].fd, &e);
            }
        cut = 0;
        for (until = now() + 20; cut < open && now() < until;) turn(20);
        for (int k = 0; k < count; k++) slow_codes += all[k].code == 4408;
        printf("%d did not read: %d were closed, %d with 4408\n", quiet, cut, slow_codes);
    }
    for (int k = 0; k < count; k++)
        if (all[k].fd >= 0) end(&all[k]);
    rest = now() + 1;
    while (now() < rest) turn(20);
    gaps = 0;
    took = open_all();
    printf("all cut and back: %.1f s, %d of them page by page, %ld gaps\n", took, paged, gaps);
    return 0;
}
