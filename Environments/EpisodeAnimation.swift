import FileFormats
public import Plotting
public import Simulation

/// Episodes as an animated picture.
public struct EpisodeAnimation {
    /// What came of the episodes that were filmed.
    public struct Episode: Sendable, Equatable {
        public let `return`: Double
        /// In steps.
        public let length: Int
        public let outcome: Outcome
    }

    private let specification: EnvironmentSpecification
    private let width: Double
    private let scale: Double
    private let theme: Theme
    private let framesPerSecond: Double
    private var animation: AnimatedPNG?
    public private(set) var episodes: [Episode] = []

    /// - Parameters:
    ///   - width: of the picture, in points.
    ///   - scale: pixels to the point.
    ///   - framesPerSecond: nil for what suits the task.
    public init(
        of specification: EnvironmentSpecification, width: Double = 480, scale: Double = 1, theme: Theme = .light,
        framesPerSecond: Double? = nil
    ) {
        self.specification = specification
        self.width = width
        self.scale = scale
        self.theme = theme
        self.framesPerSecond =
            framesPerSecond ?? (specification.task as? any DrawableEnvironment)?.framesPerSecond ?? 30
    }

    /// Films `count` episodes that `policy` plays, as lane 0 of a batch of this seed and purpose.
    ///
    /// - Parameter longest: the step at which an episode that does not end is broken off.
    /// - Throws: `EnvironmentError` if the task does not draw itself or has no heuristic, `SceneError` if the picture is too
    ///   large.
    public mutating func film(
        episodes count: Int, seed: UInt64, purpose: String = "evaluation", policy: EpisodePolicy, longest: Int = 10_000,
        text: [(keyword: String, text: String)] = []
    ) throws {
        guard let task = specification.task as? any DrawableEnvironment else {
            throw EnvironmentError("\(specification.id) has no pictures")
        }
        try film(task, count, seed, purpose, policy, longest, text)
    }

    private mutating func film<Task: DrawableEnvironment>(
        _ task: Task, _ count: Int, _ seed: UInt64, _ purpose: String, _ policy: EpisodePolicy, _ longest: Int,
        _ text: [(keyword: String, text: String)]
    ) throws {
        var player = try EpisodePlayer(
            of: task, limit: specification.stepLimit, seed: seed, purpose: purpose, policy: policy)
        let milliseconds = Int((1000 / framesPerSecond).rounded())
        for episode in 1...max(count, 1) {
            player.begin()
            while true {
                let goesOn = player.outcome == .running && player.length < longest
                let action = goesOn ? try player.chooseAction() : nil
                let frame = FilmFrame(
                    title: specification.gymnasiumID ?? specification.id,
                    score: (count > 1 ? "episode \(episode) · " : "") + "step \(player.length) · return "
                        + Self.number(player.return),
                    caption: action.map { words(for: $0.numbers) } ?? Self.ending(player.outcome),
                    sketch: player.task.sketch(taking: action))
                let image = try frame.image(width: width, scale: scale, theme: theme)
                if animation == nil {
                    animation = AnimatedPNG(width: image.width, height: image.height, text: text)
                }
                guard let action else {
                    // The end is to be seen for a moment.
                    animation?.append(image.pixels, milliseconds: max(milliseconds, 1500))
                    break
                }
                animation?.append(image.pixels, milliseconds: milliseconds)
                _ = player.step(action)
            }
            episodes.append(
                Episode(return: player.return, length: player.length, outcome: player.outcome))
        }
    }

    /// The file.
    ///
    /// - Precondition: something has been filmed.
    public func encoded() throws -> [UInt8] {
        guard let animation else { preconditionFailure("nothing has been filmed") }
        return try animation.encoded()
    }

    /// What an action is, in words.
    private func words(for numbers: [Double]) -> String {
        let names = specification.actionNames
        switch specification.actionSpace {
        case .discrete:
            let choice = Int(numbers[0])
            return names.indices.contains(choice) ? names[choice] : "action \(choice)"
        case .multiDiscrete: return "action " + numbers.map { Self.number($0) }.joined(separator: ", ")
        case .binary, .box:
            return zip(names.isEmpty ? numbers.indices.map { "action \($0)" } : names, numbers)
                .map { "\($0) \(NumberText.fixed($1, decimals: specification.actionSpace.isDiscrete ? 0 : 2))" }
                .joined(separator: " · ")
        }
    }

    private static func ending(_ outcome: Outcome) -> String {
        switch outcome {
        case .running: "broken off"
        case .terminated: "the episode has ended"
        case .truncated: "the time is up"
        }
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() ? NumberText.fixed(value) : NumberText.fixed(value, decimals: 1)
    }
}
