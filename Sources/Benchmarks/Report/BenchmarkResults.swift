import CKernels
import Foundation
import LinearAlgebra

/// A whole run of the benchmarks: the rows, and where and when they were measured. A committed one is the source of the
/// README's table.
struct BenchmarkResults: Codable {
    struct Machine: Codable {
        let processor: String
        let cores: Int
        let operatingSystem: String
        let kernelLevel: String
        let blasKernels: String

        init() {
            let description = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
            func field(_ name: String) -> String? {
                description.split(separator: "\n").first { $0.hasPrefix(name) }?.split(separator: ":").last
                    .map { $0.trimmingCharacters(in: .whitespaces) }
            }
            let numbers = [("family", "cpu family"), ("model", "model\t")]
                .compactMap { label, key in field(key).map { "\(label) \($0)" } }
            processor = "\(field("model name") ?? "unknown") (\(numbers.joined(separator: ", ")))"
            cores = Int(ck_processor_count())
            operatingSystem = ProcessInfo.processInfo.operatingSystemVersionString
            kernelLevel = String(cString: ck_level_name(ck_level()))
            blasKernels = BLAS.kernelName
        }
    }

    let date: String
    let machine: Machine
    let limits: MachineLimits
    var rows: [BenchmarkRow] = []

    init(limits: MachineLimits) {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd"
        date = formatter.string(from: Date())
        machine = Machine()
        self.limits = limits
    }

    init(path: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var data = try encoder.encode(self)
        data.append(UInt8(ascii: "\n"))
        try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    /// What was measured against: two lines.
    var heading: String {
        func billions(_ value: Double) -> String { BenchmarkTable.text(value / 1e9) }
        return """
            \(date) · \(machine.processor), \(machine.cores) cores · \(machine.operatingSystem) · kernels \
            \(machine.kernelLevel), OpenBLAS \(machine.blasKernels)
            limits: product of 1024³ \(billions(limits.productRateOfOneCore)) GF/s on one core, \
            \(billions(limits.productRateOfAllCores)) on all; reading memory \
            \(billions(limits.readRateOfOneCore)) GB/s on one, \(billions(limits.readRateOfAllCores)) on all
            """
    }
}
