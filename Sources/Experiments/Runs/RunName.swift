/// The names of runs.
enum RunName {
    /// File systems take no longer ones; some bytes are left for temporary names beside it.
    static let longest = 200

    /// - Throws: `ExperimentError` if a folder cannot or should not be called `name`.
    static func check(_ name: String) throws {
        func refuse(_ problem: String) -> ExperimentError {
            ExperimentError(
                .usage, "the run cannot be called '\(name)': \(problem)",
                advice: "take letters, digits, hyphens, underscores and dots")
        }
        guard !name.isEmpty else { throw refuse("the name is empty") }
        guard name.utf8.count <= longest else {
            throw refuse("the name has \(name.utf8.count) bytes, more than \(longest)")
        }
        guard let first = name.unicodeScalars.first, first != ".", first != "-" else {
            throw refuse("it begins with '\(name.prefix(1))'")
        }
        guard !name.hasPrefix(RunIndexFile.name) else { throw refuse("the index of the runs is called so") }
        for scalar in name.unicodeScalars where !isAllowed(scalar) {
            throw refuse(
                "'\(scalar.properties.generalCategory == .control ? "a control character" : "\(scalar)")' is not allowed in it"
            )
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "-_.".unicodeScalars.contains(scalar)
    }

    /// `text` with everything that a name may not have replaced by hyphens: "my data.csv" → "my-data-csv".
    static func readable(_ text: String) -> String {
        let scalars = text.lowercased().unicodeScalars.map { scalar in
            scalar.isASCII && isAllowed(scalar) && scalar != "." ? Character(scalar) : "-"
        }
        let words = String(scalars).split(separator: "-").joined(separator: "-")
        return words.isEmpty ? "run" : String(words.prefix(80))
    }

    /// The names "base-1", "base-2", … begin after the highest number that is taken.
    static func firstFreeNumber(after base: String, among taken: [String]) -> Int {
        let start = base + "-"
        return 1 + (taken.compactMap { $0.hasPrefix(start) ? Int($0.dropFirst(start.count)) : nil }.max() ?? 0)
    }
}
