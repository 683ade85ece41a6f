extension SearchSpace {
    /// The usual range of each setting that has one, in the order in which they are searched.
    private static let standardLines = [
        "learningRate=1e-4..1e-2",
        "hiddenSizes=64|128|256|128,64|256,128|256,128,64",
        "dropout=0.0..0.5",
        "weightDecay=1e-6..1e-1",
        "batchSize=32|64|128|256",
        "labelSmoothing=0.0..0.2",
        "mixup=0.0..0.4",
        "activation=relu|gelu|silu|tanh",
        "learningRateSchedule=constant|linear|cosine",
        "factors=4..128",
        "penalty=1e-4..1e2",
    ]

    /// What is searched of a model where nothing is said: the usual range of each of its settings that matter most.
    /// Settings without one are left out.
    ///
    /// - Parameter names: the settings that the model has.
    public static func standard(for names: [String]) -> SearchSpace {
        do throws(SearchSpaceError) {
            let all = try SearchSpace(lines: standardLines)
            return try SearchSpace(all.dimensions.filter { names.contains($0.name) })
        } catch {
            preconditionFailure("the standard search space: \(error)")
        }
    }
}
