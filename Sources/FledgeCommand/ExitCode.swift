import Datasets
import Environments
import Experiments
import FileFormats
import Simulation

/// The exit codes of `fledge`, after sysexits.h where it has one.
///
/// | code | meaning |
/// |---|---|
/// | 0 | done |
/// | 1 | the work failed: training diverged |
/// | 64 | the command line is wrong: an unknown verb, flag, name or setting, or a wrong value of one |
/// | 65 | a data file is damaged or does not fit |
/// | 66 | a file, data set or run is not there |
/// | 70 | an error in Fledge itself |
/// | 73 | a folder or file cannot be made |
/// | 74 | reading or writing failed: the disk is full |
/// | 75 | another process works on the run; try again later |
/// | 78 | a recipe file is wrong |
/// | 130 | interrupted by Ctrl-C; what was done is kept |
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
    case interrupted = 130

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
        case is UnknownEnvironment: self = .usage
        case let error as DatasetError:
            self =
                switch error {
                case .unknown: .usage
                case .notInstalled: .missingInput
                case .inconsistent: .badData
                }
        case is FileFormatError: self = .badData
        case is DecodingError, is EncodingError: self = .internalError
        default: self = .failed
        }
    }

    /// For the end of the help text.
    static let table = """
        0 done · 1 the work failed · 64 wrong command line · 65 bad data · 66 missing input · 70 error in fledge · \
        73 cannot create · 74 input or output failed · 75 in use, try later · \
        78 wrong recipe · 130 interrupted
        """
}
