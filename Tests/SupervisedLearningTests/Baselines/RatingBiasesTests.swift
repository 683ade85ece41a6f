import LinearAlgebra
import SupervisedLearning
import Testing

struct RatingBiasesTests {
    @Test func `biases solve the normal equations`() {
        let users: [Int32] = [0, 0, 1, 1, 2, 2, 2, 0]
        let items: [Int32] = [0, 1, 0, 2, 1, 2, 0, 2]
        let ratings: [Float] = [5, 3, 4, 1, 2, 2, 4, 3]
        let model = RatingBiases(users: users, items: items, ratings: ratings, userPenalty: 2, itemPenalty: 3)
        #expect(model.mean == 3)
        for user in 0..<3 {
            // ∂/∂bᵤ = 0: λ bᵤ = Σ (r − μ − bᵤ − bᵢ) over the user's ratings.
            let sum = users.indices.filter { users[$0] == user }.reduce(0.0) { sum, index in
                sum + Double(ratings[index]) - 3 - model.userBiases[user] - model.itemBiases[Int(items[index])]
            }
            #expect(isNear(2 * model.userBiases[user], sum, within: 1e-9))
        }
        for item in 0..<3 {
            let sum = users.indices.filter { items[$0] == item }.reduce(0.0) { sum, index in
                sum + Double(ratings[index]) - 3 - model.itemBiases[item] - model.userBiases[Int(users[index])]
            }
            #expect(isNear(3 * model.itemBiases[item], sum, within: 1e-4))
        }
    }

    @Test func `who was never seen is an average one, and ratings stay within their range`() {
        let model = RatingBiases(
            users: [0, 0, 1, 1], items: [0, 3, 0, 3], ratings: [5, 3, 3, 1], userPenalty: 0, itemPenalty: 0)
        // μ = 3, users ±1, items ±1; item 1 has no ratings, user 7 does not exist.
        #expect(model.predictions(users: [0, 1, 0, 7], items: [0, 3, 1, 9]).array == [5, 1, 4, 3])
        let narrow = RatingBiases(
            users: [0, 0, 1, 2], items: [0, 1, 1, 0], ratings: [5, 5, 5, 1], userPenalty: 0.1, itemPenalty: 0.1)
        #expect(narrow.predictions(users: [0], items: [1]).array == [5])
    }
}
