/// The names of all algorithms: what runs record, and what sections of a settings file may be called.
public enum AlgorithmNames {
    public static let clustering = "k-means"
    public static let encoding = "autoencoder"
    public static let fitting = "multilayer-perceptron"

    public static var all: [String] { TrainingAlgorithm.all.map(\.id) + [clustering, encoding, fitting] }
}
