import Autodiff
import FileFormats
import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness
import Testing

/// Lion, Muon and schedule-free AdamW against their formulas in plain double precision.
@Suite struct ReferenceOptimizerTests {
    private static let shapes: [(String, [Int])] = [
        ("wide.weight", [5, 9]), ("tall.weight", [8, 3]), ("output.weight", [3, 8]), ("output.bias", [3]),
    ]

    /// A store with drawn values, and gradients for `steps` steps in the layout's order.
    private func setUp(steps: Int) -> (store: ParameterStore, gradients: [FloatBuffer]) {
        var layout = ParameterLayout()
        for (name, shape) in Self.shapes {
            _ = layout.declare(name, shape: shape, initializer: Constant(0), decays: shape.count > 1)
        }
        var random = RandomStream(seed: 3, purpose: "optimizers")
        let store = ParameterStore(layout, using: &random)
        for slice in layout.slices { store[slice] = (0..<slice.count).map { _ in Float(random.normal()) } }
        let gradients = (0..<steps).map { _ in
            let buffer = FloatBuffer(count: layout.count)
            for slice in layout.slices {
                buffer.replace(at: slice.offset, with: (0..<slice.count).map { _ in Float(random.normal()) })
            }
            return buffer
        }
        return (store, gradients)
    }

    private func doubles(_ buffer: FloatBuffer, _ slice: ParameterSlice) -> [Double] {
        buffer.values(slice.range).map { Double($0) }
    }

    private func expectClose(_ store: ParameterStore, _ slice: ParameterSlice, _ want: [Double], _ tolerance: Double) {
        let error = zip(store[slice], want).map { abs(Double($0) - $1) }.max() ?? 0
        #expect(error < tolerance, "\(slice.name) differs by \(error)")
    }

    @Test func `Lion follows its formula`() {
        let (store, gradients) = setUp(steps: 6)
        var wanted = store.layout.slices.map { doubles(store.values, $0) }
        var momenta = wanted.map { $0.map { _ in 0.0 } }
        var settings = Lion.Settings()
        settings.weightDecay = 0.3
        let optimizer = Lion(layout: store.layout, settings: settings)
        for gradient in gradients {
            optimizer.step(store.values, gradients: gradient, gradientScale: 0.5, learningRate: 0.01, on: .shared)
            for (index, slice) in store.layout.slices.enumerated() {
                for (element, g) in doubles(gradient, slice).enumerated() {
                    let m = momenta[index][element]
                    let direction = 0.9 * m + 0.1 * 0.5 * g
                    let decay = slice.decays ? 0.3 * wanted[index][element] : 0
                    wanted[index][element] -= 0.01 * ((direction > 0 ? 1 : -1) + decay)
                    momenta[index][element] = 0.99 * m + 0.01 * 0.5 * g
                }
            }
        }
        for (slice, want) in zip(store.layout.slices, wanted) { expectClose(store, slice, want, 1e-6) }
    }

    @Test func `schedule-free AdamW follows its formula, and shows its average`() throws {
        let (store, gradients) = setUp(steps: 8)
        var y = store.layout.slices.map { doubles(store.values, $0) }
        var (z, x) = (y, y)
        var v = y.map { $0.map { _ in 0.0 } }
        var settings = ScheduleFreeAdam.Settings()
        settings.weightDecay = 0.2
        let optimizer = ScheduleFreeAdam(layout: store.layout, settings: settings)
        var (weightSum, decayed) = (0.0, 1.0)
        for (step, gradient) in gradients.enumerated() {
            // A warm-up over four steps, so that the average's weights differ.
            let learningRate = 0.05 * min(1, Double(step + 1) / 4)
            optimizer.step(
                store.values, gradients: gradient, gradientScale: 1, learningRate: Float(learningRate), on: .shared)
            decayed *= 0.999
            let rate = learningRate * (1 - decayed).squareRoot()
            weightSum += rate * rate
            let c = rate * rate / weightSum
            for (index, slice) in store.layout.slices.enumerated() {
                for (element, g) in doubles(gradient, slice).enumerated() {
                    v[index][element] = 0.999 * v[index][element] + 0.001 * g * g
                    let decay = slice.decays ? 0.2 * y[index][element] : 0
                    z[index][element] -= rate * (g / (v[index][element].squareRoot() + 1e-8) + decay)
                    x[index][element] = (1 - c) * x[index][element] + c * z[index][element]
                    y[index][element] = 0.1 * z[index][element] + 0.9 * x[index][element]
                }
            }
        }
        for (slice, want) in zip(store.layout.slices, y) { expectClose(store, slice, want, 2e-6) }
        let training = store.values.values(0..<store.values.count)
        optimizer.showAveraged(in: store.values)
        optimizer.showAveraged(in: store.values)
        for (slice, want) in zip(store.layout.slices, x) { expectClose(store, slice, want, 2e-6) }
        optimizer.showTraining(in: store.values)
        optimizer.showTraining(in: store.values)
        let isSame = store.values.values(0..<store.values.count) == training
        #expect(isSame)
    }

    @Test func `showing the average before the first step changes nothing`() {
        let (store, _) = setUp(steps: 0)
        let before = store.values.values(0..<store.values.count)
        ScheduleFreeAdam(layout: store.layout).showAveraged(in: store.values)
        let isSame = store.values.values(0..<store.values.count) == before
        #expect(isSame)
    }

    // MARK: Muon

    private struct PlainMatrix {
        var rows: Int
        var columns: Int
        var values: [Double]
        subscript(row: Int, column: Int) -> Double { values[row * columns + column] }
        var transposed: PlainMatrix {
            PlainMatrix(
                rows: columns, columns: rows,
                values: (0..<values.count).map { self[$0 % rows, $0 / rows] })
        }
        static func * (a: PlainMatrix, b: PlainMatrix) -> PlainMatrix {
            let values = (0..<a.rows * b.columns).map { index in
                (0..<a.columns).reduce(0) { $0 + a[index / b.columns, $1] * b[$1, index % b.columns] }
            }
            return PlainMatrix(rows: a.rows, columns: b.columns, values: values)
        }
        static func sum(_ a: Double, _ x: PlainMatrix, _ b: Double, _ y: PlainMatrix) -> PlainMatrix {
            PlainMatrix(
                rows: x.rows, columns: x.columns, values: zip(x.values, y.values).map { a * $0 + b * $1 })
        }
    }

    /// Jordan's iteration, word by word: on the transpose where there are more rows than columns.
    private func orthogonalized(_ matrix: PlainMatrix) -> PlainMatrix {
        let isTall = matrix.rows > matrix.columns
        var x = isTall ? matrix.transposed : matrix
        let norm = x.values.reduce(0) { $0 + $1 * $1 }.squareRoot() + 1e-7
        x.values = x.values.map { $0 / norm }
        for _ in 0..<5 {
            let a = x * x.transposed
            x = .sum(3.4445, x, 1, .sum(-4.7750, a, 2.0315, a * a) * x)
        }
        return isTall ? x.transposed : x
    }

    @Test func `Muon follows its formula for hidden weights, and AdamW's for the rest`() throws {
        let (store, gradients) = setUp(steps: 4)
        let slices = store.layout.slices
        var settings = Muon.Settings()
        settings.weightDecay = 0.1
        let optimizer = Muon(layout: store.layout, settings: settings)
        #expect(optimizer.matrices.map(\.name) == ["wide.weight", "tall.weight"])
        var adamSettings = Adam.Settings()
        adamSettings.weightDecay = 0.1
        adamSettings.decouplesWeightDecay = true
        let other = ParameterStore(copying: store)
        let adam = Adam(layout: store.layout, settings: adamSettings)

        var wanted = slices[..<2].map { doubles(store.values, $0) }
        var velocities = wanted.map { $0.map { _ in 0.0 } }
        for gradient in gradients {
            optimizer.step(store.values, gradients: gradient, gradientScale: 0.5, learningRate: 0.02, on: .shared)
            adam.step(other.values, gradients: gradient, gradientScale: 0.5, learningRate: 0.02, on: .shared)
            for index in 0..<2 {
                let slice = slices[index]
                let g = doubles(gradient, slice).map { 0.5 * $0 }
                velocities[index] = zip(velocities[index], g).map { 0.95 * $0 + $1 }
                let direction = orthogonalized(
                    PlainMatrix(
                        rows: slice.shape[0], columns: slice.shape[1],
                        values: zip(velocities[index], g).map { $1 + 0.95 * $0 }))
                let scale = 0.2 * Double(slice.shape.max() ?? 1).squareRoot()
                wanted[index] = zip(wanted[index], direction.values).map {
                    $0 * (1 - 0.02 * 0.1) - 0.02 * scale * $1
                }
            }
        }
        for index in 0..<2 { expectClose(store, slices[index], wanted[index], 5e-6) }
        for slice in slices[2...] {
            let isSame = store[slice] == other[slice]
            #expect(isSame, "\(slice.name)")
        }
    }

    @Test func `Muon's steps have singular values about 1, of matrices and of convolutions`() {
        var layout = ParameterLayout()
        let convolution = layout.declare("conv.weight", shape: [12, 5, 3, 3], initializer: Constant(0))
        _ = layout.declare("output.weight", shape: [2, 12], initializer: Constant(0))
        var random = RandomStream(seed: 5, purpose: "optimizers")
        let store = ParameterStore(layout, using: &random)
        let gradients = FloatBuffer(count: layout.count)
        gradients.replace(
            at: convolution.offset, with: (0..<convolution.count).map { _ in Float(random.normal()) })
        Muon(layout: layout).step(store.values, gradients: gradients, gradientScale: 1, learningRate: 1, on: .shared)
        let scale = 0.2 * 45.0.squareRoot()
        let step = PlainMatrix(rows: 12, columns: 45, values: store[convolution].map { -Double($0) / scale })
        // ‖uᵀ S‖ lies between the smallest and the largest singular value, for any unit vector u.
        for _ in 0..<50 {
            let u = (0..<12).map { _ in random.normal() }
            let norm = u.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let product = PlainMatrix(rows: 1, columns: 12, values: u.map { $0 / norm }) * step
            let length = product.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(length > 0.6 && length < 1.25, "\(length)")
        }
    }
}
