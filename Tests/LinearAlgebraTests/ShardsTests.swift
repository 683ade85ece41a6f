import LinearAlgebra
import Testing

@Suite struct ShardsTests {
    @Test func `there is a shard for each 64 rows, at least 1 and at most 16`() {
        #expect(
            [0, 1, 63, 127, 128, 640, 1023, 1024, 60_000].map { Shards.count(rows: $0) } == [
                1, 1, 1, 1, 2, 10, 15, 16, 16,
            ])
    }

    @Test(arguments: [0, 1, 64, 129, 1000, 60_000])
    func `shards cover the rows in order and differ by one row at most`(rows: Int) {
        let count = Shards.count(rows: rows)
        let ranges = (0..<count).map { Shards.range($0, of: count, rows: rows) }
        #expect(ranges.flatMap { Array($0) } == Array(0..<rows))
        #expect(ranges.map(\.count).max()! - ranges.map(\.count).min()! <= 1)
    }
}
