// The system calls that Swift's Glibc module leaves out. Each returns what the call returns; errno is set as usual.
#ifndef WATCHDESK_LINUX_H
#define WATCHDESK_LINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// A counter that one thread rings and another polls; non-blocking, closed on exec.
int wd_eventfd(void);
int wd_eventfd_ring(int fd);
// Takes all rings; 0 when there was none.
uint64_t wd_eventfd_drain(int fd);

// A file that lives in memory only; closed on exec.
int wd_memory_file(const char *name);

// The size of the terminal behind fd; -1 when it has none.
int wd_terminal_size(int fd, int *columns, int *rows);

// A pseudo-terminal pair of this size; -1 on failure.
int wd_open_pty(int *controller, int *terminal, int columns, int rows);

// Nanoseconds of CLOCK_MONOTONIC, CLOCK_BOOTTIME (goes on during suspend) and of this process's CPU time.
int64_t wd_monotonic_nanoseconds(void);
int64_t wd_boottime_nanoseconds(void);
int64_t wd_process_cpu_nanoseconds(void);
// Milliseconds of wall time since 1970.
int64_t wd_wall_milliseconds(void);

// Takes an exclusive lock on an open file without waiting: 0 taken, -1 held by another process.
int wd_lock_exclusively(int fd);

// A bell that threads wait for by CLOCK_MONOTONIC; 0 when there is no memory. A ring is kept until somebody takes it.
uint64_t wd_bell_make(void);
void wd_bell_free(uint64_t bell);
void wd_bell_ring(uint64_t bell);
// Waits for a ring and takes it: 1 taken, 0 when this many nanoseconds passed first; negative waits without end.
int wd_bell_wait(uint64_t bell, int64_t nanoseconds);

// A descriptor that can be read when a file of this folder was written, put in place or removed; -1 with errno.
int wd_watch_folder(const char *path);

// Names the calling thread (at most 15 bytes are kept).
void wd_name_thread(const char *name);

// The process-wide standard streams, which Swift 6 cannot reach safely: writes all bytes, 0 on success.
int wd_write_all(int fd, const void *bytes, size_t count);

// Closes a descriptor.
void wd_close_descriptor(int fd);

// Gives freed heap memory back to the system.
void wd_trim_heap(void);

// The most names that one call of wd_numbered_entries gives.
#define WD_ENTRIES_AT_ONCE 1024

// The next names in an open folder that are decimal numbers: how many, 0 at the end, -1 on failure. There must be room
// for WD_ENTRIES_AT_ONCE of them.
int wd_numbered_entries(int folder, int32_t *numbers, int capacity);

// One read of the file NUMBER/name below an open folder, which kernel files answer whole: bytes read, -1 on failure.
ssize_t wd_read_numbered(int folder, int32_t number, const char *name, void *bytes, size_t capacity);

// The same file, opened to be read again and again: a descriptor, or -1.
int wd_open_numbered(int folder, int32_t number, const char *name);
// One read from the start of an open file: bytes read, -1 on failure; -2 when the process it tells of has gone.
ssize_t wd_read_again(int file, void *bytes, size_t capacity);
// Whether an open folder is of the kernel's own table of processes, and no copy of one.
int wd_is_process_table(int folder);

// The user that the folder NUMBER below an open folder belongs to; -1 when it has gone.
int64_t wd_owner_of_numbered(int folder, int32_t number);

// Nanoseconds of CPU time of the calling thread.
int64_t wd_thread_cpu_nanoseconds(void);

// A descriptor that means this process and never another with its number (Linux 5.3); -1 with ENOSYS before.
int wd_process_handle(int32_t process);
// Sends a signal to the process of such a descriptor.
int wd_signal_handle(int handle, int signal);

#endif
