internal import Foundation
internal import GRDB

/// The table of the index: a row a run.
enum RunTable {
    /// Marks the file as ours: "Fldg".
    static let applicationID = 0x466C_6467
    /// Raised when the table changes; the folders then fill it anew.
    static let version = 3

    /// What a row is read by, in the order of the initializer below.
    static let columns = """
        name, verb, subject, title, algorithm, seeds, began, state, headline, result, resultTitle, seconds, parent, \
        tags, note
        """

    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                DROP TABLE IF EXISTS run;
                CREATE TABLE run (
                    name TEXT PRIMARY KEY NOT NULL,
                    stamp INTEGER NOT NULL,
                    verb TEXT NOT NULL, subject TEXT NOT NULL, title TEXT NOT NULL, algorithm TEXT NOT NULL,
                    seeds TEXT NOT NULL,      -- "1 2 3"
                    began TEXT NOT NULL, state TEXT NOT NULL, headline TEXT,
                    result REAL, resultTitle TEXT, seconds REAL, parent TEXT,
                    tags TEXT NOT NULL,       -- " good fast ": each between blanks
                    note TEXT,
                    settings TEXT             -- JSON: {"learningRate": {"value": …, "source": …}, …}
                );
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(version);
                """)
    }

    /// Writes what was read of a folder over what was known of it.
    static func put(_ reading: FolderReading, in database: Database) throws {
        let entry = reading.entry
        let values: [(any DatabaseValueConvertible)?] = [
            entry.name, entry.verb, entry.subject, entry.title, entry.algorithm,
            entry.seeds.map(String.init).joined(separator: " "), entry.began, entry.state.rawValue, entry.headline,
            entry.result, entry.resultTitle, entry.seconds, entry.parent,
            entry.tags.isEmpty ? "" : " " + entry.tags.joined(separator: " ") + " ", entry.note, reading.stamp.digest,
            reading.record,
        ]
        let statement = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO run (\(columns), stamp, settings)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, json_extract(?, '$.settings'))
                """)
        try statement.execute(arguments: StatementArguments(values))
    }

    static func remove(_ name: String, from database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM run WHERE name = ?").execute(arguments: [name])
    }

    static func put(_ state: RunEntry.State, of name: String, in database: Database) throws {
        try database.cachedStatement(sql: "UPDATE run SET state = ? WHERE name = ?")
            .execute(arguments: [state.rawValue, name])
    }

    /// What is known of a run, as far as it tells whether its folder has to be read again.
    struct Known {
        let stamp: Int64
        /// nil for a run that has ended, or is damaged.
        let unendedState: RunEntry.State?
    }

    /// What is known of all runs, by name.
    static func known(in database: Database) throws -> [String: Known] {
        var known: [String: Known] = [:]
        let rows = try Row.fetchCursor(database, sql: "SELECT name, stamp, state FROM run")
        while let row = try rows.next() {
            let state: String = row[2]
            let unended = RunEntry.State(rawValue: state).flatMap { [.running, .killed].contains($0) ? $0 : nil }
            known[row[0]] = Known(stamp: row[1], unendedState: unended)
        }
        return known
    }
}

extension RunEntry {
    /// - Parameter row: the columns of `RunTable.columns`.
    init(_ row: Row, root: String) {
        let (name, seeds, state, tags): (String, String, String, String) = (row[0], row[5], row[7], row[13])
        self.init(
            name: name, path: root + "/" + name, verb: row[1], subject: row[2], title: row[3], algorithm: row[4],
            seeds: seeds.split(separator: " ").compactMap { UInt64($0) }, began: row[6],
            state: State(rawValue: state) ?? .damaged, headline: row[8], result: row[9], resultTitle: row[10],
            seconds: row[11], parent: row[12], tags: tags.split(separator: " ").map(String.init), note: row[14])
    }
}
