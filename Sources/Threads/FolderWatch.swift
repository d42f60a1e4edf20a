internal import CLinux
internal import Glibc
internal import NIOConcurrencyHelpers

/// Tells when a file of a folder changes, by the kernel's word; costs nothing while nothing does.
public final class FolderWatch: Sendable {
    private let stopper: Int32
    private let isStopped = NIOLockedValueBox(false)

    /// Watches from now on; `nil` when there is no such folder or the system has no watches left.
    ///
    /// - Parameter onChange: Called on a thread of its own; several changes in a moment may be one call.
    public init?(_ folder: String, onChange: @escaping @Sendable () -> Void) {
        let watch = unsafe wd_watch_folder(folder)
        guard watch >= 0 else { return nil }
        let stopper = wd_eventfd()
        self.stopper = stopper
        guard stopper >= 0 else {
            close(watch)
            return nil
        }
        do throws(ThreadFailure) {
            try DedicatedThread.start("folder-watch") {
                FolderWatch.run(watch, stopper, onChange)
                close(watch)
                close(stopper)
            }
        } catch {
            close(watch)
            close(stopper)
            return nil
        }
    }

    deinit {
        stop()
    }

    /// Ends the watch.
    public func stop() {
        isStopped.withLockedValue { isStopped in
            guard !isStopped else { return }
            isStopped = true
            _ = wd_eventfd_ring(stopper)
        }
    }

    private static func run(_ watch: Int32, _ stopper: Int32, _ onChange: () -> Void) {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while true {
            var waited = [
                pollfd(fd: watch, events: Int16(POLLIN), revents: 0),
                pollfd(fd: stopper, events: Int16(POLLIN), revents: 0),
            ]
            let count = unsafe poll(&waited, 2, -1)
            if count < 0, errno == EINTR { continue }
            guard count > 0, waited[1].revents == 0 else { return }
            while unsafe bytes.withUnsafeMutableBytes({ unsafe read(watch, $0.baseAddress, $0.count) }) > 0 {}
            onChange()
        }
    }
}
