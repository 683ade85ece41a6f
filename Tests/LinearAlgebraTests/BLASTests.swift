import CKernels
import Foundation
import LinearAlgebra
import Testing

/// Numbers that are exact in every order of summation: small multiples of 1/8.
private func numbers(_ count: Int, _ seed: Int) -> [Float] {
    (0..<count).map { Float(($0 * 37 + seed * 11) % 33 - 16) / 8 }
}

@Suite struct BLASTests {
    @Test func `the kernels are not those for processors without AVX where there is AVX2`() {
        let isChosenByUser = ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"] != nil
        guard ck_level() >= Int32(CK_AVX2.rawValue), !isChosenByUser else { return }
        #expect(BLAS.kernelName != "Prescott")
    }

    @Test(arguments: [false, true], [false, true])
    func `a product equals three plain loops`(transposeA: Bool, transposeB: Bool) {
        for (m, n, k) in [(1, 1, 1), (3, 5, 7), (17, 10, 33), (64, 64, 64), (33, 47, 18)] {
            let a = numbers(m * k, 1)
            let b = numbers(k * n, 2)
            let start = numbers(m * n, 3)
            var c = start
            BLAS.sgemm(
                transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: 2, a: a,
                lda: transposeA ? m : k, b: b, ldb: transposeB ? k : n, beta: 0.5, c: &c, ldc: n)
            for i in 0..<m {
                for j in 0..<n {
                    var sum: Float = 0
                    for p in 0..<k {
                        sum += a[transposeA ? p * m + i : i * k + p] * b[transposeB ? j * k + p : p * n + j]
                    }
                    #expect(c[i * n + j] == 2 * sum + 0.5 * start[i * n + j])
                }
            }
        }
    }

    @Test(arguments: [CK_REFERENCE.rawValue, CK_BASELINE.rawValue, CK_AVX2.rawValue, CK_AVX512.rawValue])
    func `every level transposes blocks and their rests`(level: Int32) {
        guard level <= ck_machine_level() else { return }
        for (rows, columns, stride) in [(1, 1, 1), (16, 16, 16), (64, 4, 4), (33, 47, 50), (2, 40, 41)] {
            let a = (0..<rows * stride).map(Float.init)
            var out = [Float](repeating: .nan, count: rows * columns)
            ck_flat(level).pointee.transpose(&out, a, rows, columns, stride)
            #expect(out == (0..<columns).flatMap { j in (0..<rows).map { a[$0 * stride + j] } })
        }
    }

    @Test func `a matrix times a vector equals plain loops`() {
        let (m, n) = (5, 9)
        let a = numbers(m * n, 1)
        let x = numbers(n, 2)
        var y = [Float](repeating: 0, count: m)
        BLAS.sgemv(m: m, n: n, a: a, lda: n, x: x, y: &y)
        #expect(y == (0..<m).map { i in (0..<n).reduce(0) { $0 + a[i * n + $1] * x[$1] } })
    }

    @Test func `matrices multiply`() {
        let a = Matrix<Float>(rows: 2, columns: 3, [1, 2, 3, 4, 5, 6])
        let b = Matrix<Float>(rows: 3, columns: 1, [1, 0, -1])
        #expect(a.multiply(b) == Matrix(rows: 2, columns: 1, [-2, -2]))
        #expect(a.multiply(Matrix(rows: 3, columns: 0, repeating: 0)).count == 0)
    }
}

@Suite struct TreeReductionTests {
    @Test func `partial sums meet neighbours first`() {
        // 2²⁴ + 1 is no Float: the grouping shows in the result. ((big + 1) + (1 + 1)) + 1
        let big: Float = 16_777_216
        #expect(TreeReduction.sum([big, 1, 1, 1, 1] as [Float]) == ((big + 1) + (1 + 1)) + 1)
        #expect(TreeReduction.sum([1, 1, 1, 1, big] as [Float]) == big + 4)
    }

    @Test(arguments: 0..<18)
    func `the sum of integers is their sum`(count: Int) {
        #expect(TreeReduction.sum(Array(0..<count)) == count * (count - 1) / 2)
    }

    @Test func `parts of several numbers are added element by element`() {
        var parts: [Double] = [1, 2, -1, 10, 20, -1, 100, 200, -1]
        parts.withUnsafeMutableBufferPointer {
            TreeReduction.sum($0.baseAddress!, count: 3, length: 2, stride: 3)
        }
        #expect(Array(parts[0..<3]) == [111, 222, -1])
    }
}
