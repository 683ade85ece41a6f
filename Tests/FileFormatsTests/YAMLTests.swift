import FileFormats
import Testing

struct YAMLTests {
    /// Everything that settings files use.
    static let sample = """
        # A comment.
        defaults: &defaults
          rate: !!float 1e-3
          sizes: [64, 32]   # in a line
        task-v1:
          <<: *defaults
          rate: lin_0.2
          name: "a quoted # text"
          other: 'it''s'
          text: "two
                 lines"
          list:
            - 1
            - {a: b}
        """

    private func value(_ text: String) throws -> YAMLValue { try YAMLValue(Array(text.utf8), file: "f.yml") }

    @Test func `a text is a tree with the places of its names`() throws {
        guard case .mapping(let members) = try value(Self.sample), case .mapping(let task) = members[1].value else {
            Issue.record("not a mapping")
            return
        }
        #expect(members.map(\.name) == ["defaults", "task-v1"])
        #expect(members.map(\.line) == [2, 5])
        #expect(task.map(\.name) == ["sizes", "rate", "name", "other", "text", "list"])
        #expect(task.map(\.line) == [4, 7, 8, 9, 10, 12])
        #expect(task.allSatisfy { $0.column == 3 })
        #expect(task[0].value == .sequence([.scalar("64", isQuoted: false), .scalar("32", isQuoted: false)]))
        #expect(task[1].value == .scalar("lin_0.2", isQuoted: false))
        #expect(task[2].value == .scalar("a quoted # text", isQuoted: true))
        #expect(task[3].value == .scalar("it's", isQuoted: true))
        #expect(task[4].value == .scalar("two lines", isQuoted: true))
        let inner = YAMLValue.Member(name: "a", line: 14, column: 8, value: .scalar("b", isQuoted: false))
        #expect(task[5].value == .sequence([.scalar("1", isQuoted: false), .mapping([inner])]))
    }

    @Test func `a mapping's own members win over those it merges, and the first merged over the next`() throws {
        let text = """
            one: &one {a: 1, b: 1}
            two: &two {b: 2, c: 2}
            all: {<<: [*one, *two], c: 3}
            """
        guard case .mapping(let members) = try value(text), case .mapping(let all) = members[2].value else {
            Issue.record("not a mapping")
            return
        }
        #expect(all.map(\.name) == ["a", "b", "c"])
        #expect(all.map(\.value) == ["1", "1", "3"].map { .scalar($0, isQuoted: false) })
    }

    @Test func `a byte order mark is no part of the text`() throws {
        #expect(try value("\u{FEFF}a: 1") == value("a: 1"))
    }

    @Test(arguments: [
        ("", "nothing in the file"), ("# only\n", "nothing in the file"),
        ("a: 1\na: 2\n", "line 1, column 1: the name 'a' is given twice"),
        ("a:\n\tb: 1\n", "line 2, column 1: a tab stands"), ("a: [1\n", "this is not YAML"),
        ("a: 1\n---\nb: 2\n", "another document"), ("a: *b\n", "line 1, column 4"), ("a: \u{1}\n", "line 1"),
        ("? [a]\n: 1\n", "a name is a word"), ("a: 1\n<<: 2\n", "<< merges a mapping"),
    ])
    func `what is wrong is told with its place`(text: String, problem: String) throws {
        let error = #expect(throws: FileFormatError.self) { try value(text) }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    @Test func `bytes that are not UTF-8 are told with their line`() throws {
        let bytes = Array("a: 1\nb: ".utf8) + [0xFF, 0x0A]
        let error = #expect(throws: FileFormatError.self) { try YAMLValue(bytes, file: "f.yml") }
        #expect(error?.place == .line(2, field: nil))
    }

    @Test func `aliases of aliases, deep nesting and long texts end in an error`() throws {
        let doublings = (1..<60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
        let bomb = (["a0: &a0 [x, x]"] + doublings).joined(separator: "\n")
        let error = #expect(throws: FileFormatError.self) { try value(bomb) }
        #expect(error?.problem.contains("unfold") == true)
        // As a name, the bomb would go off in the parser.
        for name in ["? *a59\n: 1", "*a59 : 1", "[*a59]: 1", "{? *a59 : 1}"] {
            #expect(throws: FileFormatError.self) { try value(bomb + "\n" + name) }
        }
        #expect(throws: FileFormatError.self) { try value("a: " + String(repeating: "[", count: 100_000)) }
        #expect(throws: FileFormatError.self) {
            try value(String(repeating: "#\n", count: YAMLValue.largestText / 2 + 1))
        }
    }
}
