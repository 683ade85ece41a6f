/// Cross a road of eight lanes as often as time allows: a point each time. A car throws one back to the start.
public struct Freeway: MinAtarGame {
    public static let channels = [
        "chicken", "cars", "trail of a car at speed 1", "trail of a car at speed 2", "trail of a car at speed 3",
        "trail of a car at speed 4", "trail of a car at speed 5",
    ]
    public static let channelCount = 7
    public static let moves: [MinAtarMove] = [.nothing, .up, .down]

    private static let (pause, timeLimit) = (3, 2500)

    /// A car in its own lane. Three bytes: the lanes of hundreds of games are to stay in the cache.
    public struct Car: Codable, Equatable, Sendable {
        var column: Int8
        /// Steps until it moves.
        var timer: Int8
        /// Steps a cell takes, 1 … 5; negative for cars that drive to the left.
        var speed: Int8
    }

    var row = 9
    var moveTimer = Freeway.pause
    var timeLeft = Freeway.timeLimit
    /// [8], of the rows 1 … 8.
    var cars = Lanes(repeating: Car(column: 0, timer: 1, speed: 1), count: 8)
    public var isOver = false

    public init() {}

    public mutating func begin(_ chance: inout some MinAtarChance) {
        for lane in 0..<8 { cars[lane].column = 0 }
        drawSpeeds(&chance)
        (row, moveTimer, timeLeft, isOver) = (9, Self.pause, Self.timeLimit, false)
    }

    private mutating func drawSpeeds(_ chance: inout some MinAtarChance) {
        for lane in 0..<8 { cars[lane].timer = Int8(1 + chance.number(below: 5)) }
        for lane in 0..<8 { cars[lane].speed = chance.happens(0.5) ? -cars[lane].timer : cars[lane].timer }
    }

    public mutating func play(_ move: MinAtarMove, isRamping: Bool, _ chance: inout some MinAtarChance) -> Int {
        guard !isOver else { return 0 }
        if moveTimer == 0, move == .up || move == .down {
            moveTimer = Self.pause
            row = move == .up ? max(0, row - 1) : min(9, row + 1)
        }
        var points = 0
        if row == 0 {
            points = 1
            drawSpeeds(&chance)
            row = 9
        }
        for lane in 0..<8 {
            var car = cars[lane]
            if car.column == 4 && lane + 1 == row { row = 9 }
            if car.timer != 0 {
                cars[lane].timer = car.timer - 1
                continue
            }
            car.timer = abs(car.speed)
            car.column = (car.column + (car.speed > 0 ? 1 : 9)) % 10
            cars[lane] = car
            if car.column == 4 && lane + 1 == row { row = 9 }
        }
        if moveTimer > 0 { moveTimer -= 1 }
        timeLeft -= 1
        isOver = timeLeft < 0
        return points
    }

    public func show(in cells: inout MutableSpan<Float>) {
        light(&cells, row, 4, 0)
        for lane in 0..<8 {
            let car = cars[lane]
            let column = Int(car.column)
            light(&cells, lane + 1, column, 1)
            light(&cells, lane + 1, (column + (car.speed > 0 ? 9 : 1)) % 10, 1 + Int(abs(car.speed)))
        }
    }

    public func validate() throws {
        try checkCells(
            [row] + cars.map { Int($0.column) },
            isRight: cars.count == 8 && (0...3).contains(moveTimer)
                && ((isOver ? -1 : 0)...Self.timeLimit).contains(timeLeft)
                && cars.allSatisfy { (0...5).contains($0.timer) && (1...5).contains($0.speed.magnitude) })
    }
}
