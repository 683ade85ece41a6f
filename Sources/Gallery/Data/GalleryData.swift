import Fledge

/// The tables of the gallery that Fledge's own algorithms make, by file.
enum GalleryData {
    static let all: [(file: String, make: @Sendable (GalleryFolder) throws -> String)] = [
        ("classifier.csv", ClassifierTable.text),
        ("anomalies.csv", AnomalyTable.text),
        ("regression.csv", RegressionTables.predictions),
        ("importance.csv", RegressionTables.importance),
    ]

    /// The digits in an order without a meaning, always the same.
    static func digits() throws -> Dataset.Part {
        let digits = try Dataset.named("digits").training
        return digits.rows(order(of: digits.rowCount))
    }

    /// 0 ..< n shuffled.
    ///
    /// - Parameter lane: Which of many orders.
    static func order(of count: Int, purpose: String = "gallery", lane: Int = 0) -> [Int] {
        var random = RandomStream(seed: 1, purpose: purpose, lane: lane)
        var order = (0..<Int32(count)).map { $0 }
        random.shuffle(&order)
        return order.map { Int($0) }
    }

    static func table(_ columns: [String], _ rows: [[String]]) -> String {
        ([columns] + rows).map(CSV.line).joined()
    }

    static func text(_ value: Double, _ decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1.0) { scale, _ in 10 * scale }
        return "\((value * scale).rounded() / scale)"
    }
}

extension Learner {
    /// Does all of the work.
    mutating func finish() throws {
        while try advance() != nil {}
    }
}
