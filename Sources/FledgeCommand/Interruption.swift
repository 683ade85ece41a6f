import Experiments
import Foundation
import Synchronization

/// Ctrl-C: the first stops after the current update, the second leaves at once.
enum Interruption {
    static let cancellation = Cancellation()
    private static let count = Atomic(0)

    /// From now on Ctrl-C asks for an orderly end.
    static func watch() {
        // Both have to be there before a signal handler may touch them.
        _ = cancellation.isRequested
        _ = count.load(ordering: .relaxed)
        signal(SIGINT) { _ in
            if Interruption.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(ExitCode.interrupted.rawValue) }
            Interruption.cancellation.request()
        }
        // Whoever started this process may have had the signal blocked, which is inherited.
        var interrupts = sigset_t()
        sigemptyset(&interrupts)
        sigaddset(&interrupts, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &interrupts, nil)
    }
}
