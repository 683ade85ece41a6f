import Datasets
import FileFormats
import Testing

struct HostileTableTests {
    private static let text = """
        id,size,colour,born,note,rating
        1,1.5,red,1990-05-17,it was a long day,1
        2,NA,blue,2000-02-29T10:20,"so, it ""rained"" all day",2
        3,-3e5,red,,nobody came to see us,1

        """

    @Test func `whatever byte a table has in whatever place, reading and describing it ends in a value or an error`()
        throws
    {
        let original = Array(Self.text.utf8)
        var readable = 0
        for index in original.indices {
            for byte: UInt8 in [0, 9, 10, 13, 34, 44, 45, 46, 48, 57, 63, 101, 128, 255] {
                var changed = original
                changed[index] = byte
                guard let csv = try? CSV.decode(changed, name: "t.csv"), let table = try? Table(reading: csv) else {
                    continue
                }
                readable += 1
                _ = try? Table(reading: csv, schema: table.schema)
                try withTable(changed) { path in
                    for options in [RawDataset.Options(), .init(task: .regression), .init(layout: .ratings)] {
                        guard let set = try? RawDataset.load(path, options: options, userFolder: nil) else { continue }
                        _ = DatasetDescription(set)
                    }
                }
            }
        }
        #expect(readable > 1000)
    }

    @Test func `numbers at the edge of what can be computed are described or refused`() throws {
        for number in [
            "1e308", "-1e308", "1e100", "5e-324", "-0", "9007199254740993", "1e39",
            "340282350000000000000000000000000000000",
        ] {
            let text = "a,b,c\n\(number),1,x\n0,\(number),y\n-1,0.5,x\n"
            try withTable(Array(text.utf8)) { path in
                for target in ["b", "c"] {
                    let options = RawDataset.Options(target: .named(target))
                    if let set = try? RawDataset.load(path, options: options, userFolder: nil) {
                        _ = DatasetDescription(set)
                    }
                }
            }
        }
    }

    private func withTable(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        try withTemporaryFolder { folder in
            try writeFile(bytes, to: folder + "/t.csv")
            try body(folder + "/t.csv")
        }
    }
}
