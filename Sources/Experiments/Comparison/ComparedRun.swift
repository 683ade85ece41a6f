internal import FileFormats
internal import Foundation

/// A run as a comparison sees it.
struct ComparedRun: Sendable {
    let folder: RunFolder
    let record: RunRecord
    /// What it came to; empty for a run without a result.
    let numbers: RunNumbers

    /// - Throws: `ExperimentError` if a file of the run is damaged.
    init(_ folder: RunFolder) throws {
        self.folder = folder
        record = try folder.record()
        let path = folder.path(RunReport.file)
        do {
            numbers = RunNumbers(
                access(path, F_OK) == 0 ? try JSONValue(file: path) : .object([]), seeds: record.seeds)
        } catch {
            throw ExperimentError(.badData, "\(error)")
        }
    }

    /// What distinguishes runs beside their seeds: settings, and what they are of.
    var traits: [(name: String, value: String)] {
        let kind = [
            ("verb", record.verb), ("subject", record.subject.id), ("algorithm", record.algorithm),
        ]
        return kind + record.settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value.value.description) }
    }

    /// One of the traits; nil if the run has none of that name.
    func trait(_ name: String) -> String? { traits.first { $0.name == name }?.value }
}

/// A setting, or another property, that not all of the compared runs share.
public struct RunDifference: Sendable, Equatable, Encodable {
    public let name: String
    /// A value a run, in the order of the runs; nil where a run has no such setting.
    public let values: [String?]

    public init(name: String, values: [String?]) {
        self.name = name
        self.values = values
    }

    /// What differs between the runs: traits first, then what may explain that equal settings have unequal results.
    static func all(between runs: [ComparedRun]) -> [RunDifference] {
        let circumstances: [(String, (RunRecord) -> String?)] = [
            ("fledge", { $0.versions.fledge }), ("source revision", { $0.sourceRevision }),
            ("processor", { $0.hardware.processor }), ("kernels", { $0.hardware.level }),
            ("OpenBLAS", { $0.hardware.openBLAS }),
        ]
        var names: [String] = []
        for run in runs { names += run.traits.map(\.name).filter { !names.contains($0) } }
        // What a single algorithm or verb has distinguishes that, not its runs.
        names.removeAll { name in runs.count { $0.trait(name) != nil } < 2 }
        let traits = names.map { name in RunDifference(name: name, values: runs.map { $0.trait(name) }) }
        let others = circumstances.map { name, value in
            RunDifference(name: name, values: runs.map { value($0.record) })
        }
        return (traits + others).filter { Set($0.values).count > 1 }
    }
}
