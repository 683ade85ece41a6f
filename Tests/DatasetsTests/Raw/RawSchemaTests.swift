import Datasets
import FileFormats
import Foundation
import Testing

struct RawSchemaTests {
    @Test func `features of another file are read as those of the first`() throws {
        try withTemporaryFolder { folder in
            func write(_ name: String, _ text: String) throws -> String {
                try writeFile(Array(text.utf8), to: folder + "/" + name)
                return folder + "/" + name
            }
            let old = try write("old.csv", "code,n,class\n1,1.5,x\nb,2,y\n")
            let table = try RawDataset.load(old)
            let saved = try JSONDecoder().decode(RawSchema.self, from: JSONEncoder().encode(table.schema))
            #expect(saved == table.schema)
            // By itself the column would be one of numbers.
            let new = try write("new.csv", "n,code\n3,1\n")
            guard case .table(let columns) = try RawFeatures(path: new, schema: saved) else {
                Issue.record("features of another kind")
                return
            }
            #expect(columns.columnNames == ["code", "n"])
            #expect(columns.column("code")?.values == .categories(codes: [0], names: ["1", "b"]))

            let reviews = try write(
                "reviews.csv", "text,class\n" + (0..<12).map { "this is text \($0),\($0 % 2)\n" }.joined())
            let texts = try RawDataset.load(reviews).schema
            #expect(texts == .texts(column: "text"))
            let more = try write("more.csv", "id,text\n1,short\n2,\n")
            guard case .texts(let read) = try RawFeatures(path: more, schema: texts) else {
                Issue.record("features of another kind")
                return
            }
            #expect(read == ["short", ""])
            let lines = try write("lines.txt", "one\r\ntwo, three\n")
            guard case .texts(let plain) = try RawFeatures(path: lines, schema: texts) else {
                Issue.record("features of another kind")
                return
            }
            #expect(plain == ["one", "two, three"])

            let stars = try write("stars.csv", "rating,movie,user\n3,m,u\n4,n,u\n")
            let ratings = try RawDataset.load(stars, options: .init(layout: .ratings)).schema
            #expect(ratings == .ratings(user: "user", item: "movie"))
            let pairs = try write("pairs.csv", "user,movie\nv,7\n")
            guard case .ratings(let users, let items) = try RawFeatures(path: pairs, schema: ratings) else {
                Issue.record("features of another kind")
                return
            }
            #expect(users == ["v"] && items == ["7"])
            #expect(
                message { _ = try RawFeatures(path: more, schema: ratings) }.contains("\"user\", \"movie\" are missing")
            )
            #expect(
                message { _ = try RawFeatures(path: write("x.csv", "user,movie\n,7\n"), schema: ratings) }
                    .contains("line 2, field 1: the column \"user\" has no value here"))
        }
    }

    @Test func `a dataset's name serves as well as a path`() throws {
        let iris = try RawDataset.load("iris", userFolder: nil)
        let features = try RawFeatures(path: "iris", schema: iris.schema, userFolder: nil)
        #expect(features.rowCount == 150 && features.kind == "a table")
        #expect(try RawFeatures(path: "digits", schema: .matrix, userFolder: nil).kind == "images")
    }
}
