public import Autodiff

/// The Kullback–Leibler divergence of distributions: the mean over the batch of Σ t (ln t − ln p), in nats, from log
/// probabilities ln p and probabilities t, both `[batch, classes]`. Terms with t = 0 are 0.
///
/// Kullback and Leibler (1951). With `logSoftmax` of a student's logits and `softmax` of a teacher's it is the loss of
/// distillation (Hinton, Vinyals and Dean, 2015).
public func kullbackLeiblerDivergence(logProbabilities: Tensor, _ targets: Tensor) -> Tensor {
    let logTargets = log(targets.clamped(to: Float.leastNormalMagnitude...Float.infinity))
    return (targets * (logTargets - logProbabilities)).sumOfColumns().mean()
}

/// The Kullback–Leibler divergence of normal distributions with independent dimensions from the standard normal one:
/// −½ Σ (1 + ln σ² − μ² − σ²) for each row, from means μ and log variances ln σ², both `[batch, d]` → `[batch]`.
/// Kingma and Welling (2014): the part of a variational autoencoder's loss that keeps its codes together.
public func standardNormalDivergence(mean: Tensor, logVariance: Tensor) -> Tensor {
    (0.5 * (mean.squared() + exp(logVariance) - logVariance - 1)).sumOfColumns().reshaped(to: [])
}

/// The negative log likelihood of targets under normal distributions, without its constant ½ ln 2π: the mean over all
/// elements of ½ (ln σ² + (t − μ)² / σ²), from means μ, log variances ln σ² and targets t, all `[batch, n]`.
/// Nix and Weigend (1994): a network that also says how sure it is.
public func gaussianNegativeLogLikelihood(mean: Tensor, logVariance: Tensor, _ targets: Tensor) -> Tensor {
    (0.5 * (logVariance + (targets - mean).squared() * exp(-logVariance))).mean()
}
