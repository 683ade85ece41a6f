import Glibc
import LinearAlgebra

/// What this machine can do at best, measured in the same run as the jobs: the rates against which they are held.
struct MachineLimits: Codable {
    /// FLOP/s of a single-precision product of 1024 × 1024 matrices.
    let productRateOfOneCore: Double
    let productRateOfAllCores: Double
    /// Bytes per second of reading an array that is larger than the caches.
    let readRateOfOneCore: Double
    let readRateOfAllCores: Double

    /// FLOP/s of large products on `threads` threads, of which a machine has at most all.
    func productRate(threads: Int) -> Double { threads == 1 ? productRateOfOneCore : productRateOfAllCores }
    /// Bytes per second.
    func readRate(threads: Int) -> Double { threads == 1 ? readRateOfOneCore : readRateOfAllCores }

    /// Takes the best of several rounds: a limit is what the machine does undisturbed.
    static func calibrated(on pool: WorkerPool) -> MachineLimits {
        let oneCore = WorkerPool(threads: 1)
        return MachineLimits(
            productRateOfOneCore: bestProductRate(on: oneCore), productRateOfAllCores: bestProductRate(on: pool),
            readRateOfOneCore: bestReadRate(on: oneCore), readRateOfAllCores: bestReadRate(on: pool))
    }

    /// A 1024³ product whose rows are divided among the threads of `pool`.
    private static func bestProductRate(on pool: WorkerPool) -> Double {
        let size = 1024
        let a = Matrix<Float>(rows: size, columns: size, repeating: 0.5)
        let b = Matrix<Float>(rows: size, columns: size, repeating: 0.25)
        var c = Matrix<Float>(rows: size, columns: size, repeating: 0)
        let parts = pool.threadCount
        var best = Double.infinity
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                c.withUnsafeMutableBufferPointer { c in
                    // Each part writes its own rows of c.
                    nonisolated(unsafe) let (a, b, c) = (a.baseAddress!, b.baseAddress!, c.baseAddress!)
                    for _ in 0..<60 {
                        let elapsed = seconds {
                            pool.run(parts) { part in
                                let rows = Shards.range(part, of: parts, rows: size)
                                BLAS.sgemm(
                                    m: rows.count, n: size, k: size, a: a + rows.lowerBound * size, lda: size, b: b,
                                    ldb: size, c: c + rows.lowerBound * size, ldc: size)
                            }
                        }
                        best = min(best, elapsed)
                    }
                }
            }
        }
        return 2 * Double(size * size * size) / best
    }

    /// The C library's search for a byte that does not occur, which reads as fast as memory delivers.
    private static func bestReadRate(on pool: WorkerPool) -> Double {
        let count = 256 << 20
        let bytes = [UInt8](repeating: 1, count: count)
        let parts = 4 * pool.threadCount
        var best = Double.infinity
        bytes.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            for _ in 0..<6 {
                let elapsed = seconds {
                    pool.run(parts) { part in
                        let range = Shards.range(part, of: parts, rows: count)
                        precondition(memchr(start + range.lowerBound, 2, range.count) == nil, "there is no 2")
                    }
                }
                best = min(best, elapsed)
            }
        }
        return Double(count) / best
    }
}
