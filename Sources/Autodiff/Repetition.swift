/// How a smaller tensor is repeated to fill a larger one, as a kernel's row and column strides express it.
enum Repetition: Equatable {
    /// It has as many elements.
    case none
    /// One element everywhere.
    case scalar
    /// Again and again as a whole: `[64]` in `[batch, 64]`, `[channels]` in `[batch, height, width, channels]`.
    case whole(count: Int)
    /// Each element so many times: `[batch, 1]` in `[batch, 64]`.
    case each(times: Int)
    /// Otherwise: no kernel does it.
    case unsupported

    init(of shape: Shape, in target: Shape) {
        if shape == target {
            self = .none
        } else if shape.elementsPerRow == 1 && !shape.isBatched {
            self = .scalar
        } else if !shape.isBatched, Self.isSuffix(shape.dimensions, of: target.dimensions) {
            self = .whole(count: shape.elementsPerRow)
        } else if shape.isBatched == target.isBatched, let times = Self.repetitions(of: shape, in: target) {
            self = times == 1 ? .none : .each(times: times)
        } else {
            self = .unsupported
        }
    }

    /// Whether `dimensions`, but for leading ones, are the last of `target`.
    private static func isSuffix(_ dimensions: [Int], of target: [Int]) -> Bool {
        target.suffix(dimensions.count).elementsEqual(dimensions)
            || target.reversed().starts(with: Array(dimensions.drop { $0 == 1 }).reversed())
    }

    /// How many times each element stands in `target`, where only last dimensions of 1 grow.
    private static func repetitions(of shape: Shape, in target: Shape) -> Int? {
        guard shape.dimensions.count == target.dimensions.count else { return nil }
        let kept = zip(shape.dimensions, target.dimensions).prefix { $0 == $1 }.count
        guard shape.dimensions[kept...].allSatisfy({ $0 == 1 }) else { return nil }
        return target.dimensions[kept...].reduce(1, *)
    }

    /// The columns of the matrix as which a kernel sees the target, so that every operand is one row or one column of it;
    /// nil where any will do.
    ///
    /// - Precondition: `areCompatible`.
    static func columns(_ repetitions: [Repetition]) -> Int? { wanted(repetitions).first }

    /// Whether one matrix suits all operands.
    static func areCompatible(_ repetitions: [Repetition]) -> Bool {
        let columns = wanted(repetitions)
        return !repetitions.contains(.unsupported) && columns.allSatisfy { $0 == columns[0] }
    }

    private static func wanted(_ repetitions: [Repetition]) -> [Int] {
        repetitions.compactMap {
            switch $0 {
            case .whole(let count): count
            case .each(let times): times
            case .none, .scalar, .unsupported: nil
            }
        }
    }

    /// The row and column stride with which an operand covers a target of `columns` columns.
    func strides(columns: Int) -> (row: Int, column: Int) {
        switch self {
        case .none: (columns, 1)
        case .scalar: (0, 0)
        case .whole: (0, 1)
        case .each: (1, 0)
        case .unsupported: preconditionFailure("an operand that no stride repeats")
        }
    }

    /// The place, in the smaller tensor, of element `index` of the target.
    func source(of index: Int) -> Int {
        switch self {
        case .none: index
        case .scalar: 0
        case .whole(let count): index % count
        case .each(let times): index / times
        case .unsupported: preconditionFailure("an operand that no stride repeats")
        }
    }
}
