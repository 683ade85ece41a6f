/// Fetch gold and keep away from enemies that cross the rows: a point a piece. It becomes faster.
public struct Asterix: MinAtarGame {
    public static let channels = ["player", "enemies", "trail", "gold"]
    public static let channelCount = 4
    public static let moves: [MinAtarMove] = [.nothing, .left, .up, .right, .down]

    private static let (spawnInterval, moveInterval, rampInterval) = (10, 5, 100)

    /// An enemy or a piece of gold in its own row.
    public struct Thing: Codable, Equatable, Sendable {
        var column: Int
        var movesRight: Bool
        var isGold: Bool
    }

    var row = 5
    var column = 5
    /// [8], of the rows 1 … 8.
    var things = Lanes<Thing?>(repeating: nil, count: 8)
    var spawnSpeed = Asterix.spawnInterval
    var spawnTimer = Asterix.spawnInterval
    var moveSpeed = Asterix.moveInterval
    var moveTimer = Asterix.moveInterval
    var rampTimer = Asterix.rampInterval
    var ramp = 0
    public var isOver = false

    public init() {}

    public mutating func begin(_ chance: inout some MinAtarChance) {
        for lane in 0..<8 { things[lane] = nil }
        (row, column, isOver, ramp, rampTimer) = (5, 5, false, 0, Self.rampInterval)
        (spawnSpeed, spawnTimer) = (Self.spawnInterval, Self.spawnInterval)
        (moveSpeed, moveTimer) = (Self.moveInterval, Self.moveInterval)
    }

    public mutating func play(_ move: MinAtarMove, isRamping: Bool, _ chance: inout some MinAtarChance) -> Int {
        guard !isOver else { return 0 }
        if spawnTimer == 0 {
            spawn(&chance)
            spawnTimer = spawnSpeed
        }
        switch move {
        case .left: column = max(0, column - 1)
        case .right: column = min(9, column + 1)
        case .up: row = max(1, row - 1)
        case .down: row = min(8, row + 1)
        default: break
        }
        var points = 0
        for lane in 0..<8 { points += meet(lane) }
        if moveTimer == 0 {
            moveTimer = moveSpeed
            for lane in 0..<8 {
                guard let thing = things[lane] else { continue }
                let next = thing.column + (thing.movesRight ? 1 : -1)
                things[lane]?.column = next
                if next < 0 || next > 9 { things[lane] = nil }
                points += meet(lane)
            }
        }
        spawnTimer -= 1
        moveTimer -= 1
        if isRamping, spawnSpeed > 1 || moveSpeed > 1 { becomeFaster() }
        return points
    }

    /// What happens if the player is where the thing in a lane is.
    private mutating func meet(_ lane: Int) -> Int {
        guard let thing = things[lane], thing.column == column, lane + 1 == row else { return 0 }
        guard thing.isGold else {
            isOver = true
            return 0
        }
        things[lane] = nil
        return 1
    }

    private mutating func becomeFaster() {
        guard rampTimer < 0 else {
            rampTimer -= 1
            return
        }
        if moveSpeed > 1 && ramp % 2 == 1 { moveSpeed -= 1 }
        if spawnSpeed > 1 { spawnSpeed -= 1 }
        ramp += 1
        rampTimer = Self.rampInterval
    }

    private mutating func spawn(_ chance: inout some MinAtarChance) {
        let movesRight = chance.happens(0.5)
        let isGold = chance.happens(1.0 / 3)
        var free = 0
        for lane in 0..<8 where things[lane] == nil { free += 1 }
        guard free > 0 else { return }
        var rank = chance.number(below: free)
        for lane in 0..<8 where things[lane] == nil {
            if rank == 0 {
                things[lane] = Thing(column: movesRight ? 0 : 9, movesRight: movesRight, isGold: isGold)
                return
            }
            rank -= 1
        }
    }

    public func show(in cells: inout MutableSpan<Float>) {
        light(&cells, row, column, 0)
        for lane in 0..<8 {
            guard let thing = things[lane] else { continue }
            light(&cells, lane + 1, thing.column, thing.isGold ? 3 : 1)
            lightTrail(&cells, lane + 1, behind: thing.column, movesRight: thing.movesRight, 2)
        }
    }

    public func validate() throws {
        try checkCells(
            [row, column] + things.map { $0?.column ?? 0 },
            isRight: things.count == 8 && (1...10).contains(spawnSpeed) && (1...5).contains(moveSpeed)
                && (0...10).contains(spawnTimer) && (0...5).contains(moveTimer) && (-1...100).contains(rampTimer)
                && (0...1000).contains(ramp))
    }
}
