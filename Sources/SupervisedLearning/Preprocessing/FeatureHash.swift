/// Feature hashing (K. Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009): a text gets one of
/// a fixed number of columns and a sign, so that there may be any number of texts, and new ones later. Texts that meet in
/// a column cancel on average.
struct FeatureHash {
    let width: Int

    /// - Precondition: `width` is positive.
    init(width: Int) {
        precondition(width > 0, "hashing into \(width) columns")
        self.width = width
    }

    func callAsFunction(_ text: String) -> (column: Int, sign: Float) {
        // FNV-1a, 64 bits; its low bits alone are badly mixed, hence the multiplication and the high half.
        let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        let mixed = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return (Int((mixed >> 33) % UInt64(width)), mixed >> 32 & 1 == 0 ? 1 : -1)
    }
}
