internal import CKernels
internal import COpenBLAS

/// Products of dense matrices, computed by OpenBLAS on the calling thread. OpenBLAS is held to one thread:
/// parallelism belongs to `WorkerPool`.
package enum BLAS {
    /// C = alpha · op(A) · op(B) + beta · C, where op(X) is X or its transpose; all row-major, with op(A) `[m, k]`,
    /// op(B) `[k, n]` and C `[m, n]`. A leading dimension is the distance between two rows in memory. When beta is 0,
    /// C need not be initialised.
    package static func sgemm(
        transposeA: Bool = false, transposeB: Bool = false, m: Int, n: Int, k: Int,
        alpha: Float = 1, a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int,
        beta: Float = 0, c: UnsafeMutablePointer<Float>, ldc: Int
    ) {
        _ = BLASKernels.chosen
        if transposeB && !transposeA && isFasterTransposed(m: m, n: n, k: k) {
            let transposed = ck_thread_scratch()!
            ck_flat(ck_level()).pointee.transpose(transposed, b, n, k, ldb)
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(m), blasint(n), blasint(k), alpha, a, blasint(lda),
                transposed, blasint(n), beta, c, blasint(ldc))
            return
        }
        cblas_sgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
            blasint(m), blasint(n), blasint(k), alpha, a, blasint(lda), b, blasint(ldb), beta, c, blasint(ldc))
    }

    /// Whether A · Bᵀ is a product of OpenBLAS's kernels for small matrices once B is transposed. As it stands it has none
    /// of them unless C is tiny, and at `[64, 64] · [64, 64]ᵀ`, a dense layer of a small network, takes half as long
    /// again.
    private static func isFasterTransposed(m: Int, n: Int, k: Int) -> Bool {
        m >= 32 && m * n > 1_200 && m * n * k <= 1_000_000 && n * k <= Int(CK_SCRATCH_FLOATS)
    }

    /// y = alpha · op(A) · x + beta · y, where A is row-major `[m, n]`.
    package static func sgemv(
        transposeA: Bool = false, m: Int, n: Int, alpha: Float = 1, a: UnsafePointer<Float>, lda: Int,
        x: UnsafePointer<Float>, beta: Float = 0, y: UnsafeMutablePointer<Float>
    ) {
        _ = BLASKernels.chosen
        cblas_sgemv(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, blasint(m), blasint(n), alpha, a, blasint(lda),
            x, 1, beta, y, 1)
    }

    /// The kernels that OpenBLAS chose for this processor, such as "Zen" or "SkylakeX"; recorded with each run,
    /// since results are the same bytes only on the same kernels.
    package static var kernelName: String {
        _ = BLASKernels.chosen
        return String(cString: openblas_get_corename())
    }
}

extension Matrix where Element == Float {
    /// The product of this matrix `[m, k]` and `other` `[k, n]`: `[m, n]`.
    public func multiply(_ other: Matrix<Float>) -> Matrix<Float> {
        precondition(
            columnCount == other.rowCount,
            "a matrix of \(columnCount) columns cannot be multiplied by one of \(other.rowCount) rows")
        var product = Matrix(rows: rowCount, columns: other.columnCount, repeating: 0)
        guard rowCount > 0, columnCount > 0, other.columnCount > 0 else { return product }
        withUnsafeBufferPointer { a in
            other.withUnsafeBufferPointer { b in
                product.withUnsafeMutableBufferPointer { c in
                    BLAS.sgemm(
                        m: rowCount, n: other.columnCount, k: columnCount, a: a.baseAddress!, lda: columnCount,
                        b: b.baseAddress!, ldb: other.columnCount, c: c.baseAddress!, ldc: other.columnCount)
                }
            }
        }
        return product
    }

    /// The product of this matrix's transpose `[d, n]` and the matrix `[n, d]` itself: `[d, d]`.
    package var transposedProduct: Matrix<Float> {
        var product = Matrix(rows: columnCount, columns: columnCount, repeating: 0)
        guard rowCount > 0, columnCount > 0 else { return product }
        withUnsafeBufferPointer { a in
            product.withUnsafeMutableBufferPointer { c in
                BLAS.sgemm(
                    transposeA: true, m: columnCount, n: columnCount, k: rowCount, a: a.baseAddress!, lda: columnCount,
                    b: a.baseAddress!, ldb: columnCount, c: c.baseAddress!, ldc: columnCount)
            }
        }
        return product
    }
}
