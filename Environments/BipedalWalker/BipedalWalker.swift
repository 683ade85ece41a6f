public import Plotting
public import Randomness
public import Simulation

/// Walk on two legs with four motors over rough ground, on the real Box2D engine, as in Gymnasium's BipedalWalker-v3 and,
/// with stumps, pits and stairs, BipedalWalkerHardcore-v3.
///
/// As a lander's, a walk is told by the key that its randomness comes from and the actions since; copies share a world until
/// one of them moves.
public struct BipedalWalker: Environment {
    public struct State: Codable, Equatable, Sendable {
        /// What all randomness of the walk comes from.
        public var key: UInt64
        /// [steps · 4]
        public var actions: [Float]
    }

    public let isHardcore: Bool
    private var key: UInt64 = 0
    private var actions: [Float] = []
    private var scene: WalkerScene

    public init(isHardcore: Bool = false) {
        self.isHardcore = isHardcore
        scene = WalkerScene(key: 0, isHardcore: isHardcore)
    }

    public static var stepCost: Int { 25_000 }

    /// Angle, angular velocity and velocity of the hull; of each leg the angles and speeds of hip and knee and whether it
    /// stands; how far ten rays reach, from straight down to nearly ahead.
    public var observationSpace: Space {
        // Gymnasium gives bounds to the hull's motion and to speeds, which blows exceed.
        let leg: [Float] = [.pi, .infinity, .pi, .infinity, 1]
        let high: [Float] = Array(repeating: .infinity, count: 4) + leg + leg + Array(repeating: 1, count: 10)
        return .box(low: high.enumerated().map { [8, 13].contains($0.offset) ? 0 : -$0.element }, high: high)
    }

    /// Hip and knee of the first leg, then of the second: the sign says which way the motor turns, the size how strongly.
    public var actionSpace: Space { .box(low: [-1, -1, -1, -1], high: [1, 1, 1, 1]) }

    public var state: State {
        get { State(key: key, actions: actions) }
        set {
            key = newValue.key
            actions = newValue.actions
            scene = walked()
        }
    }

    private func walked() -> WalkerScene {
        let scene = WalkerScene(key: key, isHardcore: isHardcore)
        for first in stride(from: 0, to: actions.count, by: 4) {
            _ = scene.step([actions[first], actions[first + 1], actions[first + 2], actions[first + 3]])
        }
        return scene
    }

    public mutating func reset(using random: inout RandomStream) {
        key = random.next()
        actions.removeAll(keepingCapacity: true)
        actions.reserveCapacity(4 * 2048)
        scene = WalkerScene(key: key, isHardcore: isHardcore)
    }

    public mutating func step(_ action: InlineArray<4, Float>, using random: inout RandomStream) -> Transition {
        if !isKnownUniquelyReferenced(&scene) { scene = walked() }
        for index in action.indices { actions.append(min(max(action[index], -1), 1)) }
        return scene.step(action)
    }

    public func observe(into row: inout MutableSpan<Float>) { scene.observe(into: &row) }

    /// Where the hull is, in metres from the left end of the ground.
    public var distance: Double { scene.distance }
}

extension BipedalWalker.State {
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        key = try values.decode(UInt64.self, forKey: .key)
        actions = try values.decode([Float].self, forKey: .actions)
        guard actions.count % 4 == 0, actions.count <= 4_000_000, actions.allSatisfy({ (-1...1).contains($0) }) else {
            throw EnvironmentError("\(actions.count) numbers are no actions of a walk: four a step, from -1 to 1")
        }
    }
}

extension BipedalWalker: DrawableEnvironment {
    public var legend: String { "grey line: the ray that looks furthest ahead · feet light up on the ground" }
    public func sketch(taking action: InlineArray<4, Float>?) -> Sketch { scene.sketch }
}

extension BipedalWalker {
    private static let actionNames = ["first hip", "first knee", "second hip", "second knee"]

    static let specification = EnvironmentSpecification(
        id: "bipedal-walker", gymnasiumID: "BipedalWalker-v3", summary: "walk on two legs over rough ground",
        stepLimit: 1600, solvedReturn: 300, randomReturn: -100, bestReturn: 330, actionNames: actionNames,
        recipes: ["zoo": PackageResources.bipedal_walker_zoo_json], task: BipedalWalker())

    static let hardcoreSpecification = EnvironmentSpecification(
        id: "bipedal-walker-hardcore", gymnasiumID: "BipedalWalkerHardcore-v3",
        summary: "walk on two legs over stumps, pits and stairs", stepLimit: 2000, solvedReturn: 300,
        randomReturn: -111, bestReturn: 310, actionNames: actionNames, task: BipedalWalker(isHardcore: true))
}
