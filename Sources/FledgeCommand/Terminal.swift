import Foundation
import Synchronization

/// What is known about the terminal, and writing to both streams: data to standard output, messages to standard error.
struct Terminal {
    /// Whether messages go to a terminal that can rewrite a line.
    let isInteractive: Bool
    /// Whether messages may be coloured.
    let isColored: Bool

    /// The flag that keeps messages plain, of whatever verb.
    static let plainFlag = "--no-color"

    init() {
        let environment = ProcessInfo.processInfo.environment
        isInteractive = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
        isColored =
            isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
            && !CommandLine.arguments.contains(Self.plainFlag)
    }

    /// The width of the terminal in characters.
    var width: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// The width of the terminal that output goes to; nil where it goes to a file or another program.
    static var outputWidth: Int? {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// Why output was lost, if any was: the disk is full.
    static var outputProblem: String? { problem.withLock { $0 } }
    private static let problem = Mutex<String?>(nil)

    static func output(_ text: String) {
        // A closed pipe ends nothing: whoever closed it does not want to read on.
        guard let code = write(text, to: STDOUT_FILENO), code != EPIPE else { return }
        problem.withLock { $0 = String(cString: strerror(code)).lowercased() }
    }

    static func message(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    /// - Returns: the error that kept it from being written, nil if there was none.
    private static func write(_ text: String, to descriptor: Int32) -> Int32? {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let size = bytes[start...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if size < 0 && errno == EINTR { continue }
            guard size >= 0 else { return errno }
            start += size
        }
        return nil
    }

    func emphasized(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    func warning(_ text: String) -> String { isColored ? "\u{1B}[1;31m\(text)\u{1B}[0m" : text }
}
