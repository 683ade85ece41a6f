import Datasets
import FileFormats
import LinearAlgebra
import Testing

struct TableDatasetTests {
    private static let flowers = """
        length,colour,species,width
        5.1,blue,setosa,3.5
        4.9,white,virginica,-3
        6.5,blue,setosa,1e1

        """

    @Test func `a column called species becomes labels, text becomes columns of 0 and 1`() throws {
        let set = try read(Self.flowers)
        #expect(set.name == "flowers")
        #expect(set.columnNames == ["length", "colour=blue", "colour=white", "width"])
        #expect(
            set.training.features
                == .floats(Matrix(rows: 3, columns: 4, [5.1, 1, 0, 3.5, 4.9, 0, 1, -3, 6.5, 1, 0, 10])))
        #expect(set.training.labels == [0, 1, 0] && set.classNames == ["setosa", "virginica"])
        #expect(set.training.targets == nil && set.targetName == "species")
        #expect(set.test == nil && set.valueRange == nil)
    }

    @Test func `a named target wins, and numbers with fractions are targets to predict`() throws {
        let set = try read(Self.flowers, target: .named("width"))
        #expect(set.training.targets == [3.5, -3, 10] && set.targetName == "width")
        let length = try read(Self.flowers, target: .named("length"))
        #expect(length.training.targets == [5.1, 4.9, 6.5] && length.training.labels == nil)
        #expect(length.columnNames == ["colour=blue", "colour=white", "species=setosa", "species=virginica", "width"])
        #expect(try read(Self.flowers, target: .absent).columnNames.count == 6)
    }

    @Test func `whole numbers of few values are classes in rising order`() throws {
        let set = try read("a,b\n0.5,10\n1.5,2\n2.5,10\n")
        #expect(set.training.labels == [1, 0, 1] && set.classNames == ["2", "10"] && set.targetName == "b")
        let many = try read("a,b\n" + (0..<21).map { "0,\($0)\n" }.joined())
        #expect(many.training.labels == nil && many.training.targets?.count == 21)
        let ids = try read("label,b\n" + (0..<21).map { "\($0),0\n" }.joined())
        #expect(ids.classNames?.count == 21)
    }

    @Test func `a last column of numbers stays a feature for clustering, a last column of text does not`() throws {
        #expect(try read("a,b\n1,2\n3,4\n", target: .marked).targetName == nil)
        #expect(try read("a,b\n1,x\n3,y\n", target: .marked).targetName == "b")
        #expect(try read("1\n2\n", target: .marked).training.features.columnCount == 1)
    }

    @Test func `a compressed table and one in the user's folder are found by name`() throws {
        try withTemporaryFolder { folder in
            try writeFile(Gzip.compress(Array(Self.flowers.utf8)), to: folder + "/garden.csv.gz")
            #expect(try Dataset.named(folder + "/garden.csv.gz").name == "garden")
            #expect(try Dataset.named("garden", userFolder: folder).training.rowCount == 3)
            #expect(Dataset.sources(userFolder: folder).map(\.name).last == "garden")
        }
    }

    @Test(arguments: [
        ("a,b\n1,2\n,4\n", TargetColumn.automatic, "t.csv, line 3, field 1: a number is missing"),
        ("a,b\n1,2\nnan,4\n", .automatic, "t.csv, line 3, field 1: nan in the column \"a\""),
        ("a,b\nx,2\n,4\n", .automatic, "t.csv, line 3, field 1: the column \"a\" has no value here"),
        ("length,b\n1,2\n", .named("lenght"), "there is no column \"lenght\"; is \"length\" meant?"),
        ("a,b\n1,2\n", .named("zzz"), "there is no column \"zzz\"; the columns are a, b"),
        ("label\n1\n2\n", .automatic, "nothing to learn it from"),
        ("a,b\n1,2\n1e16,4\n", .automatic, "t.csv, line 3, field 1: 1e+16 in the column \"a\" is beyond 1e15; scale"),
        ("a,b\n1000000000,2\n1000000000.5,4\n", .automatic, "tell apart; subtract 1000000000.0 from the column"),
        ("a,b\n1e-310,2\n2e-310,4\n", .automatic, "32-bit numbers hardly tell apart; scale the column"),
    ])
    func `a table that cannot be learned from is refused with the place`(
        text: String, target: TargetColumn, problem: String
    ) {
        #expect(message { _ = try read(text, file: "t.csv", target: target) }.contains(problem))
    }

    @Test func `seconds since 1970, an hour apart for months, are fine`() throws {
        let text = "time,b\n" + (0..<3000).map { "\(1_700_000_000 + 3600 * $0),1.5\n" }.joined()
        #expect(try read(text).training.features.rowCount == 3000)
        #expect(try read("a,b\n5,1.5\n5,2.5\n").training.features.rowCount == 2, "a constant column loses nothing")
        let numbered = try read("a,label\n1.5,90000001\n2.5,90000002\n")
        #expect(numbered.classNames == ["90000001", "90000002"], "classes are no 32-bit numbers")
    }

    @Test func `a column of names is refused, a slip in a numeric column is found`() {
        let names = "a,b\n" + (0..<101).map { "name \($0),1\n" }.joined()
        #expect(message { _ = try read(names) }.contains("line 2, field 1: the column \"a\" has 101 different texts"))
        let slip =
            "a,b\n" + (0..<200).map { $0 == 150 ? "15x,1\n" : "\($0),1\n" }.joined()
        #expect(message { _ = try read(slip) }.contains("line 152, field 1: \"15x\" is not a number"))
    }

    private func read(
        _ text: String, file: String = "flowers.csv", target: TargetColumn = .automatic
    ) throws -> Dataset {
        var set: Dataset?
        try withTemporaryFolder { folder in
            try writeFile(Array(text.utf8), to: folder + "/" + file)
            set = try Dataset(table: folder + "/" + file, target: target)
        }
        return try #require(set)
    }
}
