import Experiments
import Foundation
import Synchronization

/// Ctrl-C, a request to terminate, and a terminal that hangs up: the first stops after the current update, the second
/// leaves at once.
enum Interruption {
    static let cancellation = Cancellation()
    /// The first signal that came; 0 for none.
    private static let first = Atomic<Int32>(0)

    /// The code to exit with after an orderly end.
    static var exitCode: ExitCode {
        switch first.load(ordering: .relaxed) {
        case SIGTERM: .terminated
        case SIGHUP: .hungUp
        default: .interrupted
        }
    }

    /// From now on these signals ask for an orderly end.
    static func watch() {
        // Both have to be there before a signal handler may touch them.
        _ = cancellation.isRequested
        _ = first.load(ordering: .relaxed)
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let before = signal(number) { number in
                let (isFirst, earlier) = Interruption.first.compareExchange(
                    expected: 0, desired: number, ordering: .relaxed)
                if !isFirst { _exit(128 + earlier) }
                Interruption.cancellation.request()
            }
            // `nohup` has it ignored, and means it.
            if number == SIGHUP, isIgnored(before) { signal(SIGHUP, SIG_IGN) }
            sigaddset(&signals, number)
        }
        // Whoever started this process may have had them blocked, which is inherited.
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Handlers are functions, which cannot be compared but by their addresses.
    private static func isIgnored(_ handler: sighandler_t?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
