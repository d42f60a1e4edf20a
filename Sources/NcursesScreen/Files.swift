internal import CLinux
internal import Glibc

/// The descriptors that a screen owns.
struct Files {
    /// What ncurses writes.
    let memory: Int32
    /// What standard error says while the screen is up.
    let errors: Int32
    /// Rung by signal handlers.
    let ring: Int32

    init() throws(ScreenFailure) {
        memory = unsafe wd_memory_file("watchdesk screen")
        errors = unsafe wd_memory_file("watchdesk errors")
        ring = wd_eventfd()
        guard memory >= 0, errors >= 0, ring >= 0 else {
            close()
            throw .refused(what: "a memory file")
        }
    }

    func close() {
        for descriptor in [memory, errors, ring] where descriptor >= 0 { Glibc.close(descriptor) }
    }
}
