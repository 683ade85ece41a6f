public import Plotting
public import Randomness
public import Simulation

/// What a player of an arcade game can do.
public enum MinAtarMove: String, Codable, Sendable, CaseIterable {
    case nothing, left, up, right, down, fire
}

/// Where a game's chances come from.
public protocol MinAtarChance {
    /// True with probability `probability`.
    mutating func happens(_ probability: Double) -> Bool
    /// Uniform on 0 ..< `bound`.
    mutating func number(below bound: Int) -> Int
}

extension RandomStream: MinAtarChance {
    public mutating func happens(_ probability: Double) -> Bool { uniform() < probability }
    public mutating func number(below bound: Int) -> Int { index(below: bound) }
}

/// A game on 10 × 10 cells.
public protocol MinAtarGame: Codable, Equatable, Sendable {
    /// What each channel of a cell shows, from the last to be drawn over by others to the first.
    static var channels: [String] { get }
    static var channelCount: Int { get }
    /// The moves that do something in this game.
    static var moves: [MinAtarMove] { get }

    init()
    /// Begins a game.
    mutating func begin(_ chance: inout some MinAtarChance)
    /// Plays a step.
    ///
    /// - Parameter isRamping: whether the game becomes harder as it is played.
    /// - Returns: the points won.
    mutating func play(_ move: MinAtarMove, isRamping: Bool, _ chance: inout some MinAtarChance) -> Int
    var isOver: Bool { get }
    /// Sets what is to be seen in an observation of zeros, `[10, 10, channels]`.
    func show(in cells: inout MutableSpan<Float>)
    /// - Throws: if the numbers could not come about in a game, so that a step could fail.
    func validate() throws
}

/// An arcade game of MinAtar (Young and Tian, "MinAtar: an Atari-inspired testbed for thorough and reproducible
/// reinforcement learning experiments", 2019), as the Python package of its authors plays it.
public struct MinAtar<Game: MinAtarGame>: ParameterizedEnvironment {
    /// What may be changed.
    public struct Parameters: EnvironmentParameters {
        /// The probability that a step takes the move before once more.
        public var stickiness = 0.1
        /// 1 if the game becomes harder as it is played, else 0.
        public var ramping = 1.0

        public init() {}

        public static var fields: [EnvironmentParameter<Self>] {
            [.init("stickiness", in: 0...1, \.stickiness), .init("ramping", in: 0...1, \.ramping)]
        }
    }

    public struct State: Codable, Equatable, Sendable {
        public var game: Game
        public var latest: MinAtarMove

        init(game: Game, latest: MinAtarMove) {
            self.game = game
            self.latest = latest
        }

        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            game = try values.decode(Game.self, forKey: .game)
            latest = try values.decode(MinAtarMove.self, forKey: .latest)
            try game.validate()
        }
    }

    public static var stepCost: Int { 300 }

    private var game = Game()
    private var latest = MinAtarMove.nothing
    public var parameters = Parameters()
    /// The moves that the actions stand for.
    public let moves: [MinAtarMove]

    /// - Parameter moves: by default those that do something in this game; all six are `MinAtarMove.allCases`.
    public init(moves: [MinAtarMove] = Game.moves) {
        precondition(!moves.isEmpty, "a game without a move")
        self.moves = moves
    }

    public var state: State {
        get { State(game: game, latest: latest) }
        set { (game, latest) = (newValue.game, newValue.latest) }
    }

    /// Of each cell, whether each kind of thing is there.
    public var observationSpace: Space { .binary(shape: [10, 10, Game.channelCount]) }
    public var actionSpace: Space { .discrete(moves.count) }

    public mutating func reset(using random: inout RandomStream) {
        game.begin(&random)
        latest = .nothing
    }

    public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        step(moves[action], &random)
    }

    package mutating func step(_ move: MinAtarMove, _ chance: inout some MinAtarChance) -> Transition {
        if !chance.happens(parameters.stickiness) { latest = move }
        let points = game.play(latest, isRamping: parameters.ramping >= 0.5, &chance)
        return Transition(reward: Double(points), outcome: game.isOver ? .terminated : .running)
    }

    package mutating func begin(_ chance: inout some MinAtarChance) {
        game.begin(&chance)
        latest = .nothing
    }

    public func observe(into row: inout MutableSpan<Float>) {
        row.update(repeating: 0)
        game.show(in: &row)
    }
}

extension MinAtar: DrawableEnvironment {
    public var legend: String {
        // In the order of the kinds that a sketch can tell apart.
        let colours = ["blue", "orange", "green", "yellow", "red", "violet", "grey", "light blue", "brown", "white"]
        let things = zip(colours, Game.channels).filter { !Self.isHidden($0.1) && !Self.isTrail($0.1) }
            .map { "\($0.0): \($0.1)" }
        let trails = Game.channels.contains(where: Self.isTrail) ? ["small: trails"] : []
        return (things + trails).joined(separator: " · ")
    }

    public var framesPerSecond: Double { 10 }

    /// Channels that only repeat others in another form.
    private static func isHidden(_ name: String) -> Bool { name.hasPrefix("aliens moving") }

    private static func isTrail(_ name: String) -> Bool { name.contains("trail") }

    public func sketch(taking action: Int?) -> Sketch {
        var shapes: [Sketch.Shape] = [
            .polygon([.init(-0.2, -0.2), .init(10.2, -0.2), .init(10.2, 10.2), .init(-0.2, 10.2)], .board)
        ]
        var cells = [Float](repeating: 0, count: 100 * Game.channelCount)
        var span = cells.mutableSpan
        game.show(in: &span)
        // Later channels lie below earlier ones.
        for channel in (0..<Game.channelCount).reversed() where !Self.isHidden(Game.channels[channel]) {
            let isTrail = Self.isTrail(Game.channels[channel])
            for cell in 0..<100 where cells[cell * Game.channelCount + channel] == 1 {
                shapes.append(
                    .polygon(
                        GridWorld.tile(row: cell / 10, column: cell % 10, of: 10, inset: isTrail ? 0.3 : 0.06),
                        .kind(channel)))
            }
        }
        return Sketch(x: -0.2...10.2, y: -0.2...10.2, shapes: shapes)
    }
}
