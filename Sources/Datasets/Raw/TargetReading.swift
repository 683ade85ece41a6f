internal import FileFormats

/// Turns the values of what is to be learned into classes or numbers, and refuses what nothing can be learned from.
struct TargetReading {
    /// The kinds of values that targets are made of.
    enum Values {
        case texts([String])
        /// `areLabels`: the file says that the numbers are classes, by name or by type.
        case numbers([Double], areLabels: Bool)
    }

    /// Whole numbers to be learned are classes if there are at most this many different ones.
    static let mostNumberedClasses = 20
    /// From so many rows on, as many classes as rows are a mistake.
    private static let fewestRows = 10

    /// What the target is called.
    let name: String
    let options: RawDataset.Options
    /// Makes an error at a row, or about the target as a whole.
    let error: (_ row: Int?, _ problem: String, _ advice: String?) -> FileFormatError

    func callAsFunction(_ values: Values) throws -> (targets: RawTargets, classNames: [String]?) {
        switch values {
        case .texts(let texts):
            guard options.task != .regression else {
                throw error(nil, "the target \"\(name)\" holds texts, which are no numbers", "learn classes instead")
            }
            return try classes(texts)
        case .numbers(let numbers, let areLabels):
            if let row = numbers.firstIndex(where: { !Float($0).isFinite }) {
                throw error(
                    row, "\(numbers[row]) as the target", "fill in a number of at most 3e38 or leave the row out")
            }
            let distinct = Set(numbers)
            let areWhole = distinct.allSatisfy { $0 == $0.rounded() && abs($0) < 1e9 }
            let areClasses =
                options.task.map { $0 == .classification }
                ?? (options.classNames != nil || areWhole && (areLabels || distinct.count <= Self.mostNumberedClasses))
            if areClasses { return try classes(numbers.map(Column.text)) }
            guard distinct.count > 1 || options.classNames != nil else {
                throw error(
                    nil, "the target \"\(name)\" is \(numbers.first.map { "\($0)" } ?? "nothing") everywhere",
                    "there is nothing to learn; is another column the target?")
            }
            return (.numbers(numbers.map { Float($0) }), nil)
        }
    }

    private func classes(_ texts: [String]) throws -> (targets: RawTargets, classNames: [String]?) {
        let distinct = Set(texts)
        if let known = options.classNames {
            if let row = texts.firstIndex(where: { !known.contains($0) }) {
                throw error(
                    row, "\"\(texts[row])\" is none of the classes \(known.prefix(20).joined(separator: ", "))",
                    nearestName(to: texts[row], among: known).map { "is \"\($0)\" meant?" }
                        ?? "fit a new model if there are new classes")
            }
            return (.classes(labels(texts, known)), known)
        }
        guard distinct.count > 1 else {
            throw error(
                nil, "the target \"\(name)\" has one class only, \"\(texts.first ?? "")\"",
                "there is nothing to tell apart; is another column the target?")
        }
        guard distinct.count <= texts.count / 2 || texts.count < Self.fewestRows else {
            throw error(
                nil, "the target \"\(name)\" has \(distinct.count) different values in \(texts.count) rows",
                "classes need several samples each; is another column the target, or are numbers to be learned?")
        }
        let names = ColumnText.sorted(distinct)
        return (.classes(labels(texts, names)), names)
    }

    private func labels(_ texts: [String], _ names: [String]) -> [Int32] {
        var indices: [String: Int32] = [:]
        for (index, name) in names.enumerated() { indices[name] = Int32(index) }
        return texts.compactMap { indices[$0] }
    }
}
