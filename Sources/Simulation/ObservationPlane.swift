/// A plane through the observations of a task on which a policy and a value function can be drawn: two quantities vary,
/// the others are held.
public struct ObservationPlane: Sendable {
    /// A quantity along one side of the plane.
    public struct Side: Sendable, Equatable, Codable {
        /// With its unit: "pole angle, °".
        public var title: String
        public var low: Double
        public var high: Double

        public init(_ title: String, from low: Double, to high: Double) {
            self.title = title
            self.low = low
            self.high = high
        }
    }

    public let x: Side
    public let y: Side
    /// What is held: "the cart at rest in the middle"; nil if nothing is left.
    public let held: String?
    /// The observation at a place of the plane, `[d]`.
    public let observation: @Sendable (_ x: Double, _ y: Double) -> [Float]

    public init(
        x: Side, y: Side, held: String? = nil, observation: @escaping @Sendable (_ x: Double, _ y: Double) -> [Float]
    ) {
        self.x = x
        self.y = y
        self.held = held
        self.observation = observation
    }

    /// The observations on a grid of `count` × `count` places, their ends on the plane's sides, row by row from low y to
    /// high y: `[count · count, d]`.
    public func grid(_ count: Int) -> [Float] {
        precondition(count > 1, "a grid of \(count) × \(count) places")
        let step = { (side: Side, index: Int) in
            side.low + (side.high - side.low) * Double(index) / Double(count - 1)
        }
        return (0..<count).flatMap { row in
            (0..<count).flatMap { column in observation(step(x, column), step(y, row)) }
        }
    }
}
