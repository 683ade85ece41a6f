extension SearchSpace {
    /// What is searched of a kind of network where nothing is said: the usual range of each of its settings that matter
    /// most, in the order in which they are searched.
    public static func standard(for model: ModelKind) -> SearchSpace {
        let own: [String] =
            switch model {
            case .mlp:
                ["hiddenSizes=64|128|256|128,64|256,128", "dropout=0.0..0.5", "activation=relu|gelu|silu|tanh"]
            case .linear: ["l1=1e-6..1e-2"]
            case .cnn: ["channels=16,32|32,64|32,64,128", "dropout=0.0..0.5", "labelSmoothing=0.0..0.2"]
            case .text: ["embeddingSize=16|32|64|128", "dropout=0.0..0.7"]
            case .factorization: ["embeddingSize=8|16|32|64", "l2=1e-6..1e-3"]
            }
        let shared = ["learningRate=1e-4..3e-2"] + (model == .factorization ? [] : ["weightDecay=1e-4..1e-1"])
        do throws(SearchSpaceError) {
            return try SearchSpace(lines: shared + own)
        } catch {
            preconditionFailure("the standard search space: \(error)")
        }
    }
}
