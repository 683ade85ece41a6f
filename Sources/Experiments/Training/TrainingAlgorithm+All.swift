internal import ReinforcementLearning

extension TrainingAlgorithm {
    /// Every algorithm; a new one adds its line here.
    public static let all: [TrainingAlgorithm] = [
        TrainingAlgorithm(PPO.self)
    ]
}
