internal import FileFormats

extension RawDataset {
    /// Makes samples of a table: columns, or texts if its only feature is free text, or ratings if they are asked for.
    ///
    /// - Throws: `FileFormatError` with line and field if there is no such target, a target is missing, one class or
    ///   value is all there is, or no column is a feature.
    init(table csv: CSVTable, name: String, options: Options) throws {
        if options.layout == .ratings {
            try self.init(ratings: csv, name: name, options: options)
            return
        }
        let targetIndex = try options.target.index(in: csv)
        let learned = try targetIndex.map { try Self.target(csv, column: $0, options: options) }
        let targetName = targetIndex.map { csv.columnNames[$0] }
        let table = try Table(reading: csv, types: options.types.filter { $0.key != targetName }, omitting: targetName)
        var notes: [String] = []
        for column in table.columns where !column.inference.isFeature {
            notes.append("the column \"\(column.name)\" is no feature (\(column.inference.reason))")
        }
        let features = table.columns.filter(\.inference.isFeature)
        let text = Self.textColumn(table, features: features, layout: options.layout)
        if options.layout == .texts, text == nil {
            // Short texts that come again and again look like categories.
            let words = features.filter { $0.type == .category }
            if words.count == 1 {
                var options = options
                options.types[words[0].name] = .text
                try self.init(table: csv, name: name, options: options)
                return
            }
            throw FileFormatError(
                file: csv.file, problem: "no column holds texts", advice: "leave the choice of the layout to the data")
        }
        guard text != nil || !features.isEmpty else {
            throw FileFormatError(
                file: csv.file,
                problem: "no column is a feature (" + table.inferenceReport.joined(separator: "; ") + ")",
                advice: "say that an identifier is a category or a number if something can be learned from it")
        }
        if let targetName,
            let kind = learned?.classNames.map({ "\($0.count) classes" }) ?? learned.map({ _ in "numbers" })
        {
            notes.append("\"\(targetName)\" is to be learned: \(kind)")
        }
        let samples: RawFeatures
        if let text, case .texts(let values) = text.values {
            notes.append("the column \"\(text.name)\" is taken as texts")
            samples = .texts(values.map { $0 ?? "" })
        } else {
            samples = .table(table)
        }
        self.init(
            name: name, training: RawSamples(features: samples, targets: learned?.targets), targetName: targetName,
            classNames: learned?.classNames, schema: text.map { .texts(column: $0.name) }, notes: notes)
    }

    /// The column that makes a table one of texts.
    private static func textColumn(_ table: Table, features: [Column], layout: Options.Layout) -> Column? {
        switch layout {
        case .automatic:
            return features.count == 1 && features[0].type == .text ? features[0] : nil
        case .texts:
            let texts = table.columns.filter { if case .texts = $0.values { true } else { false } }
            return texts.first { $0.type == .text } ?? texts.first
        case .table, .ratings: return nil
        }
    }

    static func target(
        _ csv: CSVTable, column index: Int, options: Options
    ) throws -> (targets: RawTargets, classNames: [String]?) {
        let name = csv.columnNames[index]
        let column = try ColumnText(csv, column: index)
        if let row = column.texts.firstIndex(of: nil) {
            throw csv.error(
                row: row, column: index, "the target \"\(name)\" is missing here",
                advice: "fill it in or leave the line out")
        }
        let reading = TargetReading(name: name, options: options) { row, problem, advice in
            row.map { csv.error(row: $0, column: index, problem, advice: advice) }
                ?? FileFormatError(file: csv.file, place: .part(name), problem: problem, advice: advice)
        }
        // Forgive no slip: a column of numbers with one text in it is no column of classes.
        if case .slip = TypeInference(texts: column.texts, numbers: column.numbers, name: name)(),
            options.task != .classification
        {
            _ = try column.finiteNumbers()
        }
        let numbers = column.numbers.compactMap(\.self)
        let areLabels = ["label", "class", "species"].contains(name.lowercased())
        return try reading(
            numbers.count == column.texts.count
                ? .numbers(numbers, areLabels: areLabels) : .texts(column.texts.compactMap(\.self)))
    }

    /// Who rated what: by the columns' names (user, item or movie, rating), or the first three columns.
    private init(ratings csv: CSVTable, name: String, options: Options) throws {
        let names = csv.columnNames
        func column(_ words: [String], or place: Int) throws -> Int {
            let found = names.firstIndex { name in words.contains { name.lowercased().hasPrefix($0) } }
            guard let index = found ?? (names.count > place ? place : nil) else {
                throw FileFormatError(
                    file: csv.file,
                    problem: "ratings need a user, an item and a rating, but the table has the columns "
                        + names.joined(separator: ", "), advice: "name the columns user, item and rating")
            }
            return index
        }
        let user = try column(["user"], or: 0)
        let item = try column(["item", "movie", "film", "product", "book", "song", "artist"], or: 1)
        func texts(_ index: Int) throws -> [String] {
            let text = try ColumnText(csv, column: index)
            if let row = text.texts.firstIndex(of: nil) {
                throw csv.error(
                    row: row, column: index, "the column \"\(names[index])\" has no value here",
                    advice: "fill in a value or leave the line out")
            }
            return text.texts.compactMap(\.self)
        }
        var target: Int?
        switch options.target {
        case .absent: target = nil
        case .named: target = try options.target.index(in: csv)
        case .automatic, .marked: target = try column(["rating", "score", "stars", "points"], or: 2)
        }
        var settings = options
        settings.task = options.task ?? .regression
        let learned = try target.map { try Self.target(csv, column: $0, options: settings) }
        guard user != item, target != user, target != item else {
            throw FileFormatError(
                file: csv.file,
                problem: "user, item and rating are to be different columns, not those of "
                    + [user, item, target].compactMap(\.self).map { "\"\(names[$0])\"" }.joined(separator: ", "),
                advice: "name the columns user, item and rating")
        }
        self.init(
            name: name,
            training: RawSamples(
                features: .ratings(users: try texts(user), items: try texts(item)), targets: learned?.targets),
            targetName: target.map { names[$0] }, classNames: learned?.classNames,
            schema: .ratings(user: names[user], item: names[item]),
            notes: ["\"\(names[user])\" are the users, \"\(names[item])\" the items"])
    }
}
