internal import Foundation
internal import GRDB

/// Which runs to list, and in which order.
public struct RunQuery: Sendable {
    public enum Order: String, Sendable, CaseIterable { case began, name, result, seconds }

    public var verb: String?
    /// The environment or data set, as the command line or as figures call it.
    public var subject: String?
    public var algorithm: String?
    public var state: RunEntry.State?
    /// All of them.
    public var tags: [String] = []
    /// Those that began then or later.
    public var since: SinceTime?
    /// All of them.
    public var conditions: [SettingCondition] = []
    /// Words that stand somewhere in name, subject, algorithm, headline, tags or note; all of them.
    public var words: [String] = []
    /// Ascending, what has none first; the latest and the largest are last.
    public var order = Order.began
    public var isReversed = false
    /// Only so many, from the end of the list.
    public var limit: Int?

    public init() {}

    private typealias Condition = (sql: String, values: [(any DatabaseValueConvertible)?])

    private var filters: [Condition] {
        var filters: [Condition] = []
        if let verb { filters.append(("verb = ?", [verb])) }
        if let subject {
            filters.append(("(subject = ? COLLATE NOCASE OR title = ? COLLATE NOCASE)", [subject, subject]))
        }
        if let algorithm { filters.append(("algorithm = ? COLLATE NOCASE", [algorithm])) }
        if let state { filters.append(("state = ?", [state.rawValue])) }
        for tag in tags { filters.append(("instr(tags, ?)", [" \(tag) "])) }
        if let since { filters.append(("began >= ?", [since.began])) }
        filters += conditions.map { ($0.sql.condition, $0.sql.values) }
        for word in words {
            let text = [
                "name", "subject", "title", "algorithm", "coalesce(headline, '')", "tags", "coalesce(note, '')",
            ]
            .joined(separator: " || char(10) || ")
            filters.append(("instr(lower(\(text)), lower(?))", [word]))
        }
        return filters
    }

    private var ordering: String {
        let direction = isReversed ? "" : " DESC"
        let keys =
            switch order {
            case .began: ["began", "name COLLATE naturalOrder"]
            case .name: ["name COLLATE naturalOrder"]
            case .result: ["result", "began", "name COLLATE naturalOrder"]
            case .seconds: ["seconds", "began", "name COLLATE naturalOrder"]
            }
        return keys.map { $0 + direction }.joined(separator: ", ")
    }

    /// The runs, in order.
    func entries(in database: Database, root: String) throws -> [RunEntry] {
        let filters = filters
        let condition = filters.isEmpty ? "" : "WHERE " + filters.map(\.sql).joined(separator: " AND ")
        // The end of the list comes first, so that a limit cuts its beginning.
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT \(RunTable.columns) FROM run \(condition) ORDER BY \(ordering) LIMIT \(limit ?? -1)",
            arguments: StatementArguments(filters.flatMap(\.values)))
        return rows.reversed().map { RunEntry($0, root: root) }
    }
}

/// What a list of runs holds.
public struct RunListing: Sendable {
    public let entries: [RunEntry]
    /// How many runs there are, listed or not.
    public let count: Int
    /// What the user should know beside the list: a file that was put aside, a name that no run has.
    public let remarks: [String]
}

extension RunIndex {
    /// The runs that `query` asks for.
    ///
    /// - Parameter isAnew: whether to forget what the index held and read all folders.
    /// - Throws: `ExperimentError` if not even a list in memory can be made.
    public func list(_ query: RunQuery = RunQuery(), isAnew: Bool = false) throws -> RunListing {
        let (found, remarks) = try self.query(isAnew: isAnew) { database in
            let entries = try query.entries(in: database, root: root)
            return (
                entries, try Int.fetchOne(database, sql: "SELECT count(*) FROM run") ?? 0,
                entries.isEmpty ? try query.misnomers(in: database) : []
            )
        }
        return RunListing(entries: found.0, count: found.1, remarks: remarks + found.2)
    }
}
