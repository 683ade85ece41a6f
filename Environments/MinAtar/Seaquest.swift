/// Shoot fish and submarines, a point each, rescue divers, and come up for air: with six divers aboard for points, with
/// none at the game's end. Each surfacing makes it faster.
public struct Seaquest: MinAtarGame {
    public static let channels = [
        "submarine's front", "submarine's back", "our bullets", "trail", "their bullets", "fish", "their submarines",
        "oxygen", "divers aboard", "divers",
    ]
    public static let channelCount = 10
    public static let moves: [MinAtarMove] = MinAtarMove.allCases

    private static let (oxygenTank, spawnInterval, diverInterval) = (200, 20, 30)
    private static let (moveInterval, shotInterval): (Int8, Int8) = (5, 10)
    private static let cooling = 5

    /// What swims or flies along a row. Five bytes: the lists of hundreds of games are to stay in the cache.
    public struct Swimmer: Codable, Equatable, Sendable {
        var column: Int8
        var row: Int8
        var movesRight: Bool
        /// Steps until it moves; bullets move each step.
        var timer: Int8 = 0
        /// Steps until it shoots, of submarines.
        var shotTimer: Int8 = 0

        var isInside: Bool { (0...9).contains(column) }
        mutating func advance() { column += movesRight ? 1 : -1 }
        func isAt(_ other: Swimmer) -> Bool { column == other.column && row == other.row }
    }

    var row: Int8 = 0
    var column: Int8 = 5
    var facesRight = false
    var oxygen = Seaquest.oxygenTank
    /// Below zero after a surfacing with six: the original takes one away from none, then and at each surfacing after it.
    var diversAboard = 0
    var ourBullets: [Swimmer] = []
    var theirBullets: [Swimmer] = []
    var fish: [Swimmer] = []
    var submarines: [Swimmer] = []
    var divers: [Swimmer] = []
    var spawnSpeed = Seaquest.spawnInterval
    var spawnTimer = Seaquest.spawnInterval
    var diverTimer = Seaquest.diverInterval
    var moveSpeed: Int8 = Seaquest.moveInterval
    var ramp = 0
    var shotTimer = 0
    var isAtSurface = true
    public var isOver = false

    public init() {}

    public mutating func begin(_ chance: inout some MinAtarChance) {
        (row, column, facesRight, oxygen, diversAboard) = (0, 5, false, Self.oxygenTank, 0)
        ourBullets.removeAll(keepingCapacity: true)
        theirBullets.removeAll(keepingCapacity: true)
        fish.removeAll(keepingCapacity: true)
        submarines.removeAll(keepingCapacity: true)
        divers.removeAll(keepingCapacity: true)
        ourBullets.reserveCapacity(16)
        theirBullets.reserveCapacity(32)
        fish.reserveCapacity(32)
        submarines.reserveCapacity(32)
        divers.reserveCapacity(16)
        (spawnSpeed, spawnTimer, diverTimer) = (Self.spawnInterval, Self.spawnInterval, Self.diverInterval)
        (moveSpeed, ramp, shotTimer, isAtSurface, isOver) = (Self.moveInterval, 0, 0, true, false)
    }

    public mutating func play(_ move: MinAtarMove, isRamping: Bool, _ chance: inout some MinAtarChance) -> Int {
        guard !isOver else { return 0 }
        if spawnTimer == 0 {
            spawnEnemy(&chance)
            spawnTimer = spawnSpeed
        }
        if diverTimer == 0 {
            let movesRight = chance.happens(0.5)
            let row = Int8(1 + chance.number(below: 8))
            divers.append(
                Swimmer(column: movesRight ? 0 : 9, row: row, movesRight: movesRight, timer: Self.moveInterval))
            diverTimer = Self.diverInterval
        }
        steer(move)
        var points = advanceOurBullets()
        advanceDivers()
        points += advanceSubmarines()
        advanceTheirBullets()
        points += advanceFish()

        if spawnTimer > 0 { spawnTimer -= 1 }
        if diverTimer > 0 { diverTimer -= 1 }
        if shotTimer > 0 { shotTimer -= 1 }
        if oxygen <= 0 { isOver = true }
        if row > 0 {
            oxygen -= 1
            isAtSurface = false
        } else if !isAtSurface {
            if diversAboard == 0 { isOver = true } else { points += surface(isRamping: isRamping) }
        }
        return points
    }

    private mutating func steer(_ move: MinAtarMove) {
        switch move {
        case .fire where shotTimer == 0:
            ourBullets.append(Swimmer(column: column, row: row, movesRight: facesRight))
            shotTimer = Self.cooling
        case .left: (column, facesRight) = (max(0, column - 1), false)
        case .right: (column, facesRight) = (min(9, column + 1), true)
        case .up: row = max(0, row - 1)
        case .down: row = min(8, row + 1)
        default: break
        }
    }

    private func isHere(_ swimmer: Swimmer) -> Bool { swimmer.column == column && swimmer.row == row }

    // Lists are gone through from their ends while members are taken out: the first that equals the one at hand, as in the
    // original. After that the next place to look at may hold one that has been looked at.

    private mutating func advanceOurBullets() -> Int {
        var points = 0
        var index = ourBullets.count - 1
        while index >= 0, index < ourBullets.count {
            ourBullets[index].advance()
            let bullet = ourBullets[index]
            if !bullet.isInside {
                Self.remove(bullet, from: &ourBullets)
            } else if let hit = fish.firstIndex(where: { $0.isAt(bullet) }) {
                fish.remove(at: hit)
                Self.remove(bullet, from: &ourBullets)
                points += 1
            } else if let hit = submarines.firstIndex(where: { $0.isAt(bullet) }) {
                submarines.remove(at: hit)
                Self.remove(bullet, from: &ourBullets)
                points += 1
            }
            index -= 1
        }
        return points
    }

    /// Takes out the first one that equals `swimmer`.
    private static func remove(_ swimmer: Swimmer, from swimmers: inout [Swimmer]) {
        if let place = swimmers.firstIndex(of: swimmer) { swimmers.remove(at: place) }
    }

    private mutating func advanceDivers() {
        var index = divers.count - 1
        while index >= 0, index < divers.count {
            if isHere(divers[index]) && diversAboard < 6 {
                Self.remove(divers[index], from: &divers)
                diversAboard += 1
            } else if divers[index].timer == 0 {
                divers[index].timer = Self.moveInterval
                divers[index].advance()
                if !divers[index].isInside {
                    Self.remove(divers[index], from: &divers)
                } else if isHere(divers[index]) && diversAboard < 6 {
                    Self.remove(divers[index], from: &divers)
                    diversAboard += 1
                }
            } else {
                divers[index].timer -= 1
            }
            index -= 1
        }
    }

    private mutating func advanceSubmarines() -> Int {
        var points = 0
        var index = submarines.count - 1
        while index >= 0, index < submarines.count {
            // Its place in the list, which an equal one before it may change; nil when it is gone. Even then it may shoot.
            var place: Int? = index
            var submarine = submarines[index]
            if isHere(submarine) { isOver = true }
            if submarine.timer == 0 {
                submarine.timer = moveSpeed
                submarine.advance()
                submarines[index] = submarine
                if !submarine.isInside {
                    place = Self.takeOut(index, of: &submarines)
                } else if isHere(submarine) {
                    isOver = true
                } else if let hit = ourBullets.firstIndex(where: { $0.isAt(submarine) }) {
                    place = Self.takeOut(index, of: &submarines)
                    ourBullets.remove(at: hit)
                    points += 1
                }
            } else {
                submarine.timer -= 1
            }
            if submarine.shotTimer == 0 {
                submarine.shotTimer = Self.shotInterval
                theirBullets.append(
                    Swimmer(column: submarine.column, row: submarine.row, movesRight: submarine.movesRight))
            } else {
                submarine.shotTimer -= 1
            }
            if let place { submarines[place] = submarine }
            index -= 1
        }
        return points
    }

    /// Takes out the first member that equals the one at `index`.
    ///
    /// - Returns: where that one is now; nil if it was taken out itself.
    private static func takeOut(_ index: Int, of swimmers: inout [Swimmer]) -> Int? {
        guard let first = swimmers.firstIndex(of: swimmers[index]) else { return index }
        swimmers.remove(at: first)
        return first == index ? nil : index - 1
    }

    private mutating func advanceTheirBullets() {
        var index = theirBullets.count - 1
        while index >= 0, index < theirBullets.count {
            if isHere(theirBullets[index]) { isOver = true }
            theirBullets[index].advance()
            if !theirBullets[index].isInside {
                Self.remove(theirBullets[index], from: &theirBullets)
            } else if isHere(theirBullets[index]) {
                isOver = true
            }
            index -= 1
        }
    }

    private mutating func advanceFish() -> Int {
        var points = 0
        var index = fish.count - 1
        while index >= 0, index < fish.count {
            if isHere(fish[index]) { isOver = true }
            if fish[index].timer == 0 {
                fish[index].timer = moveSpeed
                fish[index].advance()
                let swimmer = fish[index]
                if !swimmer.isInside {
                    Self.remove(swimmer, from: &fish)
                } else if isHere(swimmer) {
                    isOver = true
                } else if let hit = ourBullets.firstIndex(where: { $0.isAt(swimmer) }) {
                    Self.remove(swimmer, from: &fish)
                    ourBullets.remove(at: hit)
                    points += 1
                }
            } else {
                fish[index].timer -= 1
            }
            index -= 1
        }
        return points
    }

    /// New air; with six divers points for what was left of the old.
    private mutating func surface(isRamping: Bool) -> Int {
        isAtSurface = true
        var points = 0
        if diversAboard == 6 {
            diversAboard = 0
            // Python's division rounds down.
            points = Int((Double(oxygen * 10) / Double(Self.oxygenTank)).rounded(.down))
        }
        oxygen = Self.oxygenTank
        diversAboard -= 1
        if isRamping, spawnSpeed > 1 || moveSpeed > 2 {
            if moveSpeed > 2 && ramp % 2 == 1 { moveSpeed -= 1 }
            if spawnSpeed > 1 { spawnSpeed -= 1 }
            ramp += 1
        }
        return points
    }

    /// Not into a row whose swimmers come the other way.
    private mutating func spawnEnemy(_ chance: inout some MinAtarChance) {
        let movesRight = chance.happens(0.5)
        let isSubmarine = chance.happens(1.0 / 3)
        let row = Int8(1 + chance.number(below: 8))
        let isOpposed = { (other: Swimmer) in other.row == row && other.movesRight != movesRight }
        guard !submarines.contains(where: isOpposed), !fish.contains(where: isOpposed) else { return }
        let enemy = Swimmer(
            column: movesRight ? 0 : 9, row: row, movesRight: movesRight, timer: moveSpeed,
            shotTimer: isSubmarine ? Self.shotInterval : 0)
        if isSubmarine { submarines.append(enemy) } else { fish.append(enemy) }
    }

    public func show(in cells: inout MutableSpan<Float>) {
        let (row, column) = (Int(row), Int(column))
        light(&cells, row, column, 0)
        // Of a front in the first column the back is in the last.
        light(&cells, row, (column + (facesRight ? 9 : 1)) % 10, 1)
        for place in 0..<max(0, oxygen) * 10 / Self.oxygenTank { light(&cells, 9, place, 7) }
        for place in 0..<max(0, diversAboard) { light(&cells, 9, 8 - place, 8) }
        for bullet in ourBullets { light(&cells, Int(bullet.row), Int(bullet.column), 2) }
        for bullet in theirBullets { light(&cells, Int(bullet.row), Int(bullet.column), 4) }
        lightWithTrail(&cells, fish, channel: 5)
        lightWithTrail(&cells, submarines, channel: 6)
        lightWithTrail(&cells, divers, channel: 9)
    }

    private func lightWithTrail(_ cells: inout MutableSpan<Float>, _ swimmers: [Swimmer], channel: Int) {
        for swimmer in swimmers {
            let (row, column) = (Int(swimmer.row), Int(swimmer.column))
            light(&cells, row, column, channel)
            lightTrail(&cells, row, behind: column, movesRight: swimmer.movesRight, 3)
        }
    }

    public func validate() throws {
        let all = ourBullets + theirBullets + fish + submarines + divers
        try checkCells(
            [Int(row), Int(column)] + all.map { Int($0.column) } + all.map { Int($0.row) },
            isRight: row <= 8 && all.count <= 1000
                && all.allSatisfy { (0...10).contains($0.timer) && (0...10).contains($0.shotTimer) }
                && ((isOver ? -1 : 0)...200).contains(oxygen) && (-1_000_000...6).contains(diversAboard)
                && (1...20).contains(spawnSpeed)
                && (0...20).contains(spawnTimer) && (0...30).contains(diverTimer) && (2...5).contains(moveSpeed)
                && (0...1000).contains(ramp) && (0...5).contains(shotTimer))
    }
}
