public import LinearAlgebra

/// Ratings as the mean of all, plus how far the user and the item are from it: r ≈ μ + bᵤ + bᵢ (Koren, 2010, "Factor in
/// the neighbors"). It is what a factorisation has to improve on.
public struct RatingBiases: Sendable, Equatable {
    public let mean: Double
    /// By user; 0 for one without ratings.
    public let userBiases: [Double]
    /// By item; 0 for one without ratings.
    public let itemBiases: [Double]
    private let range: ClosedRange<Double>

    /// Minimises Σ (r − μ − bᵤ − bᵢ)² + λᵤ Σ bᵤ² + λᵢ Σ bᵢ² by turns: all items given the users, then all users given
    /// the items, ten times. The penalties are the defaults of Surprise (Hug, 2020).
    ///
    /// - Parameters:
    ///   - users: `[n]`, from 0 on.
    ///   - items: `[n]`, from 0 on.
    ///   - ratings: `[n]`, finite.
    /// - Precondition: the three are as long, and not empty.
    public init(
        users: [Int32], items: [Int32], ratings: [Float], userPenalty: Double = 15, itemPenalty: Double = 10
    ) {
        precondition(
            users.count == ratings.count && items.count == ratings.count && !ratings.isEmpty,
            "\(users.count) users, \(items.count) items, \(ratings.count) ratings")
        let mean = ratings.reduce(0) { $0 + Double($1) } / Double(ratings.count)
        var userBiases = [Double](repeating: 0, count: Int(users.max() ?? 0) + 1)
        var itemBiases = [Double](repeating: 0, count: Int(items.max() ?? 0) + 1)
        for _ in 0..<10 {
            Self.fit(&itemBiases, items, given: userBiases, users, ratings, mean, itemPenalty)
            Self.fit(&userBiases, users, given: itemBiases, items, ratings, mean, userPenalty)
        }
        self.mean = mean
        self.userBiases = userBiases
        self.itemBiases = itemBiases
        range = Double(ratings.min() ?? 0)...Double(ratings.max() ?? 0)
    }

    /// b = Σ (r − μ − other) / (λ + n) for each user or item.
    private static func fit(
        _ biases: inout [Double], _ own: [Int32], given others: [Double], _ other: [Int32], _ ratings: [Float],
        _ mean: Double, _ penalty: Double
    ) {
        var sums = [Double](repeating: 0, count: biases.count)
        var counts = sums
        for index in ratings.indices {
            sums[Int(own[index])] += Double(ratings[index]) - mean - others[Int(other[index])]
            counts[Int(own[index])] += 1
        }
        for index in biases.indices where counts[index] > 0 { biases[index] = sums[index] / (penalty + counts[index]) }
    }

    /// The rating of each pair, `[n, 1]`, within the range of those learned from. A user or an item that was not among
    /// them is taken to be an average one.
    public func predictions(users: [Int32], items: [Int32]) -> Matrix<Float> {
        precondition(users.count == items.count, "\(users.count) users, \(items.count) items")
        func bias(_ index: Int32, _ biases: [Double]) -> Double {
            biases.indices.contains(Int(index)) ? biases[Int(index)] : 0
        }
        return Matrix(
            rows: users.count, columns: 1,
            zip(users, items).map { user, item in
                let rating = mean + bias(user, userBiases) + bias(item, itemBiases)
                return Float(min(max(rating, range.lowerBound), range.upperBound))
            })
    }
}
