/// What is wrong with a file, where in it, and what to do about it.
public struct FileFormatError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where in the file the problem lies.
    public enum Place: Sendable, Equatable {
        /// The file as a whole: it is missing, it may not be read.
        case whole
        /// The byte at this offset, counted from 0.
        case offset(Int)
        /// A line of a text file and a field of that line, both counted from 1.
        case line(Int, field: Int?)
        /// A character of a text file, both counted from 1.
        case character(line: Int, column: Int)
        /// A named part of the file: an array, a value, a chunk.
        case part(String)
    }

    /// The file's path or the name under which its bytes were handed over.
    public let file: String
    public let place: Place
    /// What is wrong, with the offending values.
    public let problem: String
    /// What to do about it, where there is something.
    public let advice: String?
    /// Whether the disk is full or fails, rather than the file's name or content being wrong.
    public let isDiskFailure: Bool

    public init(
        file: String, place: Place = .whole, problem: String, advice: String? = nil, isDiskFailure: Bool = false
    ) {
        self.file = file
        self.place = place
        self.problem = problem
        self.advice = advice
        self.isDiskFailure = isDiskFailure
    }

    public var description: String {
        let position =
            switch place {
            case .whole: file
            case .offset(let offset): "\(file), byte \(offset)"
            case .line(let line, field: nil): "\(file), line \(line)"
            case .line(let line, field: .some(let field)): "\(file), line \(line), field \(field)"
            case .character(let line, let column): "\(file), line \(line), column \(column)"
            case .part(let name): "\(file), \"\(name)\""
            }
        return position + ": " + problem + (advice.map { "; " + $0 } ?? "")
    }
}
