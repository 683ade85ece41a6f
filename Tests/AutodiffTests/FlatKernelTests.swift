import CKernels
import Randomness
import Testing

/// The kernels over flat buffers: every CPU level against plain loops, on lengths with and without a rest of lanes.
@Suite struct FlatKernelTests {
    private static let lengths = [1, 15, 16, 17, 64, 1003]
    private static let levels = Array(Int32(0)...max(0, ck_machine_level()))

    private func normals(_ count: Int, purpose: String) -> [Float] {
        var random = RandomStream(seed: 8, purpose: purpose)
        return (0..<count).map { _ in Float(random.normal()) }
    }

    /// Two ways to the same few operations in single precision: rounding of 6e-8 at each, some of them contracted.
    private func isClose(_ got: [Float], _ want: [Float], _ tolerance: Float = 1e-6) -> Bool {
        zip(got, want).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
    }

    @Test(arguments: lengths, [(0.0, 0), (0.01, 0), (0.01, 1)])
    func `Adam's steps agree on every level`(_ count: Int, _ decay: (Double, Int)) {
        func run(level: Int32) -> [[Float]] {
            var parameters = normals(count, purpose: "parameters")
            var first = [Float](repeating: 0, count: count)
            var second = first
            let gradients = normals(count, purpose: "gradients")
            for step in 1...3 {
                var call = ck_adam()
                call.learning_rate = 0.1
                call.beta1 = 0.9
                call.beta2 = 0.999
                call.epsilon = 1e-8
                call.correction1 = 1 / (1 - [0.9, 0.81, 0.729][step - 1])
                call.correction2 = 1 / Float(1 - [0.999, 0.998001, 0.997002999][step - 1]).squareRoot()
                call.weight_decay = Float(decay.0)
                call.decoupled = Int32(decay.1)
                call.gradient_scale = 0.5
                ck_flat(level).pointee.adam(&parameters, &first, &second, gradients, count, &call)
            }
            return [parameters, first, second]
        }
        let expected = run(level: Int32(CK_REFERENCE.rawValue))
        for level in Self.levels {
            for (got, want) in zip(run(level: level), expected) { #expect(isClose(got, want), "level \(level)") }
        }
    }

    @Test(arguments: lengths, [0, 1]) func `steps with momentum agree on every level`(_ count: Int, _ nesterov: Int) {
        func run(level: Int32) -> [[Float]] {
            var parameters = normals(count, purpose: "parameters")
            // What the velocity holds before the first step does not matter.
            var velocity = [Float](repeating: 7, count: count)
            let gradients = normals(count, purpose: "gradients")
            for step in 1...3 {
                var call = ck_momentum()
                call.learning_rate = 0.1
                call.momentum = 0.9
                call.weight_decay = 0.01
                call.gradient_scale = 0.5
                call.nesterov = Int32(nesterov)
                call.first_step = step == 1 ? 1 : 0
                ck_flat(level).pointee.momentum(&parameters, &velocity, gradients, count, &call)
            }
            return [parameters, velocity]
        }
        let expected = run(level: Int32(CK_REFERENCE.rawValue))
        for level in Self.levels {
            for (got, want) in zip(run(level: level), expected) { #expect(isClose(got, want), "level \(level)") }
        }
    }

    @Test(arguments: lengths) func `sums of squares are good to double precision on every level`(_ count: Int) {
        let values = normals(count, purpose: "values").map { $0 * 1e20 }
        let expected = values.reduce(0.0) { $0 + Double($1) * Double($1) }
        for level in Self.levels + [-1] {
            let sum = ck_flat(level).pointee.sum_of_squares(values, count)
            #expect(abs(sum - expected) <= 1e-13 * expected, "level \(level)")
        }
    }

    @Test(arguments: lengths) func `sums of two buffers are exact on every level`(_ count: Int) {
        let (a, b) = (normals(count, purpose: "a"), normals(count, purpose: "b"))
        for level in Self.levels + [-1] {
            var sum = [Float](repeating: 0, count: count)
            ck_flat(level).pointee.add(&sum, a, b, count)
            #expect(sum == zip(a, b).map { $0 + $1 }, "level \(level)")
        }
    }

    @Test(arguments: lengths) func `rows are gathered exactly on every level`(_ columns: Int) {
        let bytes = (0..<7 * columns).map { UInt8(($0 * 37) % 256) }
        let floats = normals(7 * columns, purpose: "floats")
        let rows: [Int32] = [6, 0, 3, 3, 1]
        let wanted = rows.flatMap { row in (0..<columns).map { Int(row) * columns + $0 } }
        for level in Self.levels + [-1] {
            var gathered = [Float](repeating: -1, count: rows.count * columns)
            ck_flat(level).pointee.gather_bytes(&gathered, bytes, rows, rows.count, columns, 0.25)
            #expect(gathered == wanted.map { Float(bytes[$0]) * 0.25 }, "level \(level)")
            ck_flat(level).pointee.gather_floats(&gathered, floats, rows, rows.count, columns)
            #expect(gathered == wanted.map { floats[$0] }, "level \(level)")
        }
    }
}
