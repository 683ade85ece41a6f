import Randomness

/// The ground that a walker walks on: grass that rises and falls and, for the hardened, stumps, pits and stairs. The draws
/// follow the order of the original's.
struct WalkerTerrain {
    static let step = 14 / 30.0
    static let count = 200
    static let height = 400 / 30.0 / 4
    /// How long the flat start is, in steps.
    static let start = 20
    /// The longest stretch of one kind.
    static let grass = 10

    private enum Kind: Int { case grass, stump, stairs, pit }

    /// Heights at each step, `[count]`.
    private(set) var heights: [Double] = []
    /// Stumps, stairs and the walls of pits.
    private(set) var obstacles: [[(Double, Double)]] = []

    init(isHardcore: Bool, using random: inout RandomStream) {
        let step = Self.step
        var (kind, isNew, counter) = (Kind.grass, false, Self.start)
        var (y, slope, level) = (Self.height, 0.0, 0.0)
        var stairs = (count: 0, width: 0, rise: 0)

        /// A rectangle between two corners, against the clock's hand from the lower left.
        func block(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> [(Double, Double)] {
            [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        }
        for place in 0..<Self.count {
            let x = Double(place) * step
            switch (kind, isNew) {
            case (.grass, false):
                let down = Self.height - y
                slope = 0.8 * slope + 0.01 * (down > 0 ? 1 : down < 0 ? -1 : 0)
                if place > Self.start { slope += random.uniform(in: -1...1) / 30 }
                y += slope
            case (.grass, true): break
            case (.pit, true):
                counter = 3 + random.index(below: 2)
                let wall = block(x, y - 4 * step, x + step, y)
                obstacles.append(wall)
                let across = step * Double(counter)
                obstacles.append(wall.map { ($0.0 + across, $0.1) })
                counter += 2
                level = y
            case (.pit, false): y = counter > 1 ? level - 4 * step : level
            case (.stump, true):
                counter = 1 + random.index(below: 2)
                let size = Double(counter) * step
                obstacles.append(block(x, y, x + size, y + size))
            case (.stump, false): break
            case (.stairs, true):
                let rise = random.uniform() > 0.5 ? 1 : -1
                stairs = (count: 3 + random.index(below: 2), width: 4, rise: rise)
                level = y
                for stair in 0..<stairs.count {
                    let left = x + Double(stair * stairs.width) * step
                    let top = y + Double(stair * rise) * step
                    obstacles.append(block(left, top - step, left + Double(stairs.width) * step, top))
                }
                counter = stairs.count * stairs.width
            case (.stairs, false):
                let done = stairs.count * stairs.width - counter - stairs.rise
                y = level + Double(done) / Double(stairs.width) * Double(stairs.rise) * step
            }
            isNew = false
            heights.append(y)
            counter -= 1
            if counter == 0 {
                counter = Self.grass / 2 + random.index(below: Self.grass / 2)
                kind = kind == .grass && isHardcore ? Kind(rawValue: 1 + random.index(below: 3)) ?? .grass : .grass
                isNew = true
            }
        }
    }
}
