/// Shoot aliens that come nearer and shoot back: a point each. When all are shot faster ones come.
public struct SpaceInvaders: MinAtarGame {
    public static let channels = [
        "cannon", "aliens", "aliens moving left", "aliens moving right", "our bullets", "their bullets",
    ]
    public static let channelCount = 6
    public static let moves: [MinAtarMove] = [.nothing, .left, .right, .fire]

    private static let (cooling, moveInterval, shotInterval) = (5, 12, 10)

    /// Column of the cannon, in the lowest row.
    var cannon = 5
    /// [10], by row, the columns that have one.
    var ourBullets = Lanes<UInt16>(repeating: 0, count: 10)
    var theirBullets = Lanes<UInt16>(repeating: 0, count: 10)
    var aliens = Lanes<UInt16>(repeating: 0, count: 10)
    /// −1 to the left, 1 to the right.
    var direction = -1
    var interval = SpaceInvaders.moveInterval
    var moveTimer = SpaceInvaders.moveInterval
    var alienShotTimer = SpaceInvaders.shotInterval
    var shotTimer = 0
    public var isOver = false

    public init() { muster() }

    public mutating func begin(_ chance: inout some MinAtarChance) {
        for row in 0..<10 { (ourBullets[row], theirBullets[row], aliens[row]) = (0, 0, 0) }
        (cannon, direction, shotTimer, isOver) = (5, -1, 0, false)
        (interval, moveTimer, alienShotTimer) = (Self.moveInterval, Self.moveInterval, Self.shotInterval)
        muster()
    }

    /// Four rows of six.
    private mutating func muster() {
        for row in 0..<4 { aliens[row] = 0b00_1111_1100 }
    }

    public mutating func play(_ move: MinAtarMove, isRamping: Bool, _ chance: inout some MinAtarChance) -> Int {
        guard !isOver else { return 0 }
        switch move {
        case .fire where shotTimer == 0:
            ourBullets[9] |= 1 << cannon
            shotTimer = Self.cooling
        case .left: cannon = max(0, cannon - 1)
        case .right: cannon = min(9, cannon + 1)
        default: break
        }
        for row in 0..<9 { ourBullets[row] = ourBullets[row + 1] }
        ourBullets[9] = 0
        for row in (1..<10).reversed() { theirBullets[row] = theirBullets[row - 1] }
        theirBullets[0] = 0
        if isHit(theirBullets) || isHit(aliens) { isOver = true }
        if moveTimer == 0 { moveAliens() }
        if alienShotTimer == 0 {
            alienShotTimer = Self.shotInterval
            shoot()
        }
        var points = 0
        for row in 0..<10 {
            let shot = aliens[row] & ourBullets[row]
            points += shot.nonzeroBitCount
            aliens[row] &= ~shot
            ourBullets[row] &= ~shot
        }
        if shotTimer > 0 { shotTimer -= 1 }
        moveTimer -= 1
        alienShotTimer -= 1
        if aliens.allSatisfy({ $0 == 0 }) {
            if interval > 6 && isRamping { interval -= 1 }
            muster()
        }
        return points
    }

    private func isHit(_ map: Lanes<UInt16>) -> Bool { map[9] >> cannon & 1 == 1 }

    private mutating func moveAliens() {
        var (count, columns) = (0, UInt16(0))
        for row in 0..<10 {
            count += aliens[row].nonzeroBitCount
            columns |= aliens[row]
        }
        moveTimer = min(count, interval)
        if columns & 1 != 0 && direction < 0 || columns >> 9 & 1 != 0 && direction > 0 {
            direction = -direction
            let lowest = aliens[9]
            if lowest != 0 { isOver = true }
            for row in (1..<10).reversed() { aliens[row] = aliens[row - 1] }
            aliens[0] = lowest
        } else {
            for row in 0..<10 {
                let line = aliens[row]
                aliens[row] = (direction < 0 ? line >> 1 | line << 9 : line << 1 | line >> 9) & 0x3FF
            }
        }
        if isHit(aliens) { isOver = true }
    }

    /// The lowest alien of the nearest column shoots; of two columns the left one.
    private mutating func shoot() {
        for distance in 0..<10 {
            for side in distance == 0 ? 1...1 : 0...1 {
                let column = cannon + (side == 0 ? -distance : distance)
                guard (0..<10).contains(column) else { continue }
                for row in (0..<10).reversed() where aliens[row] >> column & 1 == 1 {
                    theirBullets[row] |= 1 << column
                    return
                }
            }
        }
    }

    public func show(in cells: inout MutableSpan<Float>) {
        light(&cells, 9, cannon, 0)
        light(&cells, aliens, channel: 1)
        light(&cells, aliens, channel: direction < 0 ? 2 : 3)
        light(&cells, ourBullets, channel: 4)
        light(&cells, theirBullets, channel: 5)
    }

    public func validate() throws {
        try checkCells(
            [cannon],
            isRight: direction.magnitude == 1 && (0...12).contains(moveTimer) && (6...12).contains(interval)
                && (0...10).contains(alienShotTimer) && (0...5).contains(shotTimer)
                // When the last is shot the next come at once.
                && !aliens.allSatisfy { $0 == 0 })
        for map in [aliens, ourBullets, theirBullets] { try checkMap(map) }
    }
}
