internal import Datasets

extension TablePreprocessing.ColumnEncoding {
    /// How many features the column becomes.
    var width: Int {
        switch kind {
        case .number(let number): number.width
        case .category(let category): category.width
        case .hashedCategory(let width), .hashedWords(let width): width
        case .date(let date): date.width
        }
    }

    var featureNames: [String] {
        switch kind {
        case .number(let number): number.names(column)
        case .category(let category): category.names(column)
        case .hashedCategory(let width), .hashedWords(let width): (0..<width).map { "\(column) #\($0)" }
        case .date(let date): date.names(column)
        }
    }

    /// The column's values in `table`, found to be what the encoding takes.
    func values(in table: Table) throws -> Column.Values {
        guard let found = table.column(column) else {
            throw table.error(
                column: column, "the column is missing",
                advice: "the columns are \(table.columnNames.joined(separator: ", "))")
        }
        switch (kind, found.values) {
        case (.number, .numbers), (.date, .dates), (.hashedCategory, .categories), (.hashedWords, .texts): break
        case (.category(let category), .categories(let codes, let names)):
            let known = Set(category.known)
            let strangers = Set(names.indices.filter { !known.contains(names[$0]) }.map(Int32.init))
            guard !category.hasOther, !strangers.isEmpty,
                let row = codes.firstIndex(where: { $0.map(strangers.contains) ?? false }), let code = codes[row]
            else { break }
            throw table.error(
                row: row, column: column,
                "\"\(names[Int(code)])\" is no known category of the column \"\(column)\"",
                advice: "leave the value empty if it is missing, or fit the model again with such rows")
        case (.number, _), (.category, _), (.hashedCategory, _), (.hashedWords, _), (.date, _):
            throw table.error(
                column: column, "the column is read as \(found.type.rawValue), but was another type in training",
                advice: "read the table by the schema of the preprocessing")
        }
        return found.values
    }

    /// Writes the features of all rows into a matrix, from column `start` on.
    func encode(_ values: Column.Values, into features: inout MutableSpan<Float>, from start: Int, stride: Int) {
        switch (kind, values) {
        case (.number(let encoding), .numbers(let numbers)):
            for row in numbers.indices { encoding.encode(numbers[row], into: &features, at: row * stride + start) }
        case (.category(let encoding), .categories(let codes, let names)):
            for row in codes.indices {
                encoding.encode(codes[row].map { names[Int($0)] }, into: &features, at: row * stride + start)
            }
        case (.date(let encoding), .dates(let dates)):
            for row in dates.indices { encoding.encode(dates[row], into: &features, at: row * stride + start) }
        case (.hashedCategory(let width), .categories(let codes, let names)):
            let places = names.map(FeatureHash(width: width).callAsFunction)
            for row in codes.indices {
                guard let code = codes[row] else { continue }
                features[row * stride + start + places[Int(code)].column] = places[Int(code)].sign
            }
        case (.hashedWords(let width), .texts(let texts)):
            let (hash, tokenizer) = (FeatureHash(width: width), Tokenizer())
            for row in texts.indices {
                encode(words: texts[row].map(tokenizer.callAsFunction) ?? [], hash, &features, at: row * stride + start)
            }
        default: preconditionFailure("the values of \(column) were not checked")
        }
    }

    /// The bag of words of one text, of length 1.
    private func encode(words: [String], _ hash: FeatureHash, _ features: inout MutableSpan<Float>, at start: Int) {
        for word in words {
            let (column, sign) = hash(word)
            features[start + column] += sign
        }
        var squares: Float = 0
        for column in 0..<hash.width { squares += features[start + column] * features[start + column] }
        guard squares > 0 else { return }
        let length = squares.squareRoot()
        for column in 0..<hash.width { features[start + column] /= length }
    }
}
