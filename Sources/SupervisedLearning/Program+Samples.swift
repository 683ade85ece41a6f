package import Autodiff
import Datasets
import LinearAlgebra

extension Program {
    /// Fills the inputs `features`, or `tokens`, `weights` and `lengths`, and by the kind of the targets `labels` or
    /// `targets`, with the rows `order[start]`, `order[start + 1]`, …
    package func gather(_ features: EncodedFeatures, _ targets: Targets?, rows order: [Int32], from start: Int) {
        switch features {
        case .dense(let scaled):
            switch scaled.features {
            case .bytes(let matrix): gather(matrix, rows: order, from: start, into: "features", scale: scaled.byteScale)
            case .floats(let matrix): gather(matrix, rows: order, from: start, into: "features")
            }
        case .tokens(let rows): gather(rows, rows: order, from: start)
        }
        switch targets {
        case .classes(let labels, _)?: gather(labels, rows: order, from: start, into: "labels")
        case .values(let matrix)?: gather(matrix, rows: order, from: start, into: "targets")
        case nil: break
        }
    }

    private func gather(_ tokens: TokenRows, rows order: [Int32], from start: Int) {
        gather(tokens.indices, columns: tokens.width, rows: order, from: start, into: "tokens")
        if let weights = tokens.weights, hasInput("weights") {
            gather(weights, columns: tokens.width, rows: order, from: start, into: "weights")
        }
        guard hasInput("lengths") else { return }
        let lengths = indexInput("lengths")
        for row in 0..<batch {
            let first = Int(order[start + row]) * tokens.width
            var length = 0
            while length < tokens.width, tokens.indices[first + length] >= 0 { length += 1 }
            lengths[row] = Int32(length)
        }
    }
}
