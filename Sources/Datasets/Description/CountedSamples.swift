internal import LinearAlgebra

extension DatasetDescription {
    /// What is counted of samples that are no table, as columns of numbers, and what stands out.
    package static func counted(_ features: RawFeatures) -> (columns: [Column], notes: [String]) {
        switch features {
        case .matrix(let matrix, let image): matrixCounts(matrix, image)
        case .texts(let texts): textCounts(texts)
        case .ratings(let users, let items): ratingCounts(users, items)
        case .table: ([], [])
        }
    }

    /// The mean and the range of each sample's values, and of how many columns nothing can be learned.
    private static func matrixCounts(
        _ features: Features, _ image: Dataset.ImageShape?
    ) -> (columns: [Column], notes: [String]) {
        let (rows, width) = (features.rowCount, features.columnCount)
        var (means, lows, highs) = ([Double?](), [Double?](), [Double?]())
        var first: [Float] = []
        var isConstant = [Bool](repeating: true, count: width)
        for row in 0..<rows {
            let values: [Float] =
                switch features {
                case .bytes(let matrix): matrix.row(row).map { Float($0) }
                case .floats(let matrix): matrix.row(row)
                }
            if row == 0 { first = values }
            var (sum, low, high) = (0.0, Float.infinity, -Float.infinity)
            for column in 0..<width {
                sum += Double(values[column])
                (low, high) = (min(low, values[column]), max(high, values[column]))
                if values[column] != first[column] { isConstant[column] = false }
            }
            means.append(sum / Double(width))
            lows.append(Double(low))
            highs.append(Double(high))
        }
        let what = image == nil ? "row" : "image"
        let constants = isConstant.count { $0 }
        var notes: [String] = []
        if constants > 0 {
            notes.append(
                "\(constants) of \(width) \(image == nil ? "columns" : "pixel values") are the same in all rows")
        }
        return (
            [
                Column(name: "mean of the \(what)", values: .numbers(means)),
                Column(name: "least of the \(what)", values: .numbers(lows)),
                Column(name: "largest of the \(what)", values: .numbers(highs)),
            ], notes
        )
    }

    /// The words and characters of each text.
    private static func textCounts(_ texts: [String]) -> (columns: [Column], notes: [String]) {
        let words = texts.map { Double($0.split(whereSeparator: \.isWhitespace).count) }
        let empty = words.count { $0 == 0 }
        return (
            [
                Column(name: "words of the text", values: .numbers(words)),
                Column(name: "characters of the text", values: .numbers(texts.map { Double($0.count) })),
            ], empty > 0 ? [empty == 1 ? "1 text is empty" : "\(empty) texts are empty"] : []
        )
    }

    /// How many ratings each user gave and each item got.
    private static func ratingCounts(_ users: [String], _ items: [String]) -> (columns: [Column], notes: [String]) {
        func counts(_ names: [String]) -> [Double?] {
            var counts: [String: Int] = [:]
            for name in names { counts[name, default: 0] += 1 }
            return counts.sorted { $0.key < $1.key }.map { Double($0.value) }
        }
        let (perUser, perItem) = (counts(users), counts(items))
        let cells = Double(perUser.count) * Double(perItem.count)
        let share = cells > 0 ? (Double(users.count) / cells * 1000).rounded() / 10 : 0
        return (
            [
                Column(name: "ratings of a user", values: .numbers(perUser)),
                Column(name: "ratings of an item", values: .numbers(perItem)),
            ],
            ["\(perUser.count) users and \(perItem.count) items: \(share) % of the pairs are rated"]
        )
    }
}
