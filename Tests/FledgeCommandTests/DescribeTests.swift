import Foundation
import Testing

struct DescribeTests {
    /// A table with an identifier, categories, dates, missing values, a leak and a repeated row.
    private func write(to command: Command) throws {
        var lines = ["id,city,when,size,paid,price"]
        for row in 0..<50 {
            let size = row % 10 == 3 ? "" : "\(row % 7).5"
            lines.append(
                "\(row),\(["Bonn", "Ulm"][row % 2]),2024-03-\(row % 28 + 10 < 28 ? row % 18 + 10 : 28),\(size),"
                    + "\(row * 3),\(row * row % 31 + row)")
        }
        lines.append(lines[50].replacing("49,", with: "50,", maxReplacements: 1))
        try command.write(lines.joined(separator: "\n") + "\n", to: "garden.csv")
    }

    @Test func `a table is told in lines of a hundred characters`() throws {
        let command = try Command()
        try write(to: command)
        let outcome = try command.run("describe", "garden.csv")
        #expect(outcome.code == 0 && outcome.messages.isEmpty, "\(outcome.messages)")
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "garden: 51 rows of 5 columns, \"price\" to be learned")
        #expect(lines.allSatisfy { $0.count <= 100 })
        #expect(lines.contains { $0.hasPrefix("id ") && $0.contains("identifier") })
        #expect(lines.contains { $0.hasPrefix("size ") && $0.contains("5 (9.8 %)") })
        #expect(lines.contains { $0.hasPrefix("city ") && $0.hasSuffix("Ulm 51.0 %, Bonn 49.0 %") })
        #expect(lines.contains { $0.hasPrefix("when ") && $0.contains("2024-03-10 to 2024-03-") })
        #expect(lines.contains { $0.hasPrefix("- 1 of 51 rows repeats") })
        #expect(!command.has("runs") && !command.has("describe-garden.png"))
    }

    @Test func `JSON has the whole description in camel case, and the figure that was drawn`() throws {
        let command = try Command()
        try write(to: command)
        let outcome = try command.run("describe", "garden.csv", "--target", "city", "--json", "-o", "garden.svg")
        #expect(outcome.code == 0, "\(outcome.messages)")
        let json = try outcome.json
        #expect(json["rowCount"] as? Int == 51 && json["targetName"] as? String == "city")
        #expect((json["columns"] as? [[String: Any]])?.count == 5)
        #expect((json["classes"] as? [[String: Any]])?.compactMap { $0["value"] as? String } == ["Bonn", "Ulm"])
        #expect((json["repeatedRows"] as? [String: Any])?["count"] as? Int != nil)
        #expect(json["figures"] as? [String] == ["garden.svg"])
        let figure = String(decoding: try command.bytes("garden.svg"), as: UTF8.self)
        #expect(figure.contains("fledge describe garden.csv --target city"))
        #expect(try command.run("describe", "iris", "--json").json["figures"] == nil)
    }

    @Test func `the figure of the same data is the same`() throws {
        let command = try Command()
        for _ in 0..<2 {
            let outcome = try command.run("describe", "iris", "-o", "iris.png")
            #expect(outcome.code == 0 && outcome.output.hasSuffix("\niris.png\n"))
            if command.has("before.png") {
                #expect(try command.bytes("iris.png") == command.bytes("before.png"))
            } else {
                try command.bytes("iris.png").write(to: URL(filePath: command.folder + "/before.png"))
            }
        }
    }

    @Test func `of many columns the first are listed, those that know the target before the others`() throws {
        let command = try Command()
        let names = (0..<1500).map { "measured \($0)" }
        var lines = [(names + ["class"]).joined(separator: ",")]
        for row in 0..<40 {
            let cells = names.indices.map { $0 == 1400 ? row / 20 : ($0 * 31 + row * row * 7) % 13 }
            lines.append((cells.map(String.init) + [row < 20 ? "a" : "b"]).joined(separator: ","))
        }
        try command.write(lines.joined(separator: "\n"), to: "wide.csv")
        let outcome = try command.run("describe", "wide.csv", "--columns", "5")
        #expect(outcome.code == 0, "\(outcome.messages)")
        let told = outcome.output.split(separator: "\n")
        #expect(told[2].hasPrefix("measured 1400"), "\(outcome.output)")
        #expect(outcome.output.contains("and 1,495 more"))
        #expect(told.count < 40)
    }

    @Test func `what is wrong has the exit codes of the other verbs`() throws {
        let command = try Command()
        try write(to: command)
        try command.write("", to: "empty.csv")
        try command.write("width\n1\n2\n4\n", to: "one.csv")
        let missing = try command.run("describe", "gardn.csv")
        #expect(missing.code == 66 && missing.messages.contains("did you mean 'garden.csv'?"), "\(missing.messages)")
        #expect(try command.run("describe", "photos/").code == 66)
        let unknown = try command.run("describe", "irsi")
        #expect(unknown.code == 64 && unknown.messages.contains("\"iris\""), "\(unknown.messages)")
        let target = try command.run("describe", "garden.csv", "--target", "prize")
        #expect(target.code == 65 && target.messages.contains("is \"price\" meant?"), "\(target.messages)")
        let fixed = try command.run("describe", "digits", "--target", "price")
        #expect(fixed.code == 64 && fixed.messages.contains("leave --target out"), "\(fixed.messages)")
        let empty = try command.run("describe", "empty.csv")
        #expect(empty.code == 65 && empty.messages.contains("empty.csv"), "\(empty.messages)")
        let one = try command.run("describe", "one.csv")
        #expect(one.code == 0 && one.output.hasPrefix("one: 3 rows of 1 column\n"), "\(one.output)\(one.messages)")
        #expect(try command.run("describe", "iris", "-o", "iris.gif").code == 64)
        #expect(try command.run("describe", "iris", "--columns", "0").code == 64)
        #expect(try command.run("describe", "iris", "-o", "nowhere/iris.png").code == 73)
    }
}
