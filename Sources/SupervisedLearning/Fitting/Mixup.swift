package import Autodiff
import LinearAlgebra
import Randomness

/// Samples mixed in pairs: Zhang, Cisse, Dauphin and Lopez-Paz (2018). A minibatch is mixed with itself in reverse order,
/// λ of each sample and 1 − λ of its partner, where λ is drawn from Beta(α, α); and so are the targets: of classes, the
/// loss is λ of that with the own label and 1 − λ of that with the partner's.
package struct Mixup: Sendable {
    /// The shape of the distribution of λ, denoted α.
    let strength: Double
    let seed: UInt64

    package init(strength: Double, seed: UInt64) {
        self.strength = strength
        self.seed = seed
    }

    /// Mixes the inputs of `program` in place, and fills its inputs `mixing` and `partnerLabels`.
    package func callAsFunction(
        _ program: Program, _ targets: Targets?, rows order: [Int32], from start: Int, step: Int
    ) {
        var random = RandomStream(seed: seed, purpose: "mixup", lane: step)
        let own = Float(random.beta(strength, strength))
        let batch = program.batch
        mix(program.input("features"), rows: batch, own: own)
        switch targets {
        case .classes(let labels, _)?:
            let partners = program.indexInput("partnerLabels")
            for row in 0..<batch { partners[row] = labels[Int(order[start + batch - 1 - row])] }
            program.setScalar("mixing", own)
        case .values?: mix(program.input("targets"), rows: batch, own: own)
        case nil: break
        }
    }

    /// Row i becomes λ of itself and 1 − λ of row n − 1 − i, and the other way round.
    private func mix(_ buffer: FloatBuffer, rows: Int, own: Float) {
        let columns = buffer.count / rows
        buffer.write(0..<buffer.count) { values in
            for row in 0..<rows / 2 {
                let (first, second) = (row * columns, (rows - 1 - row) * columns)
                for column in 0..<columns {
                    let (a, b) = (values[first + column], values[second + column])
                    values[first + column] = own * a + (1 - own) * b
                    values[second + column] = own * b + (1 - own) * a
                }
            }
        }
    }
}
