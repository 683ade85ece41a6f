internal import FileFormats
internal import Foundation
internal import Plotting

/// What the index holds of one run's folder.
struct FolderReading: Sendable {
    /// Taken before the files were read, so that a change in between is noticed the next time.
    let stamp: FolderStamp
    let entry: RunEntry
    /// The text of `run.json`, whose settings the index can be asked for; nil where it is damaged.
    let record: String?

    /// Reads what is in the folder now; nil if it is no run.
    init?(of folder: RunFolder) {
        guard let stamp = FolderStamp(of: folder.path, now: FolderStamp.now) else { return nil }
        self.stamp = stamp
        var entry = RunEntry(name: folder.name, path: folder.path, state: .damaged)
        do {
            let bytes = try readFile(folder.path("run.json"), limit: 64 << 20)
            var reader = ByteReader(bytes, file: folder.path("run.json"))
            try entry.read(record: JSONValue(from: &reader), of: reader)
            record = String(decoding: bytes, as: UTF8.self)
        } catch {
            entry.headline = "\(error)"
            self.entry = entry
            record = nil
            return
        }
        do {
            let labels = try RunLabels(of: folder)
            (entry.tags, entry.note) = (labels.tags, labels.note)
        } catch {
            // The run is none the worse.
            entry.note = "(no tags or note can be read: \(error))"
        }
        do {
            if access(folder.path(RunReport.file), F_OK) == 0 {
                try entry.read(result: JSONValue(file: folder.path(RunReport.file)))
            } else {
                entry.state = RunEntry.State(isBeingWritten: folder.isBeingWritten)
            }
        } catch {
            entry.state = .damaged
            entry.headline = "\(error)"
        }
        self.entry = entry
    }
}

extension RunEntry.State {
    /// Of a run without a result.
    init(isBeingWritten: Bool) { self = isBeingWritten ? .running : .killed }
}

extension RunEntry {
    fileprivate mutating func read(record: JSONValue, of reader: ByteReader) throws {
        func text(_ value: JSONValue?, _ name: String) throws -> String {
            guard let text = value?.string else { throw reader.error("there is no text \"\(name)\"", at: 0) }
            return text
        }
        verb = try text(record["verb"], "verb")
        subject = try text(record["subject"]?["id"], "subject.id")
        title = try text(record["subject"]?["title"], "subject.title")
        algorithm = try text(record["algorithm"], "algorithm")
        began = try text(record["began"], "began")
        seeds = (record["seeds"]?.elements ?? []).compactMap { $0.integer.flatMap(UInt64.init(exactly:)) }
        parent = record["lineage"]?["parent"]?.string
    }

    fileprivate mutating func read(result: JSONValue) throws {
        let path = self.path + "/" + RunReport.file
        guard let state = result["state"]?.string.flatMap(State.init) else {
            throw FileFormatError(file: path, problem: "it does not say how the run ended")
        }
        self.state = state
        headline = result["headline"]?.string
        let numbers = RunNumbers(result, seeds: seeds)
        seconds = numbers.values("seconds").map(\.value).max()
        guard let metric = numbers.mainMetric else { return }
        let values = numbers.values(metric.name).map(\.value)
        guard !values.isEmpty else { return }
        self.result = InterquartileMean.of(values)
        resultTitle = metric.title
    }
}
