public import Autodiff

// Losses of a prediction and a target of the same shape, such as `[batch, n]`: means over all elements.

/// The mean of (prediction − target)².
public func meanSquaredError(_ prediction: Tensor, _ target: Tensor) -> Tensor {
    (prediction - target).squared().mean()
}

/// The mean of |prediction − target|; its gradient where the two are equal is 0.
public func meanAbsoluteError(_ prediction: Tensor, _ target: Tensor) -> Tensor {
    abs(prediction - target).mean()
}

/// Squared for small errors, absolute for large: the mean of ½ e² where |e| ≤ δ, and of δ (|e| − ½ δ) beyond, with
/// e = prediction − target. Huber (1964).
///
/// - Parameter threshold: δ > 0.
public func huberLoss(_ prediction: Tensor, _ target: Tensor, threshold: Float = 1) -> Tensor {
    precondition(threshold > 0, "the threshold of Huber's loss must be greater than 0; it is \(threshold)")
    let error = prediction - target
    let held = error.clamped(to: -threshold...threshold)
    // h (e − ½ h) is ½ e² where h = e, and δ (|e| − ½ δ) where h = ±δ.
    return (held * (error - 0.5 * held)).mean()
}

/// Huber's loss over its threshold, so that the slope for large errors is 1: ½ e² / β where |e| ≤ β, |e| − ½ β beyond.
/// Girshick (2015), "Fast R-CNN".
///
/// - Parameter threshold: β > 0.
public func smoothAbsoluteError(_ prediction: Tensor, _ target: Tensor, threshold: Float = 1) -> Tensor {
    huberLoss(prediction, target, threshold: threshold) / threshold
}
