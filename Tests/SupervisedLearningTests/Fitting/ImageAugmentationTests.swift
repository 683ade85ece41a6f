import Autodiff
import Datasets
import LinearAlgebra
import Randomness
import SupervisedLearning
import Testing

@Suite struct ImageAugmentationTests {
    private let image = Dataset.ImageShape(height: 3, width: 4, channels: 2)

    /// A program with room for `rows` images, each of which holds 1, 2, 3, …
    private func program(rows: Int) throws -> Program {
        var random = RandomStream(seed: 1, purpose: "weights")
        let function = try TensorFunction(parameters: ParameterStore(ParameterLayout(), using: &random)) { trace in
            trace.output("sum", trace.input("features", image.count).mean())
        }
        let program = function.program(batch: rows)
        fill(program)
        return program
    }

    private func fill(_ program: Program) {
        let one = (1...image.count).map { Float($0) }
        program.input("features").replace(at: 0, with: (0..<program.batch).flatMap { _ in one })
    }

    private func images(_ program: Program) -> [[Float]] {
        (0..<program.batch).map {
            program.input("features").values($0 * image.count..<($0 + 1) * image.count)
        }
    }

    /// The image shifted, and mirrored before: pixels that nothing comes into are 0.
    private func moved(down: Int, right: Int, isMirrored: Bool) -> [Float] {
        var result = [Float](repeating: 0, count: image.count)
        for y in 0..<image.height {
            for x in 0..<image.width {
                for channel in 0..<image.channels {
                    let toX = (isMirrored ? image.width - 1 - x : x) + right
                    guard (0..<image.height).contains(y + down), (0..<image.width).contains(toX) else { continue }
                    result[((y + down) * image.width + toX) * image.channels + channel] =
                        Float((y * image.width + x) * image.channels + channel + 1)
                }
            }
        }
        return result
    }

    @Test func `images are shifted within the reach and mirrored, each way about as often`() throws {
        let program = try program(rows: 900)
        ImageAugmentation(image: image, shift: 1, flips: true, seed: 4)(program, step: 0, on: .shared)
        var counts: [[Float]: Int] = [:]
        for image in images(program) { counts[image, default: 0] += 1 }
        var total = 0
        for down in -1...1 {
            for right in -1...1 {
                for isMirrored in [false, true] {
                    let count = counts[moved(down: down, right: right, isMirrored: isMirrored), default: 0]
                    // 50 each, within five standard deviations.
                    #expect(abs(count - 50) < 35, "\(down) down, \(right) right, \(isMirrored)")
                    total += count
                }
            }
        }
        #expect(total == 900)
    }

    @Test func `a mirror image has its columns in reverse and its channels as they were`() throws {
        let program = try program(rows: 40)
        ImageAugmentation(image: image, shift: 0, flips: true, seed: 4)(program, step: 3, on: .shared)
        let plain = (1...24).map { Float($0) }
        let mirrored: [Float] = [
            7, 8, 5, 6, 3, 4, 1, 2, 15, 16, 13, 14, 11, 12, 9, 10, 23, 24, 21, 22, 19, 20, 17, 18,
        ]
        let found = images(program)
        #expect(found.allSatisfy { $0 == plain || $0 == mirrored })
        #expect(found.contains(plain) && found.contains(mirrored))
    }

    @Test func `a shift beyond the image leaves nothing of it, and no reach leaves all`() throws {
        let program = try program(rows: 200)
        ImageAugmentation(image: image, shift: 100, flips: false, seed: 4)(program, step: 0, on: .shared)
        #expect(images(program).count { $0.allSatisfy { $0 == 0 } } > 180)
        fill(program)
        ImageAugmentation(image: image, shift: 0, flips: false, seed: 4)(program, step: 0, on: .shared)
        let plain = (1...24).map { Float($0) }
        let isSame = images(program).allSatisfy { $0 == plain }
        #expect(isSame)
    }

    @Test func `each step and each seed has its own, whatever the number of threads`() throws {
        var seen: [[[Float]]] = []
        for (seed, step) in [(4, 0), (4, 1), (4, 1 << 32), (5, 0)] as [(UInt64, Int)] {
            var results: [[[Float]]] = []
            for threads in [1, 3] {
                let program = try program(rows: 300)
                ImageAugmentation(image: image, shift: 1, flips: true, seed: seed)(
                    program, step: step, on: WorkerPool(threads: threads))
                results.append(images(program))
            }
            let isSame = results[0] == results[1]
            let isNew = !seen.contains(results[0])
            #expect(isSame && isNew)
            seen.append(results[0])
        }
    }
}
