public import Plotting
public import Randomness
public import Simulation

/// Land a spacecraft between two flags, on the real Box2D engine, as in Gymnasium's LunarLander-v3.
public struct LunarLander: ParameterizedEnvironment {
    public typealias State = LanderFlight.State

    private var flight = LanderFlight()

    public init() {}

    public static var stepCost: Int { 15_000 }

    public var state: State {
        get { flight.state }
        set { flight.state = newValue }
    }

    public var parameters: LanderFlight.Parameters {
        get { flight.parameters }
        set { flight.parameters = newValue }
    }

    /// Position relative to the pad, velocity, angle, angular velocity, and whether each leg stands.
    public var observationSpace: Space { LanderFlight.observationSpace }

    /// 0 nothing, 1 left engine, 2 main engine, 3 right engine.
    public var actionSpace: Space { .discrete(4) }

    public mutating func reset(using random: inout RandomStream) { flight.reset(using: &random) }

    public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        precondition((0..<4).contains(action), "the lander has the actions 0 to 3, not \(action)")
        return flight.step(.init(main: action == 2 ? 1 : 0, side: action == 1 ? -1 : action == 3 ? 1 : 0))
    }

    public func observe(into row: inout MutableSpan<Float>) {
        let seen = flight.observation
        for index in seen.indices { row[index] = Float(seen[index]) }
    }
}

/// The lander with engines that can be throttled, as in Gymnasium's LunarLanderContinuous-v3.
public struct LunarLanderContinuous: ParameterizedEnvironment {
    public typealias State = LanderFlight.State

    private var flight = LanderFlight()

    public init() {}

    public static var stepCost: Int { 15_000 }

    public var state: State {
        get { flight.state }
        set { flight.state = newValue }
    }

    public var parameters: LanderFlight.Parameters {
        get { flight.parameters }
        set { flight.parameters = newValue }
    }

    /// Position relative to the pad, velocity, angle, angular velocity, and whether each leg stands.
    public var observationSpace: Space { LanderFlight.observationSpace }

    /// Main engine: off up to 0, then from half to full power. Side engines: the left one below −0.5, the right one above
    /// 0.5, with the power that the number says.
    public var actionSpace: Space { .box(low: [-1, -1], high: [1, 1]) }

    public mutating func reset(using random: inout RandomStream) { flight.reset(using: &random) }

    public mutating func step(_ action: InlineArray<2, Float>, using random: inout RandomStream) -> Transition {
        let main = min(max(Double(action[0]), -1), 1)
        let side = min(max(Double(action[1]), -1), 1)
        return flight.step(.init(main: main > 0 ? (main + 1) * 0.5 : 0, side: abs(side) > 0.5 ? side : 0))
    }

    public func observe(into row: inout MutableSpan<Float>) {
        let seen = flight.observation
        for index in seen.indices { row[index] = Float(seen[index]) }
    }
}

extension LunarLander: HeuristicEnvironment {
    /// Gymnasium's known controller.
    public func heuristicAction() -> Int {
        let wish = flight.wish
        if wish.rise > abs(wish.turn) && wish.rise > 0.05 { return 2 }
        return wish.turn < -0.05 ? 3 : wish.turn > 0.05 ? 1 : 0
    }
}

extension LunarLanderContinuous: HeuristicEnvironment {
    /// Gymnasium's known controller.
    public func heuristicAction() -> InlineArray<2, Float> {
        let wish = flight.wish
        return [Float(min(max(wish.rise * 20 - 1, -1), 1)), Float(min(max(-wish.turn * 20, -1), 1))]
    }
}

extension LunarLander: DrawableEnvironment {
    public var legend: String { LanderFlight.legend }
    public func sketch(taking action: Int?) -> Sketch { flight.sketch }
}

extension LunarLanderContinuous: DrawableEnvironment {
    public var legend: String { LanderFlight.legend }
    public func sketch(taking action: InlineArray<2, Float>?) -> Sketch { flight.sketch }
}

extension LunarLander {
    static let specification = EnvironmentSpecification(
        id: "lunar-lander", gymnasiumID: "LunarLander-v3", aliases: ["LunarLander-v2"],
        summary: "land between two flags", stepLimit: 1000, solvedReturn: 200, randomReturn: -202, bestReturn: 285,
        actionNames: ["nothing", "left engine", "main engine", "right engine"],
        recipes: ["zoo": PackageResources.lunar_lander_zoo_json], task: LunarLander())
}

extension LunarLanderContinuous {
    static let specification = EnvironmentSpecification(
        id: "lunar-lander-continuous", gymnasiumID: "LunarLanderContinuous-v3",
        aliases: ["LunarLanderContinuous-v2"], summary: "land between two flags with throttled engines",
        stepLimit: 1000, solvedReturn: 200, randomReturn: -229, bestReturn: 285,
        actionNames: ["main engine", "side engines"], task: LunarLanderContinuous())
}
