/// The minimum of a smooth function by the limited-memory quasi-Newton method (Liu and Nocedal, 1989): the inverse
/// Hessian is built from the last few steps, and each step is halved until it descends enough (Armijo).
struct LimitedMemoryBFGS {
    var memory = 10
    var iterations = 100
    /// It ends where no component of the gradient exceeds this.
    var tolerance = 3e-5

    /// - Parameter function: its value and its gradient at a point.
    func minimum(from start: [Double], of function: ([Double]) -> (value: Double, gradient: [Double])) -> [Double] {
        var point = start
        var current = function(point)
        var steps: [(step: [Double], change: [Double], curvature: Double)] = []
        for _ in 0..<iterations where current.gradient.contains(where: { abs($0) > tolerance }) {
            var direction = Self.direction(current.gradient, steps)
            var slope = Self.product(direction, current.gradient)
            if slope >= 0 {
                // Rounding spoiled the memory.
                steps.removeAll()
                direction = current.gradient.map { -$0 }
                slope = -Self.product(current.gradient, current.gradient)
            }
            // The first direction has no scale yet.
            var length = steps.isEmpty ? min(1, 1 / (-slope).squareRoot()) : 1
            var next = point
            var reached = current
            repeat {
                for index in point.indices { next[index] = point[index] + length * direction[index] }
                reached = function(next)
                if reached.value <= current.value + 1e-4 * length * slope { break }
                length /= 2
            } while length > 1e-8
            // Below the precision of the function there is nothing to gain.
            guard reached.value < current.value else { break }
            let step = zip(next, point).map { $0 - $1 }
            let change = zip(reached.gradient, current.gradient).map { $0 - $1 }
            let curvature = Self.product(step, change)
            if curvature > 1e-12 * Self.product(change, change) {
                steps.append((step, change, curvature))
                if steps.count > memory { steps.removeFirst() }
            }
            (point, current) = (next, reached)
        }
        return point
    }

    /// −H · gradient, by the two loops over the last steps.
    private static func direction(
        _ gradient: [Double], _ steps: [(step: [Double], change: [Double], curvature: Double)]
    ) -> [Double] {
        var direction = gradient.map { -$0 }
        var weights: [Double] = []
        for (step, change, curvature) in steps.reversed() {
            let weight = product(step, direction) / curvature
            weights.append(weight)
            for index in direction.indices { direction[index] -= weight * change[index] }
        }
        if let last = steps.last {
            let scale = last.curvature / product(last.change, last.change)
            for index in direction.indices { direction[index] *= scale }
        }
        for ((step, change, curvature), weight) in zip(steps, weights.reversed()) {
            let correction = weight - product(change, direction) / curvature
            for index in direction.indices { direction[index] += correction * step[index] }
        }
        return direction
    }

    private static func product(_ first: [Double], _ second: [Double]) -> Double {
        var sum = 0.0
        for index in first.indices { sum += first[index] * second[index] }
        return sum
    }
}
