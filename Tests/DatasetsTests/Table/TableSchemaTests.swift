import Datasets
import FileFormats
import Foundation
import Testing

struct TableSchemaTests {
    private let schema = TableSchema(columns: [
        .init(name: "height", type: .number), .init(name: "colour", type: .category, categories: ["blue", "red"]),
        .init(name: "smoker", type: .category, categories: ["no", "yes"]), .init(name: "born", type: .date),
    ])

    @Test func `columns are found by name, in the schema's order, and others passed over`() throws {
        let table = try read("born,extra,smoker,colour,height\n2001-01-01,x,Yes,red,1\n,y,no,,\n")
        #expect(table.columnNames == ["height", "colour", "smoker", "born"])
        #expect(table.column("colour")?.values == .categories(codes: [1, nil], names: ["blue", "red"]))
        #expect(table.column("smoker")?.values == .categories(codes: [1, 0], names: ["no", "yes"]))
        #expect(table.column("height")?.values == .numbers([1, nil]))
        #expect(table.error(row: 0, column: "height", "x").description == "new.csv, line 2, field 5: x")
    }

    @Test(arguments: [
        (
            "colour,smoker,born\nred,no,\n",
            "new.csv: the column \"height\" is missing; the table needs the columns height"
        ),
        ("hieght,colour,smoker,born\n1,red,no,\n", "the column \"height\" is missing; is the column \"hieght\" meant?"),
        ("smoker,born\nno,\n", "new.csv: the columns \"height\", \"colour\" are missing"),
        (
            "height,colour,smoker,born\n1,red,no,\n1,reed,no,\n",
            "new.csv, line 3, field 2: \"reed\" is no known category of the column \"colour\"; is \"red\" meant?"
        ),
        (
            "height,colour,smoker,born\n1,orange,no,\n",
            "line 2, field 2: \"orange\" is no known category of the column \"colour\"; known are blue, red; leave the value"
        ),
        ("height,colour,smoker,born\nx,red,no,\n", "line 2, field 1: \"x\" is not a number, but the column"),
        ("height,colour,smoker,born\n1,red,no,5\n", "line 2, field 4: \"5\" is not a date, but the column"),
    ])
    func `a table that does not fit the schema is refused with the place`(text: String, problem: String) {
        #expect(message { _ = try read(text) }.contains(problem), "\(message { _ = try read(text) })")
    }

    @Test func `unknown categories are taken where the schema says so, behind the known ones`() throws {
        var lenient = schema
        lenient.columns[1].acceptsUnknownCategories = true
        let table = try read("height,colour,smoker,born\n1,green,no,\n2,red,no,\n3,amber,no,\n", lenient)
        #expect(
            table.column("colour")?.values
                == .categories(codes: [3, 1, 2], names: ["blue", "red", "amber", "green"]))
    }

    @Test func `a table's own schema reads it again, and survives JSON`() throws {
        let text = "height,colour,smoker,born\n1,red,no,2001-01-01\n2.5,blue,yes,2001-01-02\n"
        let table = try Table(reading: CSV.decode(Array(text.utf8), name: "old.csv"))
        let saved = try JSONDecoder().decode(TableSchema.self, from: JSONEncoder().encode(table.schema))
        #expect(saved == table.schema)
        #expect(try read(text, saved).columns.map(\.values) == table.columns.map(\.values))
    }

    private func read(_ text: String, _ schema: TableSchema? = nil) throws -> Table {
        try Table(reading: CSV.decode(Array(text.utf8), name: "new.csv"), schema: schema ?? self.schema)
    }
}
