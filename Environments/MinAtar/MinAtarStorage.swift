import Simulation

/// As many elements as there are lanes or rows, in place: a list on the heap would be checked for sharing at each write.
public struct Lanes<Element: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
    private var elements: InlineArray<10, Element>
    /// 8 lanes or 10 rows.
    public let count: Int

    init(repeating element: Element, count: Int) {
        precondition((1...10).contains(count), "\(count) lanes; there can be 1 to 10")
        elements = InlineArray(repeating: element)
        self.count = count
    }

    subscript(index: Int) -> Element {
        @inline(__always) get { elements[index] }
        @inline(__always) set { elements[index] = newValue }
    }

    func allSatisfy(_ condition: (Element) -> Bool) -> Bool {
        for index in 0..<count where !condition(elements[index]) { return false }
        return true
    }

    func map<Result>(_ transform: (Element) -> Result) -> [Result] { (0..<count).map { transform(elements[$0]) } }

    public static func == (a: Self, b: Self) -> Bool {
        guard a.count == b.count else { return false }
        for index in 0..<a.count where a[index] != b[index] { return false }
        return true
    }

    public init(from decoder: any Decoder) throws {
        let list = try [Element](from: decoder)
        guard let first = list.first, list.count <= 10 else {
            throw EnvironmentError("\(list.count) lanes of a game; there can be 1 to 10")
        }
        self.init(repeating: first, count: list.count)
        for index in list.indices { elements[index] = list[index] }
    }

    public func encode(to encoder: any Encoder) throws { try map { $0 }.encode(to: encoder) }
}
