// The yardstick for one host sample: the same eight files, kept open, read to their end into one buffer, and parsed
// into the same numbers, in plain C. Prints microseconds of processor time for each sample.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char buffer[1 << 20];
static size_t length;

static int read_all(int fd) {
    length = 0;
    for (;;) {
        ssize_t count = pread(fd, buffer + length, sizeof buffer - 1 - length, (off_t)length);
        if (count < 0) return -1;
        if (count == 0) break;
        length += (size_t)count;
    }
    buffer[length] = 0;
    return 0;
}

static const char *next_line(const char *p) {
    const char *end = memchr(p, '\n', (size_t)(buffer + length - p));
    return end ? end + 1 : buffer + length;
}

static const char *number(const char *p, uint64_t *value) {
    while (*p == ' ' || *p == '\t') p++;
    uint64_t v = 0;
    while (*p >= '0' && *p <= '9') v = v * 10 + (uint64_t)(*p++ - '0');
    *value = v;
    return p;
}

static double decimal(const char **p) { return strtod(*p, (char **)p); }

struct cpu { uint64_t ticks[10]; };
struct row { char name[32]; uint64_t now[16], before[16]; };

static struct cpu total[2], cores[1024][2];
static struct row disks[256], cards[256];
static uint64_t memory[10], kernel[4];
static double results[4096];

static double delta(uint64_t before, uint64_t now) { return now > before ? (double)(now - before) : 0; }

static void shares(struct cpu pair[2], double *out) {
    double d[10], whole = 0;
    for (int i = 0; i < 8; i++) whole += d[i] = delta(pair[0].ticks[i], pair[1].ticks[i]);
    for (int i = 0; i < 8; i++) out[i] = whole > 0 ? d[i] * 100 / whole : 0;
}

static void take_cpu(const char *p, struct cpu pair[2]) {
    pair[0] = pair[1];
    for (int i = 0; i < 10; i++) p = number(p, &pair[1].ticks[i]);
}

static void stat_file(void) {
    int core = 0;
    for (const char *p = buffer; p < buffer + length; p = next_line(p)) {
        if (strncmp(p, "cpu ", 4) == 0) take_cpu(p + 4, total);
        else if (strncmp(p, "cpu", 3) == 0) {
            uint64_t id;
            const char *rest = number(p + 3, &id);
            if (id < 1024) take_cpu(rest, cores[id]), core++;
        } else if (strncmp(p, "ctxt ", 5) == 0) number(p + 5, &kernel[0]);
        else if (strncmp(p, "processes ", 10) == 0) number(p + 10, &kernel[1]);
        else if (strncmp(p, "procs_running ", 14) == 0) number(p + 14, &kernel[2]);
        else if (strncmp(p, "procs_blocked ", 14) == 0) number(p + 14, &kernel[3]);
    }
    shares(total, results);
    for (int i = 0; i < core && i < 128; i++) shares(cores[i], results + 16 + i * 8);
}

static void meminfo_file(void) {
    static const char *names[10] = {"MemTotal:", "MemFree:", "MemAvailable:", "Buffers:", "Cached:",
                                    "SwapTotal:", "SwapFree:", "Dirty:", "Shmem:", "SReclaimable:"};
    for (const char *p = buffer; p < buffer + length; p = next_line(p))
        for (int i = 0; i < 10; i++) {
            size_t n = strlen(names[i]);
            if (strncmp(p, names[i], n) == 0) { number(p + n, &memory[i]); break; }
        }
}

static void table_file(struct row *rows, int fields, int is_disk) {
    int index = 0;
    for (const char *p = buffer; p < buffer + length && index < 256; p = next_line(p)) {
        if (is_disk) { uint64_t skip; p = number(number(p, &skip), &skip); }
        while (*p == ' ') p++;
        const char *start = p;
        while (*p > ' ' && *p != ':') p++;
        size_t n = (size_t)(p - start);
        if (!is_disk && *p++ != ':') continue;
        struct row *row = &rows[index++];
        if (n >= sizeof row->name) n = sizeof row->name - 1;
        if (strncmp(row->name, start, n) != 0 || row->name[n] != 0) memcpy(row->name, start, n), row->name[n] = 0;
        memcpy(row->before, row->now, sizeof row->now);
        for (int i = 0; i < fields; i++) p = number(p, &row->now[i]);
        for (int i = 0; i < fields; i++) results[2048 + i] = delta(row->before[i], row->now[i]) / 1.0;
    }
}

static void loadavg_file(void) {
    const char *p = buffer;
    for (int i = 0; i < 3; i++) results[3000 + i] = decimal(&p);
}

static void pressure_file(int at) {
    for (const char *p = buffer; p < buffer + length; p = next_line(p)) {
        const char *average = strstr(p, "avg10="), *sum = strstr(p, "total=");
        if (!average || !sum) continue;
        average += 6;
        results[at++] = decimal(&average);
        uint64_t value;
        number(sum + 6, &value);
        results[at++] = (double)value;
    }
}

int main(int argc, char **argv) {
    static const char *paths[8] = {"/proc/stat", "/proc/meminfo", "/proc/diskstats", "/proc/net/dev",
                                   "/proc/loadavg", "/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io"};
    int rounds = argc > 1 ? atoi(argv[1]) : 20000, fds[8];
    for (int i = 0; i < 8; i++) fds[i] = open(paths[i], O_RDONLY | O_CLOEXEC);
    struct timespec from, to;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < 8; i++) {
            if (fds[i] < 0 || read_all(fds[i]) != 0) continue;
            switch (i) {
                case 0: stat_file(); break;
                case 1: meminfo_file(); break;
                case 2: table_file(disks, 11, 1); break;
                case 3: table_file(cards, 16, 0); break;
                case 4: loadavg_file(); break;
                default: pressure_file(3000 + i * 8);
            }
        }
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    double spent = (double)(to.tv_sec - from.tv_sec) * 1e6 + (double)(to.tv_nsec - from.tv_nsec) / 1e3;
    printf("%.2f\n", spent / rounds);
    return results[0] < -1;
}
