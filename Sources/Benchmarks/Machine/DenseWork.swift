/// The floating-point operations that dense layers cannot do without: those of their matrix products, an addition and a
/// multiplication each weight and row. Everything else (activations, losses, the optimizer) counts as overhead.
struct DenseWork {
    /// The width of the input, of each hidden layer, and of the output.
    let sizes: [Int]

    private var products: [Double] { zip(sizes, sizes.dropFirst()).map { 2 * Double($0 * $1) } }

    /// FLOP a row of a forward pass.
    var forward: Double { products.reduce(0, +) }

    /// FLOP a row of a forward and a backward pass: the backward one makes the weights' gradients, and the inputs' of
    /// all layers but the first.
    var gradient: Double { 3 * forward - products[0] }
}

extension Limit {
    /// The rate of pieces of work of `flop` operations each, when large products were all there is to do.
    static func products(flop: Double, each piece: String, threads: Int, limits: MachineLimits) -> Limit {
        let rate = limits.productRate(threads: threads)
        return Limit(
            value: rate / flop,
            basis: "\(BenchmarkTable.text(flop / 1e3)) kFLOP a \(piece) at \(BenchmarkTable.text(rate / 1e9)) GF/s")
    }
}
