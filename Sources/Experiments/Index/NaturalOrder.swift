internal import Foundation

/// The order in which people expect names: "run-9" before "run-10".
enum NaturalOrder {
    /// Compares pieces: numbers by their value, all else by its bytes.
    static func compare(_ first: String, _ second: String) -> ComparisonResult {
        var (a, b) = (Array(first.utf8)[...], Array(second.utf8)[...])
        while let x = a.first, let y = b.first {
            if isDigit(x) && isDigit(y) {
                let (m, n) = (takeNumber(&a), takeNumber(&b))
                if m.count != n.count { return m.count < n.count ? .orderedAscending : .orderedDescending }
                if let (p, q) = zip(m, n).first(where: { $0 != $1 }) {
                    return p < q ? .orderedAscending : .orderedDescending
                }
            } else {
                if x != y { return x < y ? .orderedAscending : .orderedDescending }
                a.removeFirst()
                b.removeFirst()
            }
        }
        if a.isEmpty && b.isEmpty {
            // Equal but for leading zeros: the texts decide, so that different names are never equal.
            return first == second ? .orderedSame : first < second ? .orderedAscending : .orderedDescending
        }
        return a.isEmpty ? .orderedAscending : .orderedDescending
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// The digits that the text begins with, without leading zeros.
    private static func takeNumber(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = text.prefix(while: isDigit)
        text = text[digits.endIndex...]
        return digits.drop { $0 == UInt8(ascii: "0") }
    }
}
