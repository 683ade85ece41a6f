import FileFormats
import Testing

struct CSVTests {
    @Test func `quotes, commas, line ends and a byte order mark are read as RFC 4180 says`() throws {
        let text = "\u{FEFF}name,note,size\r\n\"a, b\",\"said \"\"no\"\"\r\ntwice\",1.5\r\n\r\nplain,5\" pipe,\r\n"
        let table = try CSV.decode(Array(text.utf8), name: "t.csv")
        #expect(table.columnNames == ["name", "note", "size"])
        #expect(table.rowCount == 2)
        #expect(try table.texts(column: 0) == ["a, b", "plain"])
        #expect(try table.texts(column: 1) == ["said \"no\"\r\ntwice", "5\" pipe"])
        #expect(table.number(row: 0, column: 2) == 1.5 && table.number(row: 1, column: 2) == nil)
        #expect(table.isNumeric(column: 2) && !table.isNumeric(column: 1))
    }

    @Test func `the header is detected by its lack of numbers`() throws {
        #expect(try CSV.decode(Array("1,x\n2,y\n".utf8), name: "t").columnNames == ["column 1", "column 2"])
        #expect(try CSV.decode(Array("a,\n2,y\n".utf8), name: "t").columnNames == ["a", "column 2"])
        #expect(try CSV.decode(Array("a,b\n".utf8), name: "t", header: .absent).rowCount == 1)
        #expect(
            try CSV.decode(Array("1990,1991\n3,4\n".utf8), name: "t", header: .present).columnNames == ["1990", "1991"])
    }

    @Test func `semicolons, tabs and old line ends are recognised`() throws {
        #expect(try CSV.decode(Array("a;\"b,,,\"\r1;2\r".utf8), name: "t").columnNames == ["a", "b,,,"])
        #expect(try CSV.decode(Array("a\tb\n1\t2".utf8), name: "t").numbers(column: 1) == [2])
        #expect(try CSV.decode(Array("a|b\n1|2".utf8), name: "t", delimiter: "|").numbers(column: 0) == [1])
    }

    @Test(arguments: [
        "0", "-0", "1", "+1.5", " 12 ", "0.1", "3.14159265358979323846", "1e3", "1E-3",
        "123456789012345678901234567890",
        "2.2250738585072014e-308", "4.9e-324", "1.7976931348623157e308", "9007199254740993", "0.000000000000000000001",
        "5.", ".5", "1e22", "1e23", "00012",
    ])
    func `numbers are rounded as the standard library rounds them`(text: String) throws {
        let table = try CSV.decode(Array(text.utf8), name: "t", header: .absent)
        let trimmed = text.filter { $0 != " " }
        let expected = Double(trimmed.hasPrefix(".") ? "0" + trimmed : trimmed.hasSuffix(".") ? trimmed + "0" : trimmed)
        #expect(table.number(row: 0, column: 0)?.bitPattern == expected?.bitPattern)
    }

    @Test(arguments: ["x", "1x", "1e", "e5", "--1", "1.2.3", "0x10", ".", "1 2", "1,5"])
    func `other text is no number`(text: String) throws {
        let table = try CSV.decode(Array("\"\(text)\"\n".utf8), name: "t", header: .absent)
        #expect(table.number(row: 0, column: 0) == nil)
    }

    @Test(arguments: [
        ("a,b\n1,2\n1,2,3\n", "line 3, field 3: the line has 3 fields, but the first one has 2"),
        ("a,b\n1,2\n\n1\n", "line 4, field 1: the line has 1 fields"),
        ("a,b\n1,\"x\ny", "line 2, field 2: the quoted field does not end"),
        ("a,b\n1,\"x\ny\"z\n", "line 3, field 2: the field goes on behind its closing quote"),
        ("a,a\n1,2\n", "line 1, field 2: a second column has the name \"a\""),
        ("a,b\n", "line 1: no row follows"),
        ("a\u{0}b\n", "byte 1: a zero byte"),
    ])
    func `a malformed table is refused with line and field`(text: String, problem: String) {
        #expect(message { _ = try CSV.decode(Array(text.utf8), name: "t.csv") }.hasPrefix("t.csv, " + problem))
    }

    @Test func `a table without rows, a field that is not UTF-8 and one that is no number are refused`() throws {
        #expect(message { _ = try CSV.decode([], name: "t.csv") } == "t.csv: the file has no rows")
        let table = try CSV.decode(Array("a,b\n1,".utf8) + [0xE9] + Array("\n,2\n".utf8), name: "t.csv")
        #expect(message { _ = try table.texts(column: 1) }.hasPrefix("t.csv, line 2, field 2: the field is not UTF-8"))
        #expect(message { _ = try table.numbers(column: 0) } == "t.csv, line 3, field 1: a number is missing")
    }

    @Test func `a written line is read back`() throws {
        let fields = ["plain", "with, comma", "with \"quotes\"", "two\nlines", "", "\r"]
        let table = try CSV.decode(Array((CSV.line(fields) + CSV.line(fields)).utf8), name: "t", header: .absent)
        #expect(table.rowCount == 2)
        #expect(try (0..<fields.count).map { try table.text(row: 1, column: $0) } == fields)
        #expect(CSV.line(["a", "1.5"]) == "a,1.5\n")
    }
}
