import Glibc
public import Plotting

/// The valley that both mountain cars drive in.
enum Valley {
    static let wheel = 0.035

    static func height(_ x: Double) -> Double { 0.45 * sin(3 * x) + 0.55 }

    /// - Parameters:
    ///   - position: of the car.
    ///   - goal: where the flag stands.
    ///   - push: from −1 to 1.
    static func sketch(position: Double, goal: Double, push: Double?) -> Sketch {
        let ends = MountainCar.positions
        let road = (0...80).map { place -> Sketch.Place in
            let x = ends.lowerBound + (ends.upperBound - ends.lowerBound) * Double(place) / 80
            return .init(x, height(x))
        }
        let hill = [Sketch.Place(ends.lowerBound, 0)] + road + [.init(ends.upperBound, 0)]
        let slope = atan(1.35 * cos(3 * position))
        /// A place beside the car: so far along the road and above it.
        func place(_ along: Double, _ above: Double) -> Sketch.Place {
            .init(
                position + along * cos(slope) - above * sin(slope),
                height(position) + along * sin(slope) + above * cos(slope))
        }
        let pole = Sketch.Place(goal, height(goal) + 0.22)
        var shapes: [Sketch.Shape] = [
            .polygon(hill, .goal),
            .line(road, width: 0.014, .ground),
            .line([.init(goal, height(goal)), pole], width: 0.012, .limit),
            .polygon([pole, .init(goal + 0.1, pole.y - 0.04), .init(goal, pole.y - 0.08)], .action),
            .polygon([place(-0.085, wheel), place(0.085, wheel), place(0.07, 0.095), place(-0.07, 0.095)], .body),
            .disc(center: place(-0.05, wheel), radius: wheel, .limb),
            .disc(center: place(0.05, wheel), radius: wheel, .limb),
        ]
        if let push, abs(push) > 0.05 {
            let side: Double = push < 0 ? -1 : 1
            shapes.append(.arrow([place(side * 0.1, 0.06), place(side * (0.1 + 0.16 * abs(push)), 0.06)], .action))
        }
        return Sketch(x: ends, y: 0...1.3, shapes: shapes)
    }
}

extension MountainCar: DrawableEnvironment {
    public var legend: String { "flag: the goal at \(Self.goal) · arrow: push of the motor" }

    public func sketch(taking action: Int?) -> Sketch {
        Valley.sketch(position: state.position, goal: Self.goal, push: action.map { Double($0 - 1) })
    }
}
