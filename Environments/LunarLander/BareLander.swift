/// The lander's scene stepped by the engine alone: the same bodies and thrusts, but nothing observed, rewarded or drawn. What
/// a lander's speed is measured against.
package struct BareLander {
    private var scenes: [LanderScene]
    private var nextKey: UInt64

    package init(count: Int) {
        scenes = (0..<count).map { LanderScene(key: UInt64($0), LanderFlight.Parameters()) }
        nextKey = UInt64(count)
    }

    /// Steps each scene with its action of the discrete lander; one that is over begins anew.
    package mutating func step(_ actions: Span<Int32>) {
        for index in scenes.indices {
            let action = actions[index]
            let isOver = scenes[index].stepBare(
                .init(main: action == 2 ? 1 : 0, side: action == 1 ? -1 : action == 3 ? 1 : 0))
            guard isOver else { continue }
            scenes[index] = LanderScene(key: nextKey, LanderFlight.Parameters())
            nextKey += 1
        }
    }
}
