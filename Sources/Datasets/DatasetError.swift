/// Why a dataset cannot be had, and what to do about it.
public enum DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No dataset has this name, and it is no path of a table.
    case unknown(name: String, nearest: String?, known: [String])
    /// The dataset is known, but its files are not on this machine.
    case notInstalled(name: String, folder: String, advice: String)
    /// The dataset's files do not fit each other.
    case inconsistent(name: String, problem: String)
    /// The dataset is no table of numbers, which is what is asked for.
    case notNumeric(name: String, kind: String)

    public var description: String {
        switch self {
        case .unknown(let name, let nearest, let known):
            "there is no dataset \"\(name)\"" + (nearest.map { "; is \"\($0)\" meant?" } ?? ".")
                + " Known are \(known.joined(separator: ", ")), and any table by its path (FILE.csv)"
        case .notInstalled(let name, let folder, let advice):
            "the files of the dataset \(name) are not in \(folder); \(advice)"
        case .inconsistent(let name, let problem):
            "the files of the dataset \(name) do not fit each other: \(problem)"
        case .notNumeric(let name, let kind):
            "the dataset \(name) holds \(kind), no table of numbers; fit a model to it instead (fledge fit \(name))"
        }
    }
}
