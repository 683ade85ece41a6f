import Fledge
import Foundation
import GRDB
import Testing

struct RunIndexTests {
    private let folder: TemporaryFolder
    private var root: String { folder.path + "/runs" }
    private var index: RunIndex { RunIndex(root: root) }

    init() throws { folder = try TemporaryFolder() }

    private func names() throws -> [String] { try index.list().entries.map(\.name) }

    @Test func `a list says what the folders say`() throws {
        try WrittenRun("learned", returns: [100, 200, 300, 700]).write(in: root)
        var clustered = WrittenRun("clustered")
        (clustered.verb, clustered.began) = ("cluster", "2026-11-24T08:00:00Z")
        clustered.result = #"{"state": "interrupted", "headline": "stopped", "inertia": 12.5, "seconds": 3}"#
        try clustered.write(in: root)
        var begun = WrittenRun("begun")
        (begun.began, begun.result) = ("2026-11-26T08:00:00Z", nil)
        try begun.write(in: root)
        let entries = try index.list().entries
        #expect(entries.map(\.name) == ["clustered", "learned", "begun"])
        #expect(entries.map(\.state) == [.interrupted, .finished, .killed])
        #expect(entries.map(\.path) == ["clustered", "learned", "begun"].map { root + "/" + $0 })
        // The interquartile mean leaves out the best and the worst of four.
        #expect(entries.map(\.result) == [12.5, 250, nil])
        #expect(entries.map(\.resultTitle) == ["inertia", "return", nil])
        #expect(entries.map(\.seconds) == [3, 4.5, nil])
        #expect(entries[1].seeds == [1, 2, 3, 4])
    }

    @Test func `new, changed and vanished folders are noticed`() throws {
        var run = WrittenRun("first")
        run.result = nil
        try run.write(in: root)
        #expect(try index.list().entries.map(\.state) == [.killed])
        run.result = #"{"state": "finished", "headline": "it ended"}"#
        try run.write(in: root)
        try WrittenRun("second").write(in: root)
        #expect(try index.list().entries.map(\.headline) == ["it ended", "done"])
        try FileManager.default.removeItem(atPath: root + "/first")
        #expect(try names() == ["second"])
        #expect(try index.list().count == 1)
    }

    @Test func `a file that was edited in place is noticed`() throws {
        try WrittenRun("edited").write(in: root)
        _ = try names()
        let file = try #require(FileHandle(forWritingAtPath: root + "/edited/result.json"))
        try file.write(contentsOf: Data(#"{"state": "failed", "headline": "lost"}  "#.utf8))
        try file.truncate(atOffset: UInt64(#"{"state": "failed", "headline": "lost"}"#.utf8.count))
        try file.close()
        #expect(try index.list().entries.map(\.state) == [.failed])
    }

    @Test func `an unchanged run is not read again`() throws {
        try WrittenRun("old").write(in: root)
        // Long ago, so that no later change can have the same time.
        for path in ["", "/run.json", "/result.json"] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: root + "/old" + path)
        }
        _ = try names()
        let database = try DatabaseQueue(path: root + "/index.sqlite")
        try database.write { try $0.execute(sql: "UPDATE run SET headline = 'only the index says so'") }
        #expect(try index.list().entries.map(\.headline) == ["only the index says so"])
        #expect(try index.list(isAnew: true).entries.map(\.headline) == ["done"])
    }

    @Test func `a run that is damaged is listed with what is wrong`() throws {
        try WrittenRun("record").write(in: root)
        try "{\"name\": ".write(toFile: root + "/record/run.json", atomically: true, encoding: .utf8)
        var other = WrittenRun("result")
        other.result = "[]"
        try other.write(in: root)
        let entries = try index.list().entries
        #expect(entries.map(\.state) == [.damaged, .damaged])
        #expect(try #require(entries[0].headline).contains("run.json"))
        #expect(try #require(entries[1].headline).contains("result.json"))
    }

    @Test(arguments: [Array("this is no database, but somebody's notes".utf8), Array(repeating: 0xFF, count: 5000)])
    func `a file that is no index is put aside and the index made anew`(bytes: [UInt8]) throws {
        try WrittenRun("first").write(in: root)
        try Data(bytes).write(to: URL(filePath: root + "/index.sqlite"))
        let listing = try index.list()
        #expect(listing.entries.map(\.name) == ["first"])
        #expect(listing.remarks.count == 1 && listing.remarks[0].contains("index.sqlite.aside-1"))
        #expect(try folder.bytes("runs/index.sqlite.aside-1") == bytes)
        #expect(try index.list().remarks == [])
    }

    @Test func `another program's database is put aside, and an index of another version made anew`() throws {
        try WrittenRun("first").write(in: root)
        do {
            let other = try DatabaseQueue(path: root + "/index.sqlite")
            try other.write { try $0.execute(sql: "CREATE TABLE run (name TEXT)") }
        }
        #expect(try index.list().remarks.count == 1)
        do {
            let own = try DatabaseQueue(path: root + "/index.sqlite")
            try own.write { try $0.execute(sql: "PRAGMA user_version = 999; ALTER TABLE run RENAME verb TO verbum") }
        }
        let listing = try index.list()
        #expect(listing.remarks == [] && listing.entries.map(\.verb) == ["train"])
    }

    @Test func `an index with damaged pages is put aside`() throws {
        for number in 1...200 { try WrittenRun("run-\(number)").write(in: root) }
        #expect(try names().count == 200)
        let file = try #require(FileHandle(forWritingAtPath: root + "/index.sqlite"))
        let size = try file.seekToEnd()
        try file.seek(toOffset: 4096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - 4096))
        try file.close()
        let listing = try index.list()
        #expect(listing.entries.count == 200)
        #expect(listing.remarks.count == 1)
        let database = try DatabaseQueue(path: root + "/index.sqlite")
        #expect(try database.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
    }

    @Test func `where nothing can be written the runs are listed all the same`() throws {
        try WrittenRun("first").write(in: root)
        // Root may write to folders that others may not: the lock cannot be opened, as in a folder that is read only.
        try FileManager.default.createDirectory(atPath: root + "/index.sqlite.lock", withIntermediateDirectories: false)
        #expect(try names() == ["first"])
        #expect(!folder.has("runs/index.sqlite"))
        #expect(try RunIndex(root: folder.path + "/nowhere").list().entries == [])
        #expect(!folder.has("nowhere"))
    }

    @Test func `what a run enters of itself is in the index without a look at the folder`() throws {
        try WrittenRun("first").write(in: root)
        #expect(RunIndex.note(try RunFolder(existing: root + "/first")) == nil)
        let database = try DatabaseQueue(path: root + "/index.sqlite")
        #expect(try database.read { try String.fetchAll($0, sql: "SELECT headline FROM run") } == ["done"])
    }

    @Test func `tags and notes live in the folder and outlive the index`() throws {
        try WrittenRun("first").write(in: root)
        let run = try RunFolder(existing: root + "/first")
        try RunLabels.update(of: run) {
            try $0.change(adding: ["good", "baseline"], removing: [])
            $0.note = "with \"quotes\" & ünicode"
        }
        try RunLabels.update(of: run) { try $0.change(adding: ["good"], removing: ["baseline", "absent"]) }
        #expect(try names() == ["first"])
        try FileManager.default.removeItem(atPath: root + "/index.sqlite")
        let entry = try #require(try index.list().entries.first)
        #expect(entry.tags == ["good"])
        #expect(entry.note == "with \"quotes\" & ünicode")
        for tag in ["", "two words", "a,b", "-x"] {
            #expect(throws: ExperimentError.self) {
                try RunLabels.update(of: run) { try $0.change(adding: [tag], removing: []) }
            }
        }
    }

    @Test func `changes of labels by many threads at once are all kept`() async throws {
        try WrittenRun("first").write(in: root)
        let run = try RunFolder(existing: root + "/first")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try RunLabels.update(of: run) { try $0.change(adding: ["tag-\(number)"], removing: []) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try RunLabels(of: run).tags.count == 20)
    }
}
