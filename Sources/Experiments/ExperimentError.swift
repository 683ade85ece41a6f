internal import FileFormats

/// Why a run was not begun or did not end well, and what to do about it.
public struct ExperimentError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is at fault; each kind has an exit code of the command line.
    public enum Kind: Sendable, Equatable {
        /// The work itself: training that diverged.
        case failed
        /// A name or value that the user gave.
        case usage
        /// The content of a data file.
        case badData
        /// A file or data set that is not there.
        case missingInput
        /// A folder or file that cannot be made.
        case cannotCreate
        /// Reading or writing: a full disk.
        case inputOutput
        /// The content of a recipe.
        case configuration
        /// Another process has what is needed; it may be had later.
        case busy
    }

    public let kind: Kind
    /// What is wrong, with the offending values.
    public let problem: String
    /// What to do about it, where there is something.
    public let advice: String?

    public init(_ kind: Kind, _ problem: String, advice: String? = nil) {
        self.kind = kind
        self.problem = problem
        self.advice = advice
    }

    /// What came of writing a file.
    init(writing error: any Error) {
        let isDiskFailure = (error as? FileFormatError)?.isDiskFailure ?? false
        self.init(isDiskFailure ? .inputOutput : .cannotCreate, "\(error)")
    }

    public var description: String { problem + (advice.map { "; " + $0 } ?? "") }

    /// A name that nothing has: suggests the nearest of `known`, or lists them.
    static func unknown(
        _ what: String, _ name: String, known: [String], nearest: String?, kind: Kind = .usage
    ) -> ExperimentError {
        ExperimentError(
            kind, "there is no \(what) '\(name)'",
            advice: nearest.map { "did you mean '\($0)'?" } ?? "there are " + known.joined(separator: ", "))
    }
}
