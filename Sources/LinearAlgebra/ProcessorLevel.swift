internal import CKernels

/// Which variant of the kernels this process uses: "reference", "baseline", "avx2" or "avx512". Recorded with each
/// run, since results are the same bytes only on the same level.
package enum ProcessorLevel {
    package static var name: String { String(cString: ck_level_name(ck_level())) }
}
