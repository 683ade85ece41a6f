public import Autodiff
public import Randomness

/// Weights whose rows, or columns where there are more rows than columns, are orthogonal and of length `gain`:
/// Saxe, McClelland and Ganguli (2014).
///
/// A normal matrix is made orthogonal by the Gram–Schmidt process, run twice for accuracy in double precision.
public struct Orthogonal: Initializer {
    public let gain: Float
    public init(gain: Float) { self.gain = gain }

    public func values(shape: [Int], using random: inout RandomStream) -> [Float] {
        let rows = shape.first ?? 1
        let columns = shape.dropFirst().reduce(1, *)
        // As many vectors as the smaller side, each as long as the larger one.
        let (count, length) = (min(rows, columns), max(rows, columns))
        var vectors: [[Double]] = []
        while vectors.count < count {
            var vector = (0..<length).map { _ in random.normal() }
            for _ in 0..<2 {
                for other in vectors {
                    let overlap = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
                    for index in 0..<length { vector[index] -= overlap * other[index] }
                }
            }
            let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            vectors.append(vector.map { $0 / norm })
        }
        return (0..<rows).flatMap { row in
            (0..<columns).map { column in
                gain * Float(rows <= columns ? vectors[row][column] : vectors[column][row])
            }
        }
    }
}
