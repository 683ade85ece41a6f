import Datasets
import FileFormats
import LinearAlgebra
import Testing

struct RawTableTests {
    private static let flowers = """
        name,length,colour,species
        ann,5.1,blue,setosa
        ben,4.9,white,virginica
        cat,,blue,setosa

        """

    @Test func `a table becomes typed columns and classes`() throws {
        let set = try load(Self.flowers)
        #expect(set.name == "t" && set.targetName == "species" && set.classNames == ["setosa", "virginica"])
        #expect(set.training.targets == .classes([0, 1, 0]) && set.test == nil)
        guard case .table(let table) = set.training.features else {
            Issue.record("\(set.training.features.kind) instead of a table")
            return
        }
        #expect(table.columnNames == ["name", "length", "colour"])
        #expect(table.column("length")?.values == .numbers([5.1, 4.9, nil]))
        let chosen = set.training.rows([2, 1])
        #expect(chosen.targets == .classes([0, 1]) && chosen.rowCount == 2)
    }

    @Test func `the task decides between numbers and classes where the values allow both`() throws {
        let text = "a,b\n1.5,1\n2.5,2\n3.5,1\n"
        #expect(try load(text).training.targets == .classes([0, 1, 0]))
        #expect(try load(text, .init(task: .regression)).training.targets == .numbers([1, 2, 1]))
        #expect(try load(text, .init(target: .absent)).training.targets == nil)
        let many = "a,b\n" + (0..<60).map { "\($0 % 7),\($0 % 25)\n" }.joined()
        #expect(try load(many).classNames == nil)
        #expect(try load(many, .init(task: .classification)).classNames?.count == 25)
    }

    @Test func `classes of an earlier model keep their order, and others are refused`() throws {
        let options = RawDataset.Options(classNames: ["virginica", "setosa"])
        #expect(try load(Self.flowers, options).training.targets == .classes([1, 0, 1]))
        let text = message { _ = try load(Self.flowers, .init(classNames: ["virginica", "setoza"])) }
        #expect(
            text.hasSuffix(
                "t.csv, line 2, field 4: \"setosa\" is none of the classes virginica, setoza; is \"setoza\" meant?"))
    }

    @Test func `a table whose only feature is free text becomes texts`() throws {
        let text = "id,review,label\n" + (0..<12).map { "\($0),this is film number \($0),\($0 % 2)\n" }.joined()
        let set = try load(text)
        guard case .texts(let texts) = set.training.features else {
            Issue.record("\(set.training.features.kind) instead of texts")
            return
        }
        #expect(texts[3] == "this is film number 3" && set.classNames == ["0", "1"])
        #expect(
            set.notes == [
                "the column \"id\" is no feature (identifier: all 12 whole numbers differ, left out)",
                "\"label\" is to be learned: 2 classes", "the column \"review\" is taken as texts",
            ])
        let table = try load(text, .init(layout: .table))
        #expect(table.training.features.kind == "a table")
    }

    @Test func `a table of users, items and ratings becomes pairs when that is asked for`() throws {
        let text = "when,user_id,movie,rating\n1,7,b,3\n2,8,a,4.5\n"
        let set = try load(text, .init(layout: .ratings))
        guard case .ratings(let users, let items) = set.training.features else {
            Issue.record("\(set.training.features.kind) instead of ratings")
            return
        }
        #expect(users == ["7", "8"] && items == ["b", "a"] && set.training.targets == .numbers([3, 4.5]))
        let unnamed = try load("u,i,r\nx,y,1\nx,z,2\n", .init(layout: .ratings))
        #expect(unnamed.training.targets == .numbers([1, 2]) && unnamed.targetName == "r")
        #expect(
            message { _ = try load("user,item\na,b\n", .init(layout: .ratings)) }
                .contains("ratings need a user, an item and a rating, but the table has the columns user, item"))
        #expect(try load("user,item\na,b\n", .init(target: .absent, layout: .ratings)).training.rowCount == 1)
    }

    @Test(arguments: [
        (
            "a,b\n1,x\n2,\n", RawDataset.Options(),
            "line 3, field 2: the target \"b\" is missing here; fill it in or leave"
        ),
        (
            "a,b\n1,x\n2,x\n", .init(),
            "\"b\": the target \"b\" has one class only, \"x\"; there is nothing to tell apart"
        ),
        ("a,b\n1,1.5\n2,1.5\n", .init(), "\"b\": the target \"b\" is 1.5 everywhere"),
        ("a,b\n1,2\n2,3\n", .init(target: .named("c")), "there is no column \"c\""),
        ("a,b\n1,x\n2,y\n", .init(task: .regression), "the target \"b\" holds texts, which are no numbers"),
        ("a,b\n1,2\n1,3\n", .init(), "no column is a feature (a: number: the same value everywhere; left out)"),
        (
            "a,b\n" + (0..<12).map { "\($0),n\($0)\n" }.joined(), .init(),
            "the target \"b\" has 12 different values in 12 rows; classes need several samples each"
        ),
        (
            "a,b\n" + (0..<12).map { $0 == 7 ? "7,x\n" : "\($0),\($0)\n" }.joined(), .init(),
            "line 9, field 2: \"x\" is not a number"
        ),
        ("a,b\n1,inf\n2,1\n", .init(task: .regression), "inf as the target"),
    ])
    func `a table that nothing can be learned from is refused`(
        text: String, options: RawDataset.Options, problem: String
    ) {
        #expect(message { _ = try load(text, options) }.contains(problem), "\(message { _ = try load(text, options) })")
    }

    private func load(_ text: String, _ options: RawDataset.Options = .init()) throws -> RawDataset {
        var set: RawDataset?
        try withTemporaryFolder { folder in
            try writeFile(Array(text.utf8), to: folder + "/t.csv")
            set = try RawDataset.load(folder + "/t.csv", options: options, userFolder: nil)
        }
        return try #require(set)
    }
}
