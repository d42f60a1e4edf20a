#include "watchdesk_linux.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

int wd_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

int wd_eventfd_ring(int fd) {
    uint64_t one = 1;
    return write(fd, &one, sizeof one) == sizeof one ? 0 : -1;
}

uint64_t wd_eventfd_drain(int fd) {
    uint64_t rings = 0;
    return read(fd, &rings, sizeof rings) == sizeof rings ? rings : 0;
}

int wd_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int wd_terminal_size(int fd, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

int wd_open_pty(int *controller, int *terminal, int columns, int rows) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    return openpty(controller, terminal, NULL, NULL, &size);
}

static int64_t nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t wd_monotonic_nanoseconds(void) { return nanoseconds(CLOCK_MONOTONIC); }
int64_t wd_boottime_nanoseconds(void) { return nanoseconds(CLOCK_BOOTTIME); }
int64_t wd_process_cpu_nanoseconds(void) { return nanoseconds(CLOCK_PROCESS_CPUTIME_ID); }
int64_t wd_wall_milliseconds(void) { return nanoseconds(CLOCK_REALTIME) / 1000000; }

int wd_lock_exclusively(int fd) { return flock(fd, LOCK_EX | LOCK_NB); }

void wd_name_thread(const char *name) {
    char kept[16];
    size_t length = 0;
    while (length < sizeof kept - 1 && name[length] != 0) {
        kept[length] = name[length];
        length++;
    }
    kept[length] = 0;
    pthread_setname_np(pthread_self(), kept);
}

int wd_write_all(int fd, const void *bytes, size_t count) {
    const char *rest = bytes;
    while (count > 0) {
        ssize_t written = write(fd, rest, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EAGAIN) {
            struct pollfd ready = {.fd = fd, .events = POLLOUT};
            if (poll(&ready, 1, 10000) > 0) continue;
        }
        if (written <= 0) return -1;
        rest += written;
        count -= (size_t)written;
    }
    return 0;
}

void wd_close_descriptor(int fd) { close(fd); }

void wd_trim_heap(void) { malloc_trim(0); }
