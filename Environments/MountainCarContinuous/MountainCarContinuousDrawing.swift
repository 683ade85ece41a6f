public import Plotting

extension MountainCarContinuous: DrawableEnvironment {
    public var legend: String { "flag: the goal at \(Self.goal) · arrow: thrust of the motor" }

    public func sketch(taking action: InlineArray<1, Float>?) -> Sketch {
        Valley.sketch(
            position: Double(state.position), goal: Double(Self.goal),
            push: action.map { Double(min(max($0[0], -1), 1)) })
    }
}
