import LinearAlgebra

/// Single-precision products of the shapes that small networks are made of.
struct MatrixProductBenchmark: Benchmark {
    let name = "matrix-product"

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        [(32, 64, 64), (128, 64, 64), (128, 784, 256)].map { m, k, n in
            let a = Matrix<Float>(rows: m, columns: k, repeating: 0.5)
            let b = Matrix<Float>(rows: k, columns: n, repeating: 0.25)
            var c = Matrix<Float>(rows: m, columns: n, repeating: 0)
            let flop = 2 * Double(m * k * n)
            let calls = Int(1e10 / flop)
            let figure = bench.measure {
                let elapsed = a.withUnsafeBufferPointer { a in
                    b.withUnsafeBufferPointer { b in
                        c.withUnsafeMutableBufferPointer { c in
                            seconds {
                                for _ in 0..<calls {
                                    BLAS.sgemm(
                                        m: m, n: n, k: k, a: a.baseAddress!, lda: k, b: b.baseAddress!, ldb: n,
                                        c: c.baseAddress!, ldc: n)
                                }
                            }
                        }
                    }
                }
                return flop * Double(calls) / elapsed / 1e9
            }
            return BenchmarkRow(
                benchmark: name, job: "product [\(m), \(k)] · [\(k), \(n)]", threads: 1, unit: .rate("GF/s"),
                ours: figure, peer: bench.peers.figure("matrix_product", ["\(m)", "\(k)", "\(n)"], threads: 1),
                limit: Limit(value: bench.limits.productRateOfOneCore / 1e9, basis: "product of 1024³"))
        }
    }
}
