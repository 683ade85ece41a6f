internal import FileFormats
internal import Foundation
internal import LinearAlgebra

/// The machine, as far as results and times depend on it.
public struct Hardware: Codable, Sendable, Equatable {
    /// "AMD EPYC 9R14".
    public var processor: String
    public var coreCount: Int
    /// The variant of our own kernels: "avx512".
    public var level: String
    /// The kernels that OpenBLAS chose: "SkylakeX".
    public var openBLAS: String
    public var threads: Int

    /// This machine and this process.
    public static var current: Hardware {
        Hardware(
            processor: processorName ?? "unknown", coreCount: ProcessInfo.processInfo.activeProcessorCount,
            level: ProcessorLevel.name, openBLAS: BLAS.kernelName, threads: WorkerPool.shared.threadCount)
    }

    private static var processorName: String? {
        guard let bytes = try? readFile("/proc/cpuinfo", limit: 4 << 20) else { return nil }
        for line in bytes.split(separator: UInt8(ascii: "\n")) where line.starts(with: "model name".utf8) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            return String(decoding: line[(colon + 1)...], as: UTF8.self).trimmingCharacters(in: .whitespaces)
        }
        return nil
    }
}
