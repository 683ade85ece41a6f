/// Keep a ball in play with a paddle and break bricks: one point each. When all are broken the wall stands again.
public struct Breakout: MinAtarGame {
    public static let channels = ["paddle", "ball", "ball's trail", "bricks"]
    public static let channelCount = 4
    public static let moves: [MinAtarMove] = [.nothing, .left, .right]

    /// Column of the paddle, in the lowest row.
    var paddle = 4
    var ballRow = 3
    var ballColumn = 0
    var lastRow = 3
    var lastColumn = 0
    /// 0 up and left, 1 up and right, 2 down and right, 3 down and left.
    var direction = 2
    /// [10], by row, the columns that have a brick.
    var bricks = Breakout.wall
    /// Whether the ball has just broken a brick: it passes the next one.
    var hasStruck = false
    public var isOver = false

    private static var wall: Lanes<UInt16> {
        var rows = Lanes<UInt16>(repeating: 0, count: 10)
        for row in 1...3 { rows[row] = 0x3FF }
        return rows
    }

    public init() {}

    public mutating func begin(_ chance: inout some MinAtarChance) {
        let isRight = chance.number(below: 2) == 1
        (paddle, ballRow, ballColumn, direction) = (4, 3, isRight ? 9 : 0, isRight ? 3 : 2)
        (lastRow, lastColumn, hasStruck, isOver) = (ballRow, ballColumn, false, false)
        build()
    }

    private mutating func build() { bricks = Self.wall }

    public mutating func play(_ move: MinAtarMove, isRamping: Bool, _ chance: inout some MinAtarChance) -> Int {
        guard !isOver else { return 0 }
        if move == .left { paddle = max(0, paddle - 1) }
        if move == .right { paddle = min(9, paddle + 1) }

        (lastRow, lastColumn) = (ballRow, ballColumn)
        var row = ballRow + (direction < 2 ? -1 : 1)
        var column = ballColumn + (direction == 1 || direction == 2 ? 1 : -1)
        var points = 0
        var meetsBrick = false
        if column < 0 || column > 9 {
            column = min(max(column, 0), 9)
            direction = [1, 0, 3, 2][direction]
        }
        if row < 0 {
            row = 0
            direction = 3 - direction
        } else if bricks[row] >> column & 1 == 1 {
            meetsBrick = true
            if !hasStruck {
                points = 1
                hasStruck = true
                bricks[row] &= ~(1 << column)
                row = lastRow
                direction = 3 - direction
            }
        } else if row == 9 {
            if bricks.allSatisfy({ $0 == 0 }) { build() }
            if ballColumn == paddle {
                direction = 3 - direction
                row = lastRow
            } else if column == paddle {
                direction = (direction + 2) % 4
                row = lastRow
            } else {
                isOver = true
            }
        }
        if !meetsBrick { hasStruck = false }
        (ballRow, ballColumn) = (row, column)
        return points
    }

    public func show(in cells: inout MutableSpan<Float>) {
        light(&cells, ballRow, ballColumn, 1)
        light(&cells, 9, paddle, 0)
        light(&cells, lastRow, lastColumn, 2)
        light(&cells, bricks, channel: 3)
    }

    public func validate() throws {
        // A ball in the lowest row has been missed: it would leave the board.
        try checkCells(
            [paddle, ballRow, ballColumn, lastRow, lastColumn],
            isRight: (0...3).contains(direction) && (ballRow < 9 || isOver))
        try checkMap(bricks)
    }
}
