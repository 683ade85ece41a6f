import Environments
import Plotting
import Simulation
import Testing

@Suite struct `An episode's film` {
    @Test(arguments: [
        (100, 5, [0, 25, 50, 75, 100]), (3, 10, [0, 1, 2, 3]), (215, 10, [0, 24, 48, 72, 96, 119, 143, 167, 191, 215]),
        (7, 1, [0, 7]), (0, 4, [0]),
    ])
    func `shows moments that are evenly spaced, the first and the last among them`(
        length: Int, moments: Int, steps: [Int]
    ) {
        #expect(EpisodeFilm.steps(of: length, moments: moments) == steps)
    }

    @Test func `sums the rewards and shows no action after the last step`() throws {
        let film = try #require(
            try Environments.named("cart-pole").film(
                seed: 2, policy: .agent { rollout in rollout.discreteActions[0] = 1 }))
        #expect(film.frames.count == film.length + 1)
        #expect(film.frames.map(\.return) == (0...film.length).map { Double($0) })
        #expect(film.return == Double(film.length))
        let arrows = film.frames.map { $0.sketch.arrows.count }
        #expect(arrows == Array(repeating: 1, count: film.length) + [0])
    }

    @Test(arguments: ["cart-pole", "pendulum"])
    func `of every task keeps its ranges from frame to frame`(name: String) throws {
        let film = try #require(try Environments.named(name).film(moments: 8, seed: 1, policy: .random))
        #expect(Set(film.frames.map { "\($0.sketch.x) \($0.sketch.y)" }).count == 1)
        #expect(film.frames.count == 8)
    }
}

@Suite struct `A drawing` {
    @Test func `of the cart shows where it is, how the pole leans, and which way it is pushed`() throws {
        var task = CartPole()
        task.state = CartPole.State(position: 1.5, velocity: 0, angle: 0.2, angularVelocity: 0)
        let right = task.sketch(taking: 1)
        let pole = try #require(right.lines(.limb).first)
        #expect(pole[0].x == 1.5 && pole[1].x > 1.5)
        let arrow = try #require(right.arrows.first)
        #expect(arrow[0].x > 1.5 && arrow[1].x > arrow[0].x)
        let left = try #require(task.sketch(taking: 0).arrows.first)
        #expect(left[0].x < 1.5 && left[1].x < left[0].x)
    }

    @Test func `of the pendulum stands upright at angle 0 and turns with the clock for a positive torque`() throws {
        var task = Pendulum()
        let upright = task.sketch(taking: [2])
        let rod = try #require(upright.lines(.limb).first)
        #expect(rod[1] == Sketch.Place(0, 1))
        let arrow = try #require(upright.arrows.first)
        // Over the top from left to right.
        #expect(arrow.first!.x < 0 && arrow.last!.x > 0 && arrow[12].y > 0)
        task.state = .init(angle: .pi / 2, angularVelocity: 0)
        let hanging = try #require(task.sketch(taking: nil).lines(.limb).first)
        #expect(hanging[1].x == 1 && abs(hanging[1].y) < 1e-12)
    }
}

extension Sketch {
    fileprivate var arrows: [[Place]] {
        shapes.compactMap { if case .arrow(let places, _) = $0 { places } else { nil } }
    }

    fileprivate func lines(_ wanted: Role) -> [[Place]] {
        shapes.compactMap { if case .line(let places, _, wanted) = $0 { places } else { nil } }
    }
}
