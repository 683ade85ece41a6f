internal import CKernels
internal import COpenBLAS

#if canImport(Glibc)
    internal import Glibc
#endif

/// Which of its kernels OpenBLAS uses.
///
/// It goes by the processor's model, and takes the kernels of 2004 ("Prescott") for a model younger than itself: Debian's
/// 0.3.21 does so on Intel's of 2023 and computes products at a sixth of their speed. There the kernels of our own
/// level are asked for, unless the environment's OPENBLAS_CORETYPE says what the user wants.
enum BLASKernels {
    /// Evaluated before the first call of OpenBLAS.
    static let chosen: Void = {
        openblas_set_num_threads(1)
        guard String(cString: openblas_get_corename()) == "Prescott", getenv(variable) == nil else { return }
        switch ck_level() {
        case Int32(CK_AVX512.rawValue): choose("SkylakeX")
        case Int32(CK_AVX2.rawValue): choose("Haswell")
        default: break
        }
    }()

    private static let variable = "OPENBLAS_CORETYPE"

    /// Lets OpenBLAS choose again. An OpenBLAS that was built for one processor has nothing to choose, and lacks these
    /// functions.
    private static func choose(_ name: String) {
        typealias Function = @convention(c) () -> Void
        guard let library = dlopen(nil, RTLD_LAZY) else { return }
        defer { dlclose(library) }
        guard let quit = dlsym(library, "gotoblas_dynamic_quit"), let start = dlsym(library, "gotoblas_dynamic_init")
        else { return }
        setenv(variable, name, 1)
        unsafeBitCast(quit, to: Function.self)()
        unsafeBitCast(start, to: Function.self)()
        unsetenv(variable)
    }
}
