internal import FileFormats
internal import Foundation

/// What people say of a run: `labels.json` in its folder, so that it outlives the index.
public struct RunLabels: Codable, Sendable, Equatable {
    static let file = "labels.json"

    /// Sorted, each once.
    public private(set) var tags: [String] = []
    public var note: String?

    init() {}

    /// - Throws: `ExperimentError` if the file is not what Fledge wrote.
    public init(of folder: RunFolder) throws {
        guard access(folder.path(RunLabels.file), F_OK) == 0 else { return }
        do {
            self = try folder.read(RunLabels.self, from: RunLabels.file)
        } catch let error as ExperimentError where error.kind == .badData {
            throw ExperimentError(.badData, error.problem, advice: "without that file the run has no tags and no note")
        }
    }

    /// Adds and removes tags; what is there already, or not there, is no error.
    ///
    /// - Throws: `ExperimentError` if one cannot be a tag.
    public mutating func change(adding new: [String], removing old: [String]) throws {
        for tag in new { try RunLabels.check(tag) }
        tags = Set(tags).union(new).subtracting(old).sorted()
    }

    private static func check(_ tag: String) throws {
        let isAllowed = tag.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.:/".unicodeScalars.contains($0)
        }
        guard !tag.isEmpty, tag.utf8.count <= 100, tag.first != "-", isAllowed else {
            throw ExperimentError(
                .usage, "'\(tag)' cannot be a tag", advice: "take letters, digits and - _ . : /, for example +good")
        }
    }

    /// Changes the labels of a run; changes by several processes at once are all kept.
    ///
    /// - Throws: `ExperimentError` if the file is damaged or cannot be written; what `change` throws.
    @discardableResult
    public static func update(of folder: RunFolder, _ change: (inout RunLabels) throws -> Void) throws -> RunLabels {
        try RunIndex(around: folder).alone {
            var labels = try RunLabels(of: folder)
            let before = labels
            try change(&labels)
            if labels != before { try folder.write(JSONText.pretty(labels), to: file) }
            return labels
        }
    }
}
