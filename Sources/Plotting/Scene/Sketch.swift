import Foundation

/// A drawing of things in their own units, x to the right and y upwards: what a task looks like at a moment. It is
/// fitted into the room that a figure has for it, without distortion.
public struct Sketch: Sendable, Equatable, Codable {
    /// What a shape stands for. Its colour follows from that, so that all tasks look alike.
    public enum Role: String, Sendable, Equatable, Codable {
        /// What carries everything and never moves.
        case ground
        /// A border that must not be crossed.
        case limit
        /// Where the task wants things to be.
        case goal
        /// The heavy part.
        case body
        /// What is fastened to it.
        case limb
        /// Where two parts turn about each other.
        case joint
        /// What the agent does.
        case action
        /// Frozen or liquid water.
        case ice, water
        /// What ends or costs much.
        case danger
        /// What pays.
        case treasure
        /// The pieces of the one who begins, and of the other.
        case first, second
        /// What pieces, tiles and cards lie on.
        case board
        /// The face of a card, an empty hole of a board.
        case face
        /// Letters on coloured ground.
        case lettering
        /// Kinds of things on a dark board, apart for colour-blind readers.
        case kind0, kind1, kind2, kind3, kind4, kind5, kind6, kind7, kind8, kind9

        /// The kind of number `index`; beyond the last they begin again.
        public static func kind(_ index: Int) -> Role {
            let kinds: [Role] = [.kind0, .kind1, .kind2, .kind3, .kind4, .kind5, .kind6, .kind7, .kind8, .kind9]
            return kinds[index % kinds.count]
        }
    }

    /// One shape; lengths are in the sketch's units.
    public enum Shape: Sendable, Equatable, Codable {
        case line([Place], width: Double, Role)
        case polygon([Place], Role)
        case disc(center: Place, radius: Double, Role)
        /// A line with a head at its end.
        case arrow([Place], Role)
        /// Letters whose capitals are so high, about a place.
        case text(String, at: Place, height: Double, Role)
    }

    /// A place in the sketch's units.
    public struct Place: Sendable, Equatable, Codable {
        public var x: Double
        public var y: Double

        public init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// What is shown, in the sketch's units.
    public var x: ClosedRange<Double>
    public var y: ClosedRange<Double>
    /// Later shapes cover earlier ones.
    public var shapes: [Shape]

    /// - Precondition: both ranges have an extent.
    public init(x: ClosedRange<Double>, y: ClosedRange<Double>, shapes: [Shape]) {
        precondition(
            x.upperBound > x.lowerBound && y.upperBound > y.lowerBound, "a sketch of \(x) × \(y) has no extent")
        self.x = x
        self.y = y
        self.shapes = shapes
    }

    /// Width over height.
    public var aspectRatio: Double { (x.upperBound - x.lowerBound) / (y.upperBound - y.lowerBound) }

    /// The sketch as a picture of `width` points. What lies outside of the ranges is outside of the picture.
    public func scene(width: Double) -> Scene {
        let view = View(self, width: width)
        return Scene(size: view.area.size, commands: shapes.flatMap { view.commands(for: $0) })
    }
}

/// The mapping of a sketch's units onto points.
private struct View {
    /// The head of an arrow in points, unless the arrow is shorter.
    private static let headLength = 5.0
    /// Thinner lines are not seen.
    private static let thinnest = 0.75

    let area: Rectangle
    private let sketch: Sketch
    private let pointsPerUnit: Double

    init(_ sketch: Sketch, width: Double) {
        self.sketch = sketch
        pointsPerUnit = width / (sketch.x.upperBound - sketch.x.lowerBound)
        area = Rectangle(left: 0, top: 0, width: width, height: width / sketch.aspectRatio)
    }

    private func point(_ place: Sketch.Place) -> Point {
        Point(
            x: area.left + (place.x - sketch.x.lowerBound) * pointsPerUnit,
            y: area.bottom - (place.y - sketch.y.lowerBound) * pointsPerUnit)
    }

    func commands(for shape: Sketch.Shape) -> [DrawingCommand] {
        switch shape {
        case .line(let places, let width, let role):
            let stroke = Stroke(color(role), width: max(width * pointsPerUnit, Self.thinnest))
            return [.polyline(places.map { point($0) }, stroke)]
        case .polygon(let places, let role): return [.polygon(places.map { point($0) }, fill: color(role))]
        case .disc(let center, let radius, let role):
            let middle = point(center)
            let corners = (0..<48).map { corner in
                let angle = Double(corner) * 2 * Double.pi / 48
                return middle.moved(radius * pointsPerUnit * cos(angle), radius * pointsPerUnit * sin(angle))
            }
            return [.polygon(corners, fill: color(role))]
        case .arrow(let places, let role): return arrow(places.map { point($0) }, color(role))
        case .text(let string, let place, let height, let role):
            let font = Font(size: height * pointsPerUnit / 0.729, isBold: true)
            return [
                .text(
                    TextMeasure().line(string, font, color(role), at: point(place), .center, .middle))
            ]
        }
    }

    private func arrow(_ points: [Point], _ color: Color) -> [DrawingCommand] {
        guard let tip = points.last, let start = points.first, points.count >= 2 else { return [] }
        let length = zip(points, points.dropFirst()).reduce(0) { $0 + hypot($1.1.x - $1.0.x, $1.1.y - $1.0.y) }
        guard length > 0 else { return [] }
        let head = min(Self.headLength, 0.7 * length)
        // The head covers the end of the line, and points the way that the line has come over its length.
        let shaft = points.filter { hypot($0.x - tip.x, $0.y - tip.y) >= head }
        let neck = shaft.last ?? start
        let distance = max(hypot(tip.x - neck.x, tip.y - neck.y), 1e-9)
        let (dx, dy) = ((tip.x - neck.x) / distance, (tip.y - neck.y) / distance)
        let base = tip.moved(-dx * head, -dy * head)
        let half = 0.45 * head
        return [
            .polyline((shaft.isEmpty ? [start] : shaft) + [base], Stroke(color, width: 1.4)),
            .polygon(
                [tip, base.moved(-dy * half, dx * half), base.moved(dy * half, -dx * half)], fill: color),
        ]
    }

    private func color(_ role: Sketch.Role) -> Color {
        switch role {
        case .ground: Ink.axis
        case .limit: Ink.reference
        case .goal: Ink.grid
        case .body: Ink.text
        case .limb: Palette.colors[3]
        case .joint: Ink.headline
        case .action: Palette.colors[0]
        case .ice: Color(hex: 0xDCEBF5, onDark: 0x24465E)
        case .water: Color(hex: 0x6FA8CF, onDark: 0x0D2436)
        case .danger: Palette.colors[1]
        case .treasure: Palette.colors[2]
        case .first: Color(hex: 0xD94F3D, onDark: 0xE8695A)
        case .second: Color(hex: 0xF2C14E, onDark: 0xF2C14E)
        case .board: Color(hex: 0x1D2B3A, onDark: 0x0B1118)
        case .face: Color(hex: 0xF7F9FB, onDark: 0xE4E9EE)
        case .lettering: Color(hex: 0x1B2733, onDark: 0x1B2733)
        case .kind0: Color(hex: 0x4BA3E3, onDark: 0x4BA3E3)
        case .kind1: Color(hex: 0xF28E2B, onDark: 0xF28E2B)
        case .kind2: Color(hex: 0x59C59A, onDark: 0x59C59A)
        case .kind3: Color(hex: 0xF2C94C, onDark: 0xF2C94C)
        case .kind4: Color(hex: 0xE15759, onDark: 0xE15759)
        case .kind5: Color(hex: 0xC58BD9, onDark: 0xC58BD9)
        case .kind6: Color(hex: 0xB0BAC4, onDark: 0xB0BAC4)
        case .kind7: Color(hex: 0x7CD6E8, onDark: 0x7CD6E8)
        case .kind8: Color(hex: 0xD4A373, onDark: 0xD4A373)
        case .kind9: Color(hex: 0xFFFFFF, onDark: 0xFFFFFF)
        }
    }
}
