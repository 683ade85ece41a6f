import Datasets
import FileFormats
import Foundation
import LinearAlgebra
import Testing

struct DescriptionTests {
    @Test func `numbers are summed up as NumPy does`() throws {
        // numpy.percentile([4, 1, 3, 10], [25, 50, 75]), numpy.std(…, ddof=1)
        let summary = try #require(NumberSummary([4, 1, 3, 10]))
        #expect(summary.minimum == 1 && summary.maximum == 10 && summary.mean == 4.5)
        #expect(summary.lowerQuartile == 2.5 && summary.median == 3.5 && summary.upperQuartile == 5.5)
        #expect(abs(summary.standardDeviation - 3.872983346207417) < 1e-12)
        #expect(NumberSummary([]) == nil && NumberSummary([2])?.standardDeviation == 0)
    }

    @Test func `associations are Pearson's, the correlation ratio and Cramér's V`() throws {
        let x = Column(name: "x", values: .numbers([1, 2, 3, 4, 6, nil]))
        let y = Column(name: "y", values: .numbers([2, 1, 4, 3, 7, 9]))
        let group = Column(name: "g", values: .categories(codes: [0, 0, 1, 1, 2, 2], names: ["a", "b", "c"]))
        // numpy.corrcoef, and the formulas worked through with NumPy.
        #expect(abs(try #require(Association.between(x, y)) - 0.8806955667454325) < 1e-12)
        #expect(abs(try #require(Association.between(x, group)) - 0.965625409997289) < 1e-12)
        #expect(Association.between(group, x) == Association.between(x, group))
        let a = Column(name: "a", values: .categories(codes: (0..<20).map { $0 < 10 ? 0 : 1 }, names: ["n", "y"]))
        let b = Column(
            name: "b", values: .categories(codes: (0..<20).map { $0 < 8 || 10..<13 ~= $0 ? 0 : 1 }, names: ["n", "y"]))
        #expect(abs(try #require(Association.between(a, b)) - 0.502518907629606) < 1e-12)
        #expect(abs(try #require(Association.between(a, a)) - 1) < 1e-12)
        let same = Column(name: "s", values: .numbers([5, 5, 5, 5, 5, 5]))
        #expect(Association.between(same, x) == nil && Association.between(group, same) == nil)
        #expect(Association.between(Column(name: "t", values: .texts(["", "", "", "", "", ""])), x) == nil)
    }

    @Test func `a table is described by columns, balance, repeats and leaks`() throws {
        // "copy" is twice the target's number, "paid" is missing exactly where the class is b.
        var text = "id,size,copy,paid,twin,class\n"
        for row in 0..<40 {
            let isA = row % 4 != 0
            text += "\(row),\(row % 7),\(isA ? 1 : 3),\(isA ? "\(row % 5)" : ""),\(row % 7 * 2),\(isA ? "a" : "b")\n"
        }
        let set = try load(text)
        let description = DatasetDescription(set)
        #expect(description.kind == "a table" && description.rowCount == 40 && description.testRowCount == nil)
        #expect(description.classes == [.init(value: "a", count: 30), .init(value: "b", count: 10)])
        let columns = description.columns
        #expect(columns.map(\.name) == ["id", "size", "copy", "paid", "twin"])
        #expect(columns[3].count == 30 && columns[3].missingCount == 10 && columns[3].distinctCount == 5)
        #expect(columns[1].numbers?.maximum == 6)
        #expect(
            description.leaks.map(\.sentence) == [
                "\"id\" names the rows and is left out.",
                "\"copy\" all but tells \"class\" (association 1.0): leave it out unless it is known before the target is.",
                "whether \"paid\" is missing all but tells \"class\": leave it out unless that is known before the target is.",
            ])
        #expect(description.notes.contains("\"size\" and \"twin\" say the same"))
        #expect(description.targetAssociations.first?.column == "copy")
        #expect(description.associations?.names == ["size", "copy", "paid", "twin", "class"])
        let saved = try JSONDecoder().decode(DatasetDescription.self, from: JSONEncoder().encode(description))
        #expect(saved == description)
    }

    @Test func `a number whose ranges are the classes is a leak, a number that helps is none`() throws {
        var text = "score,luck,class\n"
        for row in 0..<40 { text += "\(row * row),\((row * 17) % 40),\(row < 15 ? "low" : "high")\n" }
        let leaks = DatasetDescription(try load(text)).leaks
        #expect(leaks.map(\.column) == ["score"])
        #expect(leaks[0].sentence.contains("alone tells the classes of \"class\" apart without an error"))
        for name in ["iris", "wine", "breast-cancer", "diabetes"] {
            let description = DatasetDescription(try RawDataset.load(name, userFolder: nil))
            #expect(description.leaks.isEmpty, "\(name): \(description.leaks)")
        }
    }

    @Test func `repeated rows, contradictions, rows of both parts and unbalanced classes are told`() {
        let features = Features.floats(Matrix(rows: 4, columns: 2, [1, 2, 1, 2, 3, 4, 1, 2]))
        let test = Features.floats(Matrix(rows: 2, columns: 2, [3, 4, 5, 6]))
        let set = RawDataset(
            name: "t", training: RawSamples(features: .matrix(features, image: nil), targets: .classes([0, 1, 0, 0])),
            test: RawSamples(features: .matrix(test, image: nil), targets: .classes([0, 1])), classNames: ["p", "q"])
        let description = DatasetDescription(set)
        #expect(description.repeatedRows.count == 2 && description.repeatedRows.conflictCount == 1)
        #expect(description.repeatedRows.testCount == 1)
        #expect(
            description.notes == [
                "\"column 1\" and \"column 2\" say the same",
                "2 of 4 rows repeat an earlier one, 1 of them with another target",
                "1 row of the test part is in the training part too: it tests nothing",
            ])
        let labels = [Int32](repeating: 0, count: 50) + [1]
        let texts = RawDataset(
            name: "t",
            training: RawSamples(features: .texts(labels.indices.map { "n \($0)" }), targets: .classes(labels)),
            classNames: ["p", "q"])
        #expect(DatasetDescription(texts).notes == ["the classes are unbalanced: 50 of \"p\", 1 of \"q\""])
    }

    @Test func `numbers without names are described column by column, too many of them row by row`() {
        let few = Features.floats(Matrix(rows: 4, columns: 2, [1, 9, 2, 8, 3, 7, 4, 1]))
        let labels = RawTargets.classes([0, 0, 1, 1])
        let described = DatasetDescription(
            RawDataset(
                name: "t", training: RawSamples(features: .matrix(few, image: nil), targets: labels),
                classNames: ["p", "q"]))
        #expect(described.columns.map(\.name) == ["column 1", "column 2"])
        #expect(described.columns[1].numbers?.median == 7.5 && described.targetAssociations.first?.column == "column 1")
        #expect(described.associations?.names == ["column 1", "column 2", "target"])
        let many = Features.bytes(Matrix(rows: 2, columns: 2_500_001, repeating: 3))
        let counted = DatasetDescription(
            RawDataset(name: "t", training: RawSamples(features: .matrix(many, image: nil))))
        #expect(counted.columns.map(\.name) == ["mean of the row", "least of the row", "largest of the row"])
    }

    @Test func `associations of all columns are those of each pair, missing values or not`() throws {
        var text = "a,b,c,d,class\n"
        for row in 0..<30 {
            text += "\(row * 7 % 13),\(row * row % 17),\(row % 4 == 1 ? "" : "\(row * 5 % 11)"),"
            text += "\(["x", "y", "z"][row * 3 % 7 % 3]),\(row % 3)\n"
        }
        let set = try load(text)
        guard case .table(let table) = set.training.features else { throw CocoaError(.fileReadUnknown) }
        let associations = try #require(DatasetDescription(set).associations)
        #expect(associations.names == ["a", "b", "c", "d", "class"])
        for (row, first) in table.columns.enumerated() {
            for (column, second) in table.columns.enumerated() where row != column {
                #expect(associations.values[row][column] == Association.between(first, second))
            }
            #expect(associations.values[row][row] == 1)
        }
    }

    @Test func `rows are the same if all their values are, whatever identifies them`() throws {
        // A missing value is none of the others; 1.50 is 1.5; a shifted border between texts makes other rows.
        let text = """
            id,n,when,word,other,class
            10,1.5,2024-03-01,ab,c,p
            11,1.50,2024-03-01,ab,c,q
            12,,2024-03-01,ab,c,p
            13,1.5,2024-03-01,a,bc,p
            14,1.5,2024-03-02,ab,c,q
            15,0,2024-03-02,ab,c,q
            16,-0,2024-03-02,ab,c,q
            17,,2024-03-01,ab,c,p
            18,4,2024-03-01,a,c,q
            19,5,2024-03-01,a,c,p
            """
        let repeated = DatasetDescription(try load(text)).repeatedRows
        #expect(repeated.count == 3 && repeated.conflictCount == 1)
    }

    @Test func `images, texts and ratings are counted`() throws {
        let digits = DatasetDescription(try RawDataset.load("digits", userFolder: nil))
        #expect(digits.kind == "images" && digits.classes.map(\.count).reduce(0, +) == 1797)
        #expect(digits.columns[2].numbers?.maximum == 16)
        #expect(digits.notes == ["3 of 64 pixel values are the same in all rows"])
        let texts = DatasetDescription(
            RawDataset(name: "t", training: RawSamples(features: .texts(["a b", "", "a  b c"]))))
        #expect(texts.columns[0].numbers?.mean == 5.0 / 3 && texts.notes == ["1 text is empty"])
        let ratings = DatasetDescription(
            RawDataset(
                name: "r",
                training: RawSamples(
                    features: .ratings(users: ["u", "u", "v"], items: ["i", "j", "i"]), targets: .numbers([1, 2, 3]))))
        #expect(ratings.notes == ["2 users and 2 items: 75.0 % of the pairs are rated"])
        #expect(ratings.columns[0].numbers?.maximum == 2 && ratings.targetNumbers?.mean == 2)
    }

    private func load(_ text: String) throws -> RawDataset {
        var set: RawDataset?
        try withTemporaryFolder { folder in
            try writeFile(Array(text.utf8), to: folder + "/t.csv")
            set = try RawDataset.load(folder + "/t.csv", userFolder: nil)
        }
        return try #require(set)
    }
}
