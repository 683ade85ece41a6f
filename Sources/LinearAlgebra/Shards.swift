/// How rows are divided for parallel work. The division depends on the number of rows and never on the number of
/// threads, so that sums over shards come out the same, bit for bit, on any machine width.
public enum Shards {
    /// clamp(rows / 64, 1, 16): at least 64 rows each, to be worth a dispatch, and never more than 16.
    public static func count(rows: Int) -> Int {
        min(max(rows / 64, 1), 16)
    }

    /// The rows of shard `index` of `count`: consecutive, and even to within one row.
    public static func range(_ index: Int, of count: Int, rows: Int) -> Range<Int> {
        precondition(index >= 0 && index < count, "shard \(index) is outside of \(count) shards")
        // The first `rows % count` shards hold one row more.
        let (size, larger) = rows.quotientAndRemainder(dividingBy: count)
        let start = index * size + min(index, larger)
        return start..<start + size + (index < larger ? 1 : 0)
    }
}
