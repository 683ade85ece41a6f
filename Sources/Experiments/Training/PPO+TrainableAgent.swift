public import ReinforcementLearning

extension PPO: TrainableAgent {
    public static let id = "ppo"
    public static let title = "PPO"
    public static let stepsSetting = "totalSteps"
    public static var defaults: PPOSettings { PPOSettings() }
    public static func validate(_ settings: PPOSettings) throws { try settings.validate() }
}
