public import Autodiff

/// Batch normalisation: Ioffe and Szegedy (2015). While a network learns, every channel is brought to mean 0 and deviation
/// 1 over the batch (and the places of an image); when it predicts, running means of these statistics serve.
public struct BatchNormalization: Layer {
    public let scale: ParameterSlice
    public let shift: ParameterSlice
    public let runningMean: ParameterSlice
    public let runningVariance: ParameterSlice
    /// What is added to a variance, denoted ε.
    public let epsilon: Float
    /// How much of a batch's statistics enters the running ones.
    public let momentum: Float

    /// Declares `name.weight`, one at first, and `name.bias`, zero; `name.running_mean` and `name.running_var`, which are
    /// not stepped.
    public init(
        _ name: String, channels: Int, epsilon: Float = 1e-5, momentum: Float = 0.1, in layout: inout ParameterLayout
    ) {
        let shape = [channels]
        scale = layout.declare("\(name).weight", shape: shape, initializer: Constant(1), decays: false)
        shift = layout.declare("\(name).bias", shape: shape, initializer: Constant(0), decays: false)
        runningMean = layout.declare(
            "\(name).running_mean", shape: shape, initializer: Constant(0), isTrainable: false)
        runningVariance = layout.declare(
            "\(name).running_var", shape: shape, initializer: Constant(1), isTrainable: false)
        self.epsilon = epsilon
        self.momentum = momentum
    }

    /// `[batch, …, channels]` → `[batch, …, channels]`
    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor {
        guard x.isTraining else {
            let factor = x.parameter(scale) / sqrt(x.parameter(runningVariance) + epsilon)
            return x * factor + (x.parameter(shift) - x.parameter(runningMean) * factor)
        }
        let mean = x.meanOverPlaces()
        let variance = x.varianceOverPlaces(about: mean)
        mix(mean, into: runningMean)
        mix(variance * x.besselCorrection, into: runningVariance)
        return x.batchNormalized(
            mean: mean, variance: variance, scale: x.parameter(scale), shift: x.parameter(shift), epsilon: epsilon)
    }

    private func mix(_ statistic: Tensor, into running: ParameterSlice) {
        (statistic.parameter(running) * (1 - momentum) + statistic * momentum).update(running)
    }
}

/// Layer normalisation: Ba, Kiros and Hinton (2016). Every row of the last dimension is brought to mean 0 and deviation 1.
public struct LayerNormalization: Layer {
    public let scale: ParameterSlice
    public let shift: ParameterSlice
    public let epsilon: Float

    /// Declares `name.weight`, one at first, and `name.bias`, zero.
    public init(_ name: String, width: Int, epsilon: Float = 1e-5, in layout: inout ParameterLayout) {
        scale = layout.declare("\(name).weight", shape: [width], initializer: Constant(1), decays: false)
        shift = layout.declare("\(name).bias", shape: [width], initializer: Constant(0), decays: false)
        self.epsilon = epsilon
    }

    /// `[batch, …, width]` → `[batch, …, width]`
    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor {
        x.standardizedRows(epsilon: epsilon) * x.parameter(scale) + x.parameter(shift)
    }
}
