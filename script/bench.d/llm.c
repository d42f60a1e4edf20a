// A provider that answers at once, and clients in a closed loop: what the gateway adds to a chat completion.
//   llm upstream PORT               serves until it is killed
//   llm load PORT KEY MODEL CLIENTS SECONDS plain|stream
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { tokens = 64, most = 4000000 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int write_all(int fd, const char *text, size_t length) {
    while (length > 0) {
        ssize_t count = send(fd, text, length, MSG_NOSIGNAL);
        if (count <= 0) return 0;
        text += count;
        length -= count;
    }
    return 1;
}

// Reads one message with Content-Length; 0 at the end of the connection.
static int read_request(int fd, char *buffer, size_t size) {
    size_t have = 0;
    while (have < size - 1) {
        ssize_t count = recv(fd, buffer + have, size - 1 - have, 0);
        if (count <= 0) return 0;
        have += count;
        buffer[have] = 0;
        char *end = strstr(buffer, "\r\n\r\n"), *length = strcasestr(buffer, "content-length:");
        if (end && have >= (size_t)(end + 4 - buffer) + (length ? atol(length + 15) : 0)) return 1;
    }
    return 0;
}

static void *provide(void *argument) {
    int fd = (int)(long)argument;
    char *request = malloc(1 << 16), answer[2048], body[1024];
    while (read_request(fd, request, 1 << 16)) {
        if (!strstr(request, "\"stream\":true")) {
            int length = snprintf(body, sizeof body,
                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Your parcel is on its way.\"},"
                "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":6,\"total_tokens\":26}}");
            int whole = snprintf(answer, sizeof answer,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", length, body);
            if (!write_all(fd, answer, whole)) break;
            continue;
        }
        const char *head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        if (!write_all(fd, head, strlen(head))) break;
        for (int token = 0; token <= tokens + 1; token++) {
            int length = token < tokens
                ? snprintf(body, sizeof body, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word%d \"}}]}\n\n", token)
                : token == tokens
                    ? snprintf(body, sizeof body, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")
                    : snprintf(body, sizeof body,
                        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":64}}\n\ndata: [DONE]\n\n");
            int whole = snprintf(answer, sizeof answer, "%x\r\n%s\r\n", length, body);
            if (!write_all(fd, answer, whole)) goto end;
        }
        if (!write_all(fd, "0\r\n\r\n", 5)) break;
    }
end:
    free(request);
    close(fd);
    return NULL;
}

static int port, seconds, is_stream;
static const char *key, *model;
static double *times, *firsts;
static long count, failed;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *ask(void *argument) {
    (void)argument;
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (void *)&address, sizeof address)) exit(1);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    char body[1024], request[2048], *answer = malloc(1 << 18);
    int length = snprintf(body, sizeof body,
        "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"system\",\"content\":\"Answer briefly.\"},"
        "{\"role\":\"user\",\"content\":\"My order has not arrived and the tracking page shows nothing. Where is it?\"}]}",
        model, is_stream ? "true" : "false");
    int whole = snprintf(request, sizeof request,
        "POST /v1/chat/completions HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
        "Content-Length: %d\r\n\r\n%s", key, length, body);
    double end = now() + seconds * 1e3;
    while (now() < end) {
        double start = now(), first = 0;
        size_t have = 0;
        if (!write_all(fd, request, whole)) break;
        for (;;) {
            ssize_t got = recv(fd, answer + have, (1 << 18) - 1 - have, 0);
            if (got <= 0) exit(1);
            have += got;
            answer[have] = 0;
            if (first == 0 && strstr(answer, "\"content\"")) first = now();
            char *head = strstr(answer, "\r\n\r\n"), *size = strcasestr(answer, "content-length:");
            if (!head) continue;
            if (size && size < head ? have >= (size_t)(head + 4 - answer) + atol(size + 15)
                                    : have >= 5 && !memcmp(answer + have - 5, "0\r\n\r\n", 5)) break;
        }
        int good = !strncmp(answer, "HTTP/1.1 200", 12) && (!is_stream || strstr(answer, "[DONE]"));
        pthread_mutex_lock(&lock);
        if (!good) failed++;
        if (count < most) { firsts[count] = first - start; times[count++] = now() - start; }
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

int main(int argc, char **argv) {
    if (argc == 3 && !strcmp(argv[1], "upstream")) {
        int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (bind(listener, (void *)&address, sizeof address) || listen(listener, 512)) return 1;
        for (;;) {
            int fd = accept(listener, NULL, NULL);
            if (fd < 0) continue;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            pthread_t thread;
            pthread_create(&thread, NULL, provide, (void *)(long)fd);
            pthread_detach(thread);
        }
    }
    if (argc != 8 || strcmp(argv[1], "load")) {
        fprintf(stderr, "llm upstream PORT | llm load PORT KEY MODEL CLIENTS SECONDS plain|stream\n");
        return 2;
    }
    port = atoi(argv[2]); key = argv[3]; model = argv[4]; seconds = atoi(argv[6]); is_stream = !strcmp(argv[7], "stream");
    int clients = atoi(argv[5]);
    times = malloc(most * sizeof *times);
    firsts = malloc(most * sizeof *firsts);
    pthread_t threads[256];
    double start = now();
    for (int i = 0; i < clients; i++) pthread_create(&threads[i], NULL, ask, NULL);
    for (int i = 0; i < clients; i++) pthread_join(threads[i], NULL);
    double took = (now() - start) / 1e3;
    qsort(times, count, sizeof *times, ascending);
    qsort(firsts, count, sizeof *firsts, ascending);
    if (count == 0) return 1;
    printf("%3d clients, %s: %.0f answers/s, p50 %.2f ms, p99 %.2f ms, first token p50 %.2f ms, failed %ld\n", clients,
        argv[7], count / took, times[count / 2], times[count * 99 / 100], firsts[count / 2], failed);
    return failed > 0;
}
