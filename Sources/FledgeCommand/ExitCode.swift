import Datasets
import Environments
import Experiments
import FileFormats
import Simulation
import SupervisedLearning

/// The exit codes of `fledge`, after sysexits.h where it has one; those of signals are 128 and the signal's number.
enum ExitCode: Int32, CaseIterable {
    case done = 0
    case failed = 1
    case usage = 64
    case badData = 65
    case missingInput = 66
    case internalError = 70
    case cannotCreate = 73
    case inputOutput = 74
    case busy = 75
    case configuration = 78
    case hungUp = 129
    case interrupted = 130
    case terminated = 143

    /// The code for an error that ended a command.
    init(for error: any Error) {
        switch error {
        case let error as ExperimentError:
            self =
                switch error.kind {
                case .failed: .failed
                case .usage: .usage
                case .badData: .badData
                case .missingInput: .missingInput
                case .cannotCreate: .cannotCreate
                case .inputOutput: .inputOutput
                case .configuration: .configuration
                case .busy: .busy
                }
        case is UnknownEnvironment, is EnvironmentError, is InvalidSetting: self = .usage
        case let error as DatasetError:
            self =
                switch error {
                case .unknown, .notNumeric: .usage
                case .notInstalled: .missingInput
                case .inconsistent: .badData
                }
        case is FileFormatError, is PreprocessingError: self = .badData
        case is DecodingError, is EncodingError: self = .internalError
        default: self = .failed
        }
    }

    /// What `fledge help exit-codes` says of it.
    var meaning: String {
        switch self {
        case .done: "done"
        case .failed: "the work failed: training diverged, an environment breaks its contract"
        case .usage:
            "the command line is wrong: a verb, flag, name or setting that is not there, or a value that cannot be"
        case .badData: "a data file is damaged, or does not fit"
        case .missingInput: "a file, data set or run is not there"
        case .internalError: "an error in Fledge itself"
        case .cannotCreate: "a folder or file cannot be made"
        case .inputOutput: "reading or writing failed: the disk is full"
        case .busy: "another process works on the run: try again later"
        case .configuration: "a settings file or recipe is wrong"
        case .hungUp: "the terminal hung up; what was done is kept"
        case .interrupted: "interrupted by Ctrl-C; what was done is kept"
        case .terminated: "asked to terminate; what was done is kept"
        }
    }

    /// All of them, a line each.
    static let table = allCases.map { "\(String($0.rawValue).padded(to: 5))  \($0.meaning)\n" }.joined()
}
