/// A text with some of its words set apart, from which pages in HTML and in Markdown are written. Whatever it holds, names
/// and notes of runs too, is escaped there.
struct Prose: ExpressibleByStringInterpolation, Sendable, Equatable {
    enum Piece: Sendable, Equatable {
        case plain(String)
        /// What is typed, or stands in a file.
        case code(String)
        case strong(String)
    }

    var pieces: [Piece]

    /// The words without their marks.
    var text: String {
        pieces.map { piece in
            switch piece {
            case .plain(let text), .code(let text), .strong(let text): text
            }
        }
        .joined()
    }

    var isEmpty: Bool { text.isEmpty }

    init(_ text: String) { pieces = [.plain(text)] }
    init(stringLiteral text: String) { self.init(text) }
    init(stringInterpolation interpolation: StringInterpolation) { pieces = interpolation.pieces }

    struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { pieces.append(.plain(literal)) } }
        mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            pieces.append(.plain(value.description))
        }
        mutating func appendInterpolation(code text: String) { pieces.append(.code(text)) }
        mutating func appendInterpolation(strong text: String) { pieces.append(.strong(text)) }
        mutating func appendInterpolation(_ prose: Prose) { pieces += prose.pieces }
    }
}
