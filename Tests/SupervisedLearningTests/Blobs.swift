import Datasets
import LinearAlgebra
import Randomness
import SupervisedLearning

/// Small made-up samples.
enum Blobs {
    /// Points of three classes around three centres, far enough apart to be told.
    static func floats(count: Int, seed: UInt64 = 1) throws -> Samples {
        var random = RandomStream(seed: seed, purpose: "blobs")
        let centres: [(Double, Double)] = [(0, 40), (3, -40), (6, 40)]
        let labels = (0..<count).map { Int32($0 % 3) }
        let values = labels.flatMap { label -> [Float] in
            let (x, y) = centres[Int(label)]
            return [Float(x + 0.5 * random.normal()), Float(y + 10 * random.normal()), 7]
        }
        return try Samples(
            features: .floats(Matrix(rows: count, columns: 3, values)), targets: .classes(labels, count: 3))
    }

    /// Eight bytes; the class says which half is bright.
    static func bytes(count: Int, seed: UInt64 = 1) throws -> Samples {
        var random = RandomStream(seed: seed, purpose: "blobs")
        let labels = (0..<count).map { _ in Int32(random.index(below: 2)) }
        let values = labels.flatMap { label in
            (0..<8).map { place in UInt8(random.index(below: 100) + (place / 4 == Int(label) ? 120 : 0)) }
        }
        return try Samples(
            features: .bytes(Matrix(rows: count, columns: 8, values)), targets: .classes(labels, count: 2))
    }

    /// y = 1000 + 30 x₀ − 20 x₁.
    static func plane(count: Int, seed: UInt64 = 1) throws -> Samples {
        var random = RandomStream(seed: seed, purpose: "plane")
        let points = (0..<count * 2).map { _ in Float(random.uniform(in: -5...5)) }
        let values = (0..<count).map { row -> Float in 1000 + 30 * points[2 * row] - 20 * points[2 * row + 1] }
        return try Samples(
            features: .floats(Matrix(rows: count, columns: 2, points)),
            targets: .values(Matrix(rows: count, columns: 1, values)))
    }
}
