internal import FileFormats
internal import LinearAlgebra

extension Dataset {
    /// A text column may have this many different values as a feature: names and numbers of samples have more.
    static let mostCategories = 100
    /// Whole numbers to be learned are classes if there are at most this many different ones.
    static let mostNumberedClasses = 20
    /// The square of a larger number, and sums of such squares, are more than a `Float` holds.
    static let largestNumber = 1e15
    /// A column whose values differ has to reach over so many neighbouring 32-bit numbers.
    static let fewestSteps = 100.0

    /// Reads a table (`.csv`, `.tsv`, either compressed by gzip).
    ///
    /// A numeric column becomes a feature; a text column becomes a feature of 0 and 1 for each of its values, called
    /// `colour=red`. The target column becomes labels if it holds text, is called label, class or species, or holds
    /// at most 20 different whole numbers; targets otherwise. Classes and categories are in rising order.
    ///
    /// - Parameter name: the dataset's name; by default that of the file.
    /// - Throws: `FileFormatError` if the file cannot be read, is malformed, lacks a number somewhere (with line and
    ///   field) or one that 32-bit numbers can tell from the others, or has no such target.
    public init(table path: String, name: String? = nil, target: TargetColumn = .automatic) throws {
        let bytes = try readFile(path)
        let text = Gzip.isCompressed(bytes) ? try Gzip.decompress(bytes, name: path) : bytes
        try self.init(
            table: CSV.decode(text, name: path), name: name ?? Self.tableName(path) ?? path, target: target)
    }

    init(table: CSVTable, name: String, target: TargetColumn) throws {
        let targetIndex = try target.index(in: table)
        let columns = try (0..<table.columnCount).filter { $0 != targetIndex }.flatMap { try Self.columns(table, $0) }
        var features = Matrix<Float>(rows: table.rowCount, columns: columns.count, repeating: 0)
        features.withMutableSpan { features in
            for (index, column) in columns.enumerated() {
                for row in column.values.indices { features[row * columns.count + index] = column.values[row] }
            }
        }
        let learned = try targetIndex.map { try Self.learned(table, $0) }
        self.init(
            name: name,
            training: Part(features: .floats(features), labels: learned?.labels, targets: learned?.targets),
            classNames: learned?.classNames, targetName: targetIndex.map { table.columnNames[$0] },
            columnNames: columns.map(\.name))
    }

    /// The features that one column of the table gives.
    private static func columns(_ table: CSVTable, _ column: Int) throws -> [(name: String, values: [Float])] {
        let name = table.columnNames[column]
        if table.isNumeric(column: column) {
            return [(name, try floats(try finiteNumbers(table, column), table, column))]
        }
        let texts = try categoryTexts(table, column)
        let categories = Set(texts).sorted()
        guard categories.count <= mostCategories else {
            // The first number tells where a numeric column goes wrong.
            if (0..<table.rowCount).contains(where: { table.number(row: $0, column: column) != nil }) {
                _ = try finiteNumbers(table, column)
            }
            throw table.error(
                row: 0, column: column,
                "the column \"\(name)\" has \(categories.count) different texts, \(mostCategories) are allowed",
                advice: "leave it out of the table, or make it the target")
        }
        return categories.map { category in (name + "=" + category, texts.map { $0 == category ? 1 : 0 }) }
    }

    private static func learned(
        _ table: CSVTable, _ column: Int
    ) throws -> (labels: [Int32]?, targets: [Float]?, classNames: [String]?) {
        guard table.isNumeric(column: column) else {
            let texts = try categoryTexts(table, column)
            return labels(texts, classes: Set(texts).sorted(), name: \.self)
        }
        let numbers = try finiteNumbers(table, column)
        let classes = Set(numbers).sorted()
        let isWhole = classes.allSatisfy { $0 == $0.rounded() && abs($0) < 1e9 }
        let saysSo = ["label", "class", "species"].contains(table.columnNames[column].lowercased())
        guard isWhole, saysSo || classes.count <= mostNumberedClasses else {
            return (nil, try floats(numbers, table, column), nil)
        }
        return labels(numbers, classes: classes) { String(Int($0)) }
    }

    private static func labels<Value: Hashable>(
        _ values: [Value], classes: [Value], name: (Value) -> String
    ) -> (labels: [Int32]?, targets: [Float]?, classNames: [String]?) {
        var indices: [Value: Int32] = [:]
        for (index, value) in classes.enumerated() { indices[value] = Int32(index) }
        return (values.compactMap { indices[$0] }, nil, classes.map(name))
    }

    private static func finiteNumbers(_ table: CSVTable, _ column: Int) throws -> [Double] {
        let numbers = try table.numbers(column: column)
        let name = table.columnNames[column]
        if let row = numbers.firstIndex(where: { !$0.isFinite }) {
            throw table.error(
                row: row, column: column, "\(numbers[row]) in the column \"\(name)\"",
                advice: "fill in a number or leave the line out")
        }
        if let row = numbers.firstIndex(where: { $0.magnitude > largestNumber }) {
            throw table.error(
                row: row, column: column, "\(numbers[row]) in the column \"\(name)\" is beyond 1e15",
                advice: "scale the column, or leave the line out")
        }
        return numbers
    }

    /// Computing goes on with 32-bit numbers, of which a column of times in seconds, or of differences of 1e-40, would
    /// leave hardly anything: better no result than that one.
    private static func floats(_ numbers: [Double], _ table: CSVTable, _ column: Int) throws -> [Float] {
        let floats = numbers.map { Float($0) }
        guard let low = numbers.min(), let high = numbers.max(), high > low else { return floats }
        let step = Double(Float(max(low.magnitude, high.magnitude)).ulp)
        guard high - low < fewestSteps * step, Set(floats).count < Set(numbers).count else { return floats }
        throw table.error(
            row: 0, column: column,
            "the column \"\(table.columnNames[column])\" goes from \(low) to \(high), which 32-bit numbers hardly tell apart",
            advice: high - low < low.magnitude ? "subtract \(low.rounded()) from the column" : "scale the column")
    }

    private static func categoryTexts(_ table: CSVTable, _ column: Int) throws -> [String] {
        let texts = try table.texts(column: column)
        if let row = texts.firstIndex(of: "") {
            throw table.error(
                row: row, column: column, "the column \"\(table.columnNames[column])\" has no value here",
                advice: "fill in a value or leave the line out")
        }
        return texts
    }
}
