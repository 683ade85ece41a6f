internal import ReinforcementLearning
internal import SupervisedLearning
internal import UnsupervisedLearning

/// The names of all algorithms: what runs record, and what sections of a settings file may be called.
public enum AlgorithmNames {
    public static let clustering = "k-means"
    public static let encoding = "autoencoder"
    public static let fitting = "network"

    public static var all: [String] { TrainingAlgorithm.all.map(\.id) + [clustering, encoding, fitting] }

    /// The names of an algorithm's settings in the order of their declaration; none if there is no such algorithm.
    public static func settings(of algorithm: String) -> [String] {
        let names: [String]? =
            switch algorithm {
            case clustering: try? SettingsLayers(defaults: KMeansSettings()).names
            case encoding: try? SettingsLayers(defaults: AutoencoderSettings()).names
            case fitting: try? SettingsLayers(defaults: FitSettings()).names
            case PPO.id: try? SettingsLayers(defaults: PPO.defaults).names
            default: nil
            }
        return names ?? []
    }
}
