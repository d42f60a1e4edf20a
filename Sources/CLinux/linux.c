#include "watchdesk_linux.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <linux/magic.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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

// The number that a name is; 0 for every other name.
static int32_t numbered(const char *name) {
    int64_t value = 0;
    for (const char *digit = name; *digit != 0; digit++) {
        if (*digit < '0' || *digit > '9' || value > INT32_MAX / 10) return 0;
        value = value * 10 + (*digit - '0');
    }
    return value <= INT32_MAX ? (int32_t)value : 0;
}

int wd_numbered_entries(int folder, int32_t *numbers, int capacity) {
    // An entry takes at least 24 bytes, so one call cannot give more numbers than WD_ENTRIES_AT_ONCE.
    _Alignas(8) char buffer[24 * WD_ENTRIES_AT_ONCE];
    if (capacity < WD_ENTRIES_AT_ONCE) {
        errno = EINVAL;
        return -1;
    }
    for (;;) {
        ssize_t size = getdents64(folder, buffer, sizeof buffer);
        if (size <= 0) return (int)size;
        int count = 0;
        for (ssize_t at = 0; at < size;) {
            struct dirent64 *entry = (struct dirent64 *)(buffer + at);
            int32_t number = numbered(entry->d_name);
            if (number > 0) numbers[count++] = number;
            at += entry->d_reclen;
        }
        if (count > 0) return count;
    }
}

int wd_open_numbered(int folder, int32_t number, const char *name) {
    char path[64];
    int length = snprintf(path, sizeof path, "%d/%s", number, name);
    if (length < 0 || length >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return openat(folder, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

ssize_t wd_read_numbered(int folder, int32_t number, const char *name, void *bytes, size_t capacity) {
    int file = wd_open_numbered(folder, number, name);
    if (file < 0) return -1;
    ssize_t count;
    do count = read(file, bytes, capacity);
    while (count < 0 && errno == EINTR);
    int fault = errno;
    close(file);
    errno = fault;
    return count;
}

ssize_t wd_read_again(int file, void *bytes, size_t capacity) {
    ssize_t count;
    do count = pread(file, bytes, capacity, 0);
    while (count < 0 && errno == EINTR);
    return count < 0 && errno == ESRCH ? -2 : count;
}

int wd_is_process_table(int folder) {
    struct statfs system;
    return fstatfs(folder, &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
}

int64_t wd_owner_of_numbered(int folder, int32_t number) {
    char path[16];
    struct stat status;
    snprintf(path, sizeof path, "%d", number);
    return fstatat(folder, path, &status, AT_SYMLINK_NOFOLLOW) == 0 ? (int64_t)status.st_uid : -1;
}

int64_t wd_thread_cpu_nanoseconds(void) { return nanoseconds(CLOCK_THREAD_CPUTIME_ID); }

// Older headers lack the numbers; they are the same on every architecture that Swift runs on.
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

int wd_process_handle(int32_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

int wd_signal_handle(int handle, int signal) { return (int)syscall(SYS_pidfd_send_signal, handle, signal, NULL, 0); }

struct bell {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
    int is_rung;
};

static struct bell *bell_of(uint64_t handle) {
    return (struct bell *)(uintptr_t)handle;
}

uint64_t wd_bell_make(void) {
    struct bell *bell = calloc(1, sizeof *bell);
    if (!bell) return 0;
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    // The wall clock may be set back by hours, and a wait by it would then last as long.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&bell->mutex, NULL);
    pthread_cond_init(&bell->condition, &attributes);
    pthread_condattr_destroy(&attributes);
    return (uint64_t)(uintptr_t)bell;
}

void wd_bell_free(uint64_t handle) {
    struct bell *bell = bell_of(handle);
    if (!bell) return;
    pthread_cond_destroy(&bell->condition);
    pthread_mutex_destroy(&bell->mutex);
    free(bell);
}

void wd_bell_ring(uint64_t handle) {
    struct bell *bell = bell_of(handle);
    pthread_mutex_lock(&bell->mutex);
    bell->is_rung = 1;
    pthread_mutex_unlock(&bell->mutex);
    // After the lock: whoever wakes would only wait for it again.
    pthread_cond_signal(&bell->condition);
}

int wd_bell_wait(uint64_t handle, int64_t nanoseconds) {
    struct bell *bell = bell_of(handle);
    struct timespec end;
    if (nanoseconds >= 0) {
        clock_gettime(CLOCK_MONOTONIC, &end);
        end.tv_sec += nanoseconds / 1000000000;
        end.tv_nsec += nanoseconds % 1000000000;
        if (end.tv_nsec >= 1000000000) {
            end.tv_sec += 1;
            end.tv_nsec -= 1000000000;
        }
    }
    pthread_mutex_lock(&bell->mutex);
    int status = 0;
    while (!bell->is_rung && status != ETIMEDOUT) {
        status = nanoseconds < 0 ? pthread_cond_wait(&bell->condition, &bell->mutex)
                                 : pthread_cond_timedwait(&bell->condition, &bell->mutex, &end);
    }
    int taken = bell->is_rung;
    bell->is_rung = 0;
    pthread_mutex_unlock(&bell->mutex);
    return taken;
}

int wd_watch_folder(const char *path) {
    int watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (watch < 0) return -1;
    if (inotify_add_watch(watch, path, IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_ONLYDIR) >= 0) return watch;
    int code = errno;
    close(watch);
    errno = code;
    return -1;
}
