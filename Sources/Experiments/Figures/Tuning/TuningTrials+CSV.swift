internal import FileFormats

extension TuningTrials {
    /// Reads a table with one row a trial. The header says what the columns are:
    ///
    /// - `number`, `state` (complete, pruned, failed or running); `start` and `end`, in seconds, may be missing;
    /// - `maximize NAME` or `minimize NAME` for each objective;
    /// - `parameter NAME`, or `log parameter NAME` if it was searched on a logarithmic scale;
    /// - `at STEP` for measurements of the first objective on the way.
    ///
    /// Empty fields are what a trial did not reach or does not have.
    ///
    /// - Parameter name: The file's name, for errors.
    /// - Throws: `FileFormatError` with line and field.
    public init(csv bytes: [UInt8], name: String) throws {
        let table = try CSV.decode(bytes, name: name, header: .present)
        var columns: [String: Int] = [:]
        var objectives: [Objective] = []
        var parameters: [Parameter] = []
        var steps: [(step: Double, column: Int)] = []
        for (column, title) in table.columnNames.enumerated() {
            if let name = title.ending(after: "maximize ") {
                objectives.append(Objective(name, isHighBest: true, try Self.numbers(table, column)))
            } else if let name = title.ending(after: "minimize ") {
                objectives.append(Objective(name, isHighBest: false, try Self.numbers(table, column)))
            } else if let name = title.ending(after: "log parameter ") {
                parameters.append(try Self.parameter(name, isLogarithmic: true, table, column))
            } else if let name = title.ending(after: "parameter ") {
                parameters.append(try Self.parameter(name, isLogarithmic: false, table, column))
            } else if let step = title.ending(after: "at ").flatMap({ Double($0) }), step.isFinite {
                steps.append((step, column))
            } else if ["number", "state", "start", "end"].contains(title) {
                columns[title] = column
            } else {
                throw FileFormatError(
                    file: name, place: .line(1, field: column + 1), problem: "\"\(title)\" is no column of trials",
                    advice: "columns are number, state, start, end, maximize NAME, minimize NAME, parameter NAME, "
                        + "log parameter NAME and at STEP")
            }
        }
        guard let numberColumn = columns["number"], let stateColumn = columns["state"], !objectives.isEmpty else {
            throw FileFormatError(
                file: name, place: .line(1, field: nil),
                problem: "trials need the columns number, state and one that begins with maximize or minimize")
        }
        steps.sort { $0.step < $1.step }
        let measurements = try steps.map { (step: $0.step, values: try Self.numbers(table, $0.column)) }
        self.init(
            numbers: try Self.wholeNumbers(table, numberColumn), states: try Self.states(table, stateColumn),
            objectives: objectives, parameters: parameters,
            starts: try columns["start"].map { try Self.numbers(table, $0) } ?? [],
            ends: try columns["end"].map { try Self.numbers(table, $0) } ?? [],
            measurements: (0..<table.rowCount).map { row in
                measurements.compactMap { column in
                    column.values[row].isNaN ? nil : Measurement(step: column.step, column.values[row])
                }
            })
    }

    /// Empty fields are not a number.
    private static func numbers(_ table: CSVTable, _ column: Int) throws -> [Double] {
        try (0..<table.rowCount).map { row in
            if let number = table.number(row: row, column: column) { return number }
            let text = try table.text(row: row, column: column)
            guard text.isEmpty else {
                throw table.error(row: row, column: column, "\"\(text)\" is not a number")
            }
            return .nan
        }
    }

    private static func wholeNumbers(_ table: CSVTable, _ column: Int) throws -> [Int] {
        try table.numbers(column: column).enumerated().map { row, number in
            guard let whole = Int(exactly: number), whole >= 0 else {
                throw table.error(row: row, column: column, "a trial's number is a whole number from 0 on")
            }
            return whole
        }
    }

    private static func states(_ table: CSVTable, _ column: Int) throws -> [State] {
        try table.texts(column: column).enumerated().map { row, text in
            guard let state = State(rawValue: text) else {
                throw table.error(
                    row: row, column: column, "\"\(text)\" is no state of a trial",
                    advice: "states are " + State.allCases.map(\.rawValue).joined(separator: ", "))
            }
            return state
        }
    }

    /// Numbers if all fields are; else each text is a category, in the order of the alphabet.
    private static func parameter(
        _ name: String, isLogarithmic: Bool, _ table: CSVTable, _ column: Int
    ) throws -> Parameter {
        if table.isNumeric(column: column) || isLogarithmic {
            return Parameter(name, isLogarithmic: isLogarithmic, try numbers(table, column))
        }
        let texts = try table.texts(column: column)
        let categories = Set(texts.filter { !$0.isEmpty }).sorted()
        return Parameter(
            name, texts.map { text in categories.firstIndex(of: text).map(Double.init) ?? .nan }, categories: categories
        )
    }
}

extension String {
    /// What follows `beginning`, if the text begins so and goes on.
    fileprivate func ending(after beginning: String) -> String? {
        hasPrefix(beginning) && count > beginning.count ? String(dropFirst(beginning.count)) : nil
    }
}
