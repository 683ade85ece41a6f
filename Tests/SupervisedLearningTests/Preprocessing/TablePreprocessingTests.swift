import Datasets
import FileFormats
import Foundation
import LinearAlgebra
import SupervisedLearning
import Testing

struct TablePreprocessingTests {
    @Test(arguments: [Imputation.mean, .median], ColumnScale.allCases)
    func `numbers are filled in and scaled as scikit-learn does`(imputation: Imputation, scale: ColumnScale) throws {
        let values = try ScikitLearnValues.read()
        var options = TablePreprocessing.Options()
        options.imputation = imputation
        options.scale = scale
        let table = Table(columns: [Column(name: "x", values: .numbers(values.numbers))])
        let change = try TablePreprocessing(fitting: table, rows: table.allRows, options: options)
        let features = try change(table)
        let golden = try #require(values.columns["\(imputation) \(scale.rawValue)"])
        for (row, expected) in golden.enumerated() {
            #expect(abs(features[row, 0] - expected) < 1e-6)
            #expect(features[row, 1] == (values.numbers[row] == nil ? 1 : 0))
        }
        #expect(change.featureNames == ["x", "x missing"])
    }

    /// Rows 0 … 3 are for training.
    private let table = Table(columns: [
        Column(name: "colour", values: .categories(codes: [0, 2, 0, nil, 1], names: ["blue", "green", "red"])),
        Column(name: "smoker", values: .categories(codes: [0, 1, 1, 0, 0], names: ["no", "yes"])),
        Column(
            name: "born",
            values: .dates(
                ["2000-01-03", "2000-01-04", "2001-01-03", "2000-01-03", "2020-02-02"].map { CalendarTime($0) })),
        Column(name: "same", values: .numbers([2, 2, 2, 2, 3])),
    ])

    @Test func `categories become 0 and 1, dates their parts, and what training rows share is left out`() throws {
        var options = TablePreprocessing.Options()
        options.scale = .none
        let change = try TablePreprocessing(fitting: table, rows: [0, 1, 2, 3], options: options)
        #expect(
            change.featureNames == [
                "colour=blue", "colour=red", "colour missing", "smoker=yes", "born year", "born day", "born weekday",
            ])
        #expect(change.notes == ["\"same\" is left out: it is the same in all rows for training"])
        let features = try change(table)
        #expect(features.row(0) == [1, 0, 0, 0, 2000, 3, 0])
        #expect(features.row(1) == [0, 1, 0, 1, 2000, 4, 1])
        #expect(features.row(3) == [0, 0, 1, 0, 2000, 3, 0])
        #expect(features.row(4) == [0, 0, 0, 0, 2020, 2, 6], "green is known from other rows, but has no feature")
    }

    @Test func `nothing but the training rows is measured`() throws {
        let numbers = Table(columns: [Column(name: "x", values: .numbers([1, 3, 1000, nil]))])
        let features = try TablePreprocessing(fitting: numbers, rows: [0, 1])(numbers)
        #expect(features.columnCount == 1)
        #expect(features.array == [-1, 1, 998, 0])
    }

    @Test func `rare categories share a feature, and unknown ones get it`() throws {
        var options = TablePreprocessing.Options()
        options.rareBelow = 2
        let letters = try read("letter,n\na,1\na,2\nb,3\nb,4\nc,5\nd,6\n")
        let change = try TablePreprocessing(fitting: letters, rows: letters.allRows, options: options)
        #expect(change.featureNames == ["letter=a", "letter=b", "letter other", "n"])
        let later = try read("letter,n\nc,1\nzebra,1\na,1\n", schema: change.schema)
        let features = try change(later)
        #expect((0..<3).map { Array(features.row($0).prefix(3)) } == [[0, 0, 1], [0, 0, 1], [1, 0, 0]])
    }

    @Test func `an unknown category is refused by schema and by preprocessing, with its place`() throws {
        let letters = try read("letter,n\na,1\nb,2\na,3\n")
        let change = try TablePreprocessing(fitting: letters, rows: letters.allRows)
        let text = "n,letter\n1,a\n2,c\n"
        let problem = "t.csv, line 3, field 2: \"c\" is no known category of the column \"letter\""
        #expect(error { _ = try read(text, schema: change.schema) }.hasPrefix(problem))
        #expect(error { _ = try change(read(text)) }.hasPrefix(problem))
        #expect(
            error { _ = try change(read("letter\na\n")) }
                == "t.csv, \"n\": the column is missing; the columns are letter")
        #expect(
            error { _ = try change(read("letter,n\na,x\nb,y\n")) }.contains("read as category, but was another type"))
    }

    @Test func `many categories and words are hashed, the same text to the same place`() throws {
        var options = TablePreprocessing.Options()
        options.mostCategories = 3
        options.hashedWidth = 8
        options.textWidth = 16
        let rows = (0..<20).map { "c\($0 % 5),some words of the text \($0),\($0)\n" }
        let text = try read("code,note,n\n" + rows.joined())
        #expect(text.columns.map(\.type) == [.category, .text, .number])
        let change = try TablePreprocessing(fitting: text, rows: text.allRows, options: options)
        #expect(change.featureNames.count == 8 + 16 + 1 && change.featureNames[8] == "note #0")
        let features = try change(text)
        for row in 0..<20 {
            let code = features.row(row)[0..<8]
            #expect(code.map(abs).reduce(0, +) == 1)
            #expect(code == features.row(row % 5)[0..<8])
            let note = features.row(row)[8..<24]
            #expect(abs(note.map { $0 * $0 }.reduce(0, +) - 1) < 1e-5)
        }
        let later = try read("code,note,n\nnew,,1\nc1,\"words, text\",2\n", schema: change.schema)
        #expect(try change(later).row(1)[0..<8] == features.row(1)[0..<8])
        options.textWidth = 0
        let without = try TablePreprocessing(fitting: text, rows: text.allRows, options: options)
        #expect(without.notes.contains("\"note\" is left out: it holds texts") && without.featureNames.count == 9)
    }

    @Test func `extreme numbers keep their differences`() throws {
        let tiny = Table(columns: [
            Column(name: "a", values: .numbers([1e-200, 2e-200, 3e-200])),
            Column(name: "b", values: .numbers([1e100, 0, -1e100])),
            Column(name: "c", values: .numbers([1e9, 1e9 + 0.5, 1e9 + 1])),
        ])
        let features = try TablePreprocessing(fitting: tiny, rows: [0, 1, 2])(tiny)
        let one = Float((1.5).squareRoot())
        for (row, expected) in [[-one, one, -one], [0, 0, 0], [one, -one, one]].enumerated() {
            for column in 0..<3 { #expect(abs(features[row, column] - expected[column]) < 1e-5) }
        }
    }

    @Test func `the smallest numbers stay finite`() throws {
        let numbers = [0, Double.leastNonzeroMagnitude, 0, 0]
        for scale in ColumnScale.allCases {
            var options = TablePreprocessing.Options()
            options.scale = scale
            let table = Table(columns: [Column(name: "x", values: .numbers(numbers))])
            let features = try TablePreprocessing(fitting: table, rows: table.allRows, options: options)(table)
            #expect(features.array.allSatisfy { $0.isFinite })
        }
    }

    @Test func `a table of identifiers only, and options out of range, are refused`() throws {
        let ids = try read("id\n" + (0..<12).map { "n\($0)\n" }.joined())
        #expect(
            error { _ = try TablePreprocessing(fitting: ids, rows: [0, 1]) }.hasPrefix(
                "no column of t.csv is a feature"))
        var options = TablePreprocessing.Options()
        options.rareBelow = 0
        #expect(
            error { _ = try TablePreprocessing(fitting: table, rows: [0, 1], options: options) }
                == "rareBelow is 0; it must be at least 1")
    }

    private func read(_ text: String, schema: TableSchema? = nil) throws -> Table {
        let csv = try CSV.decode(Array(text.utf8), name: "t.csv")
        return try schema.map { try Table(reading: csv, schema: $0) } ?? Table(reading: csv)
    }

    private func error(_ body: () throws -> Void) -> String {
        do { try body() } catch { return "\(error)" }
        return "no error"
    }
}

extension Table {
    fileprivate var allRows: [Int] { Array(0..<rowCount) }
}
