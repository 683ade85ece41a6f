internal import FileFormats
internal import GRDB

extension RunQuery {
    /// The filters that ask for something that no run has, each with the nearest name that one has.
    func misnomers(in database: Database) throws -> [String] {
        func known(_ column: String) throws -> [String] {
            try String.fetchAll(database, sql: "SELECT DISTINCT \(column) FROM run WHERE \(column) != '' ORDER BY 1")
        }
        func misnomer(_ what: String, _ name: String?, among known: [String]) -> String? {
            guard let name, !known.isEmpty, !known.contains(where: { $0.lowercased() == name.lowercased() }) else {
                return nil
            }
            return "no run has the \(what) '\(name)'"
                + (nearestName(to: name, among: known).map { "; did you mean '\($0)'?" } ?? "")
        }
        let allTags = Set(try known("tags").flatMap { $0.split(separator: " ").map(String.init) }).sorted()
        let settings =
            try conditions.isEmpty
            ? []
            : String.fetchAll(
                database,
                sql: "SELECT DISTINCT key FROM run, json_each(settings) WHERE settings IS NOT NULL ORDER BY 1")
        var found = [
            misnomer("verb", verb, among: try known("verb")),
            misnomer("subject", subject, among: try known("subject") + known("title")),
            misnomer("algorithm", algorithm, among: try known("algorithm")),
        ]
        found += tags.map { misnomer("tag", $0, among: allTags) }
        found += conditions.map { misnomer("setting", $0.setting, among: settings) }
        return found.compactMap(\.self)
    }
}
