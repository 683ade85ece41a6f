import CKernels
import Randomness
import Testing

/// The optimizers' kernels: every CPU level against plain loops, on lengths with and without a rest of lanes.
@Suite struct OptimizerKernelTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// How many buffers there are beside parameters and gradient.
        var momentCount: Int
        var step: @Sendable (ck_flat_kernels, Buffers) -> Void
        var testDescription: String { name }
    }

    /// Parameters, moments and gradient of one run.
    final class Buffers {
        let count: Int
        let parameters: UnsafeMutablePointer<Float>
        let gradient: UnsafeMutablePointer<Float>
        let moments: [UnsafeMutablePointer<Float>]
        /// From 1.
        var step = 0

        init(count: Int, momentCount: Int) {
            self.count = count
            var random = RandomStream(seed: 8, purpose: "buffers")
            func normals() -> UnsafeMutablePointer<Float> {
                let buffer = UnsafeMutablePointer<Float>.allocate(capacity: count)
                for index in 0..<count { buffer[index] = Float(random.normal()) }
                return buffer
            }
            parameters = normals()
            gradient = normals()
            moments = (0..<momentCount).map { _ in
                let buffer = UnsafeMutablePointer<Float>.allocate(capacity: count)
                buffer.initialize(repeating: 0, count: count)
                return buffer
            }
        }
        deinit { for buffer in [parameters, gradient] + moments { buffer.deallocate() } }

        var values: [[Float]] {
            ([parameters, gradient] + moments).map { Array(UnsafeBufferPointer(start: $0, count: count)) }
        }
    }

    private static func rmsprop(centred: Bool, momentum: Float) -> @Sendable (ck_flat_kernels, Buffers) -> Void {
        { kernels, b in
            var call = ck_rmsprop(
                learning_rate: 0.1, smoothing: 0.9, epsilon: 1e-3, momentum: momentum, weight_decay: 0.01,
                gradient_scale: 0.5)
            kernels.rmsprop(
                b.parameters, b.moments[0], centred ? b.moments[1] : nil, momentum > 0 ? b.moments[2] : nil,
                b.gradient, b.count, &call)
        }
    }

    static let cases: [Case] = [
        Case(name: "amsgrad", momentCount: 3) { kernels, b in
            var call = ck_adam(
                learning_rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, correction1: 1 / 0.3, correction2: 1 / 0.2,
                weight_decay: 0.01, decoupled: Int32(b.step % 2), gradient_scale: 0.5)
            kernels.amsgrad(b.parameters, b.moments[0], b.moments[1], b.moments[2], b.gradient, b.count, &call)
        },
        Case(name: "rmsprop", momentCount: 3, step: rmsprop(centred: false, momentum: 0)),
        Case(name: "rmsprop, centred, with momentum", momentCount: 3, step: rmsprop(centred: true, momentum: 0.9)),
        Case(name: "adagrad", momentCount: 1) { kernels, b in
            var call = ck_adagrad(learning_rate: 0.1, epsilon: 1e-8, weight_decay: 0.01, gradient_scale: 0.5)
            kernels.adagrad(b.parameters, b.moments[0], b.gradient, b.count, &call)
        },
        Case(name: "lion", momentCount: 1) { kernels, b in
            var call = ck_lion(learning_rate: 0.1, beta1: 0.9, beta2: 0.99, weight_decay: 0.01, gradient_scale: 0.5)
            kernels.lion(b.parameters, b.moments[0], b.gradient, b.count, &call)
        },
        Case(name: "schedule-free", momentCount: 3) { kernels, b in
            var call = ck_schedule_free(
                learning_rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weight_decay: 0.01, gradient_scale: 0.5,
                averaging: 1 / Float(b.step), first_step: b.step == 1 ? 1 : 0)
            kernels.schedule_free(
                b.parameters, b.moments[0], b.moments[1], b.moments[2], b.gradient, b.count, &call)
        },
        Case(name: "penalties", momentCount: 0) { kernels, b in
            kernels.penalize(b.gradient, b.parameters, b.count, 0.25, 0.5)
        },
        Case(name: "bound", momentCount: 0) { kernels, b in kernels.bound(b.gradient, b.count, 0.7) },
        Case(name: "combination", momentCount: 1) { kernels, b in
            kernels.combine(b.moments[0], b.parameters, b.gradient, b.count, 0.3, -1.7)
            kernels.combine(b.parameters, b.parameters, b.moments[0], b.count, 0.9, 0.1)
        },
    ]

    @Test(arguments: cases, [1, 15, 16, 17, 64, 1003])
    func `steps agree on every level`(_ test: Case, _ count: Int) {
        func run(level: Int32) -> [[Float]] {
            let buffers = Buffers(count: count, momentCount: test.momentCount)
            for step in 1...4 {
                buffers.step = step
                test.step(ck_flat(level).pointee, buffers)
            }
            return buffers.values
        }
        let expected = run(level: Int32(CK_REFERENCE.rawValue))
        for level in Int32(0)...max(0, ck_machine_level()) {
            for (got, want) in zip(run(level: level), expected) {
                // Two ways to the same few operations in single precision; a variance that cancels loses a little more.
                let isClose = zip(got, want).allSatisfy { abs($0 - $1) <= 2e-5 * max(1, abs($1)) }
                #expect(isClose, "level \(level)")
            }
        }
    }

    @Test func `the moments of a gradient that has become zero do not decay to numbers that take long`() {
        for level in Int32(0)...max(0, ck_machine_level()) {
            let buffers = Buffers(count: 33, momentCount: 2)
            for step in 1...2_000 {
                if step == 2 { buffers.gradient.update(repeating: 0, count: buffers.count) }
                var call = ck_adam(
                    learning_rate: 0.1, beta1: 0.9, beta2: 0.9, epsilon: 1e-8, correction1: 1, correction2: 1,
                    weight_decay: 0, decoupled: 0, gradient_scale: 1)
                ck_flat(level).pointee.adam(
                    buffers.parameters, buffers.moments[0], buffers.moments[1], buffers.gradient, buffers.count, &call)
            }
            // Where 0.1 · m rounds to zero a moment stays as it is, at some 1e-37.
            let moments = buffers.values.suffix(2).joined().map(abs)
            let areQuick = moments.allSatisfy { $0 == 0 || ($0 >= .leastNormalMagnitude && $0 < 1e-36) }
            #expect(areQuick, "level \(level)")
            let half = Float.leastNormalMagnitude / Float(buffers.count / 16)
            #expect(half > 0, "the caller's numbers are as before")
        }
    }
}
