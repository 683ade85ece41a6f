public import Randomness
public import Simulation

extension Probes {
    /// One step with three choices at once, among 2, 3 and 4: reward 1/3 for each that is the one shown. V = 1 at best.
    /// Fails: policies over several choices.
    public struct SeveralChoices: Environment {
        static let counts = [2, 3, 4]

        /// The number of the combination that is shown.
        public var state = 0
        public init() {}

        public let observationSpace = Space.multiDiscrete([2, 3, 4])
        public let actionSpace = Space.multiDiscrete([2, 3, 4])

        private var shown: InlineArray<3, Int> { [abs(state % 2), abs(state / 2 % 3), abs(state / 6 % 4)] }

        public mutating func reset(using random: inout RandomStream) { state = random.index(below: 24) }

        public mutating func step(_ action: InlineArray<3, Int>, using random: inout RandomStream) -> Transition {
            let shown = shown
            var right = 0
            for part in 0..<3 where action[part] == shown[part] { right += 1 }
            return Transition(reward: Double(right) / 3, outcome: .terminated)
        }

        public func observe(into row: inout MutableSpan<Float>) {
            row.update(repeating: 0)
            let shown = shown
            row[shown[0]] = 1
            row[2 + shown[1]] = 1
            row[5 + shown[2]] = 1
        }
    }

    /// One step with four buttons: reward 1/4 for each that is pressed where its lamp is lit, and not where it is dark.
    /// V = 1 at best. Fails: policies over buttons.
    public struct Buttons: Environment {
        /// The lamps, lamp 0 in the lowest bit.
        public var state = 0
        public init() {}

        public let observationSpace = Space.binary(shape: [4])
        public let actionSpace = Space.binary(shape: [4])

        public mutating func reset(using random: inout RandomStream) { state = random.index(below: 16) }

        public mutating func step(_ action: InlineArray<4, Int>, using random: inout RandomStream) -> Transition {
            var right = 0
            for lamp in 0..<4 where action[lamp] == state >> lamp & 1 { right += 1 }
            return Transition(reward: Double(right) / 4, outcome: .terminated)
        }

        public func observe(into row: inout MutableSpan<Float>) {
            for lamp in 0..<4 { row[lamp] = Float(state >> lamp & 1) }
        }
    }

    /// One step with a mask that forbids the choices that would pay most: of four choices two are allowed, which ones is
    /// shown; each pays its number. V is the larger allowed number. Fails: masks that do not reach the policy.
    public struct ForbiddenChoices: Environment {
        /// Which of the six pairs of choices is allowed.
        public var state = 0
        public init() {}

        public static var hasActionMask: Bool { true }
        public let observationSpace = Space.binary(shape: [4])
        public let actionSpace = Space.discrete(4)

        func isAllowed(_ choice: Int) -> Bool {
            [0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100][min(max(state, 0), 5)] >> choice & 1 == 1
        }

        public mutating func reset(using random: inout RandomStream) { state = random.index(below: 6) }

        public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
            precondition((0..<4).contains(action) && isAllowed(action), "choice \(action) is forbidden in \(state)")
            return Transition(reward: Double(action), outcome: .terminated)
        }

        public func observe(into row: inout MutableSpan<Float>) {
            for choice in 0..<4 { row[choice] = isAllowed(choice) ? 1 : 0 }
        }

        public func writeActionMask(into row: inout MutableSpan<Bool>) {
            for choice in 0..<4 { row[choice] = isAllowed(choice) }
        }
    }
}
