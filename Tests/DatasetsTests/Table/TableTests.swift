import Datasets
import FileFormats
import Testing

struct TableTests {
    private static let people = """
        id,height,colour,smoker,born,note,"full, name",same
        1,1.75,red,yes,1990-05-17,likes long walks on the beach,Ann,7
        2,NA,blue,No,2000-02-29,"says ""hello, world"" quite often",Ben,7
        3,1.80,red,YES,,came in too late for the test,Cat,7
        4,1e0,?,no,1970-01-01T06:30,has no strong views on this,Dan,7
        5,-2,green,no,29.02.2024,went home before it was over,Eve,7
        6,3,red,no,2001-01-02,gave the first answer in time,Fay,7
        7,4,red,no,2001-01-02,was the last one to leave,Guy,7
        8,5,red,no,2001-01-02,asked for a glass of water,Hal,7
        9,6,red,no,2001-01-02,did not want to be asked,Ida,7
        10,7,red,n/a,2001-01-02,read the form from the end,Jan,7

        """

    @Test func `each column gets the type of its values, and the reason is told`() throws {
        let table = try read(Self.people)
        #expect(table.rowCount == 10)
        #expect(
            table.columns.map(\.type) == [
                .identifier, .number, .category, .category, .date, .text, .identifier, .number,
            ])
        #expect(
            table.inferenceReport == [
                "id: identifier: all 10 whole numbers differ, left out",
                "height: number: 9 different numbers, 1 of 10 missing",
                "colour: category: 3 different texts, 1 of 10 missing",
                "smoker: category: no or yes, 1 of 10 missing",
                "born: date: 5 different dates, 1 of 10 missing",
                "note: text: 10 different texts of 6.0 words on average",
                "full, name: identifier: all 10 texts differ, left out",
                "same: number: the same value everywhere; left out",
            ])
        #expect(
            table.columns.filter(\.inference.isFeature).map(\.name) == ["height", "colour", "smoker", "born", "note"])
    }

    @Test func `values are read as what they are, missing ones as nil`() throws {
        let table = try read(Self.people)
        #expect(table.column("height")?.values == .numbers([1.75, nil, 1.8, 1, -2, 3, 4, 5, 6, 7]))
        #expect(
            table.column("colour")?.values
                == .categories(codes: [2, 0, 2, nil, 1, 2, 2, 2, 2, 2], names: ["blue", "green", "red"]))
        #expect(
            table.column("smoker")?.values
                == .categories(codes: [1, 0, 1, 0, 0, 0, 0, 0, 0, nil], names: ["no", "yes"]))
        #expect(table.column("note")?.text(row: 1) == "says \"hello, world\" quite often")
        #expect(
            (0..<5).map { table.column("born")?.text(row: $0) }
                == ["1990-05-17", "2000-02-29", nil, "1970-01-01T06:30:00", "2024-02-29"])
        #expect(table.column("id")?.text(row: 9) == "10")
    }

    @Test func `chosen rows keep their lines for errors, and categories their names`() throws {
        let chosen = try read(Self.people).rows([4, 1])
        #expect(chosen.column("height")?.values == .numbers([-2, nil]))
        #expect(chosen.column("colour")?.values == .categories(codes: [1, 0], names: ["blue", "green", "red"]))
        let error = chosen.removing("id").error(row: 0, column: "height", "too small")
        #expect(error.description == "people.csv, line 6, field 2: too small")
    }

    @Test func `a few long texts that repeat are categories, texts that mostly differ too`() throws {
        let answers = ["I do not agree at all", "I agree with most of it"]
        let survey = try read("answer,b\n" + (0..<30).map { "\(answers[$0 % 2]),\($0)\n" }.joined())
        #expect(survey.columns[0].inference.reason == "category: 2 different texts")
        let tickets = try read("ticket\n" + (0..<30).map { "A\($0 / 2 * 2 + ($0 > 20 ? 1 : 0))\n" }.joined())
        #expect(tickets.columns[0].type == .category)
        let empty = try read("a,b\n,1\nNA,2\n")
        #expect(empty.columns[0].inference.reason == "text: no value at all; left out")
    }

    @Test func `a type that is asked for is given`() throws {
        let zip = try read("zip,b\n10,1\n9,2\n10,3\n", types: ["zip": .category])
        #expect(zip.columns[0].values == .categories(codes: [1, 0, 1], names: ["9", "10"]))
        #expect(zip.columns[0].inference.reason == "category: as asked for")
        #expect(
            try read("row\n" + (1...12).map { "\($0)\n" }.joined(), types: ["row": .number]).columns[0].type == .number)
    }

    @Test(arguments: [
        (
            "a,b\n" + (0..<20).map { $0 == 15 ? "15x,1\n" : "\($0),1\n" }.joined(),
            "line 17, field 1: \"15x\" is not a number, as 19 of the 20 values in the column \"a\" are; correct it"
        ),
        ("a,b\n1,2\ninf,3\n", "line 3, field 1: inf in the column \"a\"; fill in a finite number"),
        ("a,b\n1,2\n1e200,3\n", "line 3, field 1: 1e200 in the column \"a\" is beyond 1e100"),
        ("a,b\n1,2\n3\n", "line 3, field 1: the line has 1 fields"),
        ("a,b\n1,\"2\n3,4\n", "line 2, field 2: the quoted field does not end"),
        ("a,b\n", "line 1: no row follows"),
    ])
    func `a table that cannot be read is refused with the place`(text: String, problem: String) {
        #expect(message { _ = try read(text) }.contains(problem), "\(message { _ = try read(text) })")
    }

    @Test func `a type that the values do not have, and a column that is not there, are refused`() {
        #expect(
            message { _ = try read("a\n1\nx\n", types: ["a": .number]) }
                .contains("line 3, field 1: \"x\" is not a number, but the column \"a\" holds numbers"))
        #expect(
            message { _ = try read("a\n2001-02-03\n2001-02-30\n", types: ["a": .date]) }
                .contains("line 3, field 1: \"2001-02-30\" is not a date"))
        #expect(
            message { _ = try read("width\n1\n", types: ["widht": .number]) }
                .contains("there is no column \"widht\"; is \"width\" meant?"))
    }

    @Test(arguments: [
        ("1970-01-01", 0, 3), ("2000-02-29", 11016, 1), ("1969-12-31", -1, 2), ("2024/12/25", 20082, 2),
        ("0000-03-01", -719_468, 2), ("1.3.2021", 18687, 0),
    ])
    func `days are counted, Monday is 0`(text: String, number: Int, weekday: Int) {
        // Python: (date.fromisoformat(…) - date(1970, 1, 1)).days and .weekday().
        #expect(CalendarTime(text)?.dayNumber == number)
        #expect(CalendarTime(text)?.weekday == weekday)
    }

    @Test(arguments: [
        "2021-02-29", "2021-13-01", "02/03/2024", "2021-1", "2021-01-01T25:00", "2021-01-01T10", "2021-01-01T10:00:0x",
        "12345678", "", "2021-01-01 ",
    ])
    func `what is no date is refused`(text: String) {
        #expect(CalendarTime(text) == nil)
    }

    private func read(_ text: String, types: [String: ColumnType] = [:]) throws -> Table {
        try Table(reading: CSV.decode(Array(text.utf8), name: "people.csv"), types: types)
    }
}
