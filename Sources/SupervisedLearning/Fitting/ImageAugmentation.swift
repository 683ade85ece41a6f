package import Autodiff
package import Datasets
package import LinearAlgebra
import Randomness

/// Random changes of the images of a minibatch that leave what they show as it is: a shift, with zeros where nothing comes
/// in, and a mirror image.
///
/// Each image of each step has its own numbers, so that neither shards nor threads change them.
package struct ImageAugmentation: Sendable {
    let image: Dataset.ImageShape
    /// By how many pixels at the most.
    let shift: Int
    let flips: Bool
    let seed: UInt64

    package init(image: Dataset.ImageShape, shift: Int, flips: Bool, seed: UInt64) {
        self.image = image
        self.shift = shift
        self.flips = flips
        self.seed = seed
    }

    /// Changes the images of `program`'s input `features` in place.
    package func callAsFunction(_ program: Program, step: Int, on pool: WorkerPool) {
        let buffer = program.input("features")
        let size = image.height * image.width * image.channels
        let count = Shards.count(rows: program.batch)
        pool.run(count) { shard in
            var row = [Float](repeating: 0, count: size)
            for index in Shards.range(shard, of: count, rows: program.batch) {
                let words = Philox.block(
                    counter: (
                        UInt32(index), UInt32(truncatingIfNeeded: step), UInt32(truncatingIfNeeded: step >> 32), 0
                    ),
                    key: (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32) ^ 0x0A06_3E47))
                let reach = UInt32(2 * shift + 1)
                let (down, right) = (Int(words.0 % reach) - shift, Int(words.1 % reach) - shift)
                let isMirrored = flips && words.2 & 1 == 1
                guard down != 0 || right != 0 || isMirrored else { continue }
                buffer.write(index * size..<(index + 1) * size) { pixels in
                    for place in 0..<size { row[place] = pixels[place] }
                    move(row, to: &pixels, down: down, right: right, isMirrored: isMirrored)
                }
            }
        }
    }

    private func move(
        _ row: [Float], to pixels: inout MutableSpan<Float>, down: Int, right: Int, isMirrored: Bool
    ) {
        for y in 0..<image.height {
            for x in 0..<image.width {
                let (fromY, shifted) = (y - down, x - right)
                let fromX = isMirrored ? image.width - 1 - shifted : shifted
                let isInside = fromY >= 0 && fromY < image.height && fromX >= 0 && fromX < image.width
                for channel in 0..<image.channels {
                    pixels[(y * image.width + x) * image.channels + channel] =
                        isInside ? row[(fromY * image.width + fromX) * image.channels + channel] : 0
                }
            }
        }
    }
}
