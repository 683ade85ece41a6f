import Autodiff
import FileFormats

/// Ends fitting when the validation loss has not become smaller for some epochs, and keeps the best parameters:
/// Prechelt (1998), "Early stopping — but when?".
struct EarlyStopping {
    let patience: Int
    private let best: FloatBuffer
    private(set) var bestLoss = Double.infinity
    private(set) var epochsSinceBest = 0

    init(patience: Int, parameterCount: Int) {
        self.patience = patience
        best = FloatBuffer(count: parameterCount)
    }

    /// Whether patience has ended.
    var stops: Bool { epochsSinceBest >= patience }

    /// Takes note of an epoch's validation loss.
    mutating func observe(loss: Double, parameters: FloatBuffer) {
        if loss < bestLoss {
            bestLoss = loss
            epochsSinceBest = 0
            best.copy(from: parameters)
        } else {
            epochsSinceBest += 1
        }
    }

    /// Puts the best parameters back, if there are any yet.
    func restoreBest(in parameters: FloatBuffer) {
        if bestLoss < .infinity { parameters.copy(from: best) }
    }

    func save(into archive: inout Archive) throws {
        archive.set("bestParameters", best.values(0..<best.count))
        try archive.encode("bestLoss", bestLoss)
        try archive.encode("epochsSinceBest", epochsSinceBest)
    }

    mutating func restore(from archive: Archive) throws {
        let values = try archive.floats("bestParameters", shape: [best.count])
        bestLoss = try archive.decode("bestLoss")
        epochsSinceBest = try archive.decode("epochsSinceBest")
        best.replace(at: 0, with: values)
    }
}
