#include "watchdesk_ncurses.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios saved_modes;
static int modes_of = -1;
static volatile sig_atomic_t modes_changed;

static int errors_file = -1;
static int real_errors = -1;

static int restore_output = -1;
static int ring_file = -1;
static char restore_text[512];
static size_t restore_length;
// Any thread may be the one that is interrupted.
static atomic_int flags;
static atomic_int exits_wanted;
static int is_catching;

int wd_modes_enter(int input) {
    // Coming back from a stop the modes are ours already, or the shell's: what was there first must stay saved.
    if (!modes_changed && tcgetattr(input, &saved_modes) != 0) return -1;
    modes_of = input;
    struct termios modes = saved_modes;
    modes.c_iflag &= ~(tcflag_t)(IXON | ICRNL | INLCR | IGNCR | ISTRIP | BRKINT);
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | ISIG | IEXTEN);
    // Tabs that the driver expands would overwrite cells.
    modes.c_oflag &= ~(tcflag_t)TABDLY;
    modes.c_cflag = (modes.c_cflag & ~(tcflag_t)CSIZE) | CS8;
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    modes_changed = 1;
    return tcsetattr(input, TCSANOW, &modes);
}

void wd_modes_leave(void) {
    if (!modes_changed) return;
    modes_changed = 0;
    tcsetattr(modes_of, TCSANOW, &saved_modes);
}

void wd_errors_hold(int memory) {
    if (real_errors >= 0 || !isatty(STDERR_FILENO)) return;
    real_errors = dup(STDERR_FILENO);
    errors_file = memory;
    if (real_errors >= 0) dup2(memory, STDERR_FILENO);
}

// Only calls that a signal handler may make.
static void show_errors(void) {
    char block[1024];
    off_t end = lseek(errors_file, 0, SEEK_CUR);
    // The last 64 KiB say what matters.
    for (off_t place = end > 65536 ? end - 65536 : 0; place < end;) {
        ssize_t count = pread(errors_file, block, sizeof block, place);
        if (count <= 0 || write(real_errors, block, (size_t)count) <= 0) return;
        place += count;
    }
}

void wd_errors_release(void) {
    if (real_errors < 0) return;
    dup2(real_errors, STDERR_FILENO);
    show_errors();
    close(real_errors);
    real_errors = -1;
    if (ftruncate(errors_file, 0) == 0) lseek(errors_file, 0, SEEK_SET);
}

static const int crashes[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSYS, SIGQUIT};
static const int requests[] = {SIGHUP, SIGTERM, SIGINT, SIGWINCH, SIGTSTP, SIGCONT};
enum { crash_count = sizeof crashes / sizeof *crashes, request_count = sizeof requests / sizeof *requests };
static struct sigaction before_crashes[crash_count];
static struct sigaction before_requests[request_count];
static stack_t own_stack;
static stack_t stack_before;

static void restore_terminal(void) {
    if (restore_length > 0) {
        ssize_t written = write(restore_output, restore_text, restore_length);
        (void)written;
    }
    wd_modes_leave();
    if (real_errors >= 0) {
        dup2(real_errors, STDERR_FILENO);
        show_errors();
    }
}

// Not the handler that was there before: the Swift runtime's would ask questions on the terminal for half a minute.
static void end_hard(int signal_number) {
    restore_terminal();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void on_request(int signal) {
    int saved = errno;
    switch (signal) {
    case SIGWINCH: atomic_fetch_or(&flags, WD_RESIZED); break;
    case SIGTSTP: atomic_fetch_or(&flags, WD_STOP_WANTED); break;
    case SIGCONT: atomic_fetch_or(&flags, WD_CONTINUED); break;
    default:
        if (atomic_fetch_add(&exits_wanted, 1) > 0) {
            end_hard(signal);
            return;
        }
        atomic_fetch_or(&flags, WD_EXIT_WANTED);
    }
    uint64_t one = 1;
    ssize_t written = write(ring_file, &one, sizeof one);
    (void)written;
    errno = saved;
}

static void install(const int *signals, struct sigaction *before, int count, void (*handler)(int), int mode) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = mode;
    sigemptyset(&action.sa_mask);
    // Requests wait for one another: a storm of new sizes would pile handlers up until no stack holds them.
    if (!(mode & SA_NODEFER)) {
        for (int index = 0; index < request_count; index++) sigaddset(&action.sa_mask, requests[index]);
    }
    for (int index = 0; index < count; index++) sigaction(signals[index], &action, &before[index]);
}

void wd_signals_catch(int output, int ring, const char *restore) {
    if (is_catching) return;
    restore_output = output;
    ring_file = ring;
    restore_length = strlen(restore);
    if (restore_length > sizeof restore_text) restore_length = sizeof restore_text;
    memcpy(restore_text, restore, restore_length);
    atomic_store(&flags, 0);
    atomic_store(&exits_wanted, 0);
    is_catching = 1;
    // A stack overflow leaves no room for the handler on the stack that overflowed.
    memset(&own_stack, 0, sizeof own_stack);
    own_stack.ss_size = 65536;
    own_stack.ss_sp = malloc(own_stack.ss_size);
    if (own_stack.ss_sp != NULL) sigaltstack(&own_stack, &stack_before);
    // The signal is raised again from inside of its handler.
    install(crashes, before_crashes, crash_count, end_hard, SA_ONSTACK | SA_NODEFER);
    install(requests, before_requests, request_count, on_request, SA_RESTART);
}

void wd_signals_release(void) {
    if (!is_catching) return;
    is_catching = 0;
    for (int index = 0; index < crash_count; index++) sigaction(crashes[index], &before_crashes[index], NULL);
    for (int index = 0; index < request_count; index++) sigaction(requests[index], &before_requests[index], NULL);
    if (own_stack.ss_sp != NULL) {
        sigaltstack(&stack_before, NULL);
        free(own_stack.ss_sp);
        own_stack.ss_sp = NULL;
    }
}

int wd_signals_take(void) { return atomic_exchange(&flags, 0); }

void wd_stop_group(void) {
    struct sigaction kept, standard;
    memset(&standard, 0, sizeof standard);
    standard.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &standard, &kept);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &kept, NULL);
}

long wd_read_input(int input, void *buffer, size_t count, int wait_milliseconds) {
    struct pollfd ready = {.fd = input, .events = POLLIN};
    int events = poll(&ready, 1, wait_milliseconds);
    if (events < 0) return errno == EINTR ? 0 : -1;
    if (events == 0) return 0;
    if (!(ready.revents & POLLIN)) return -1;
    ssize_t got = read(input, buffer, count);
    if (got > 0) return got;
    return got < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
}
