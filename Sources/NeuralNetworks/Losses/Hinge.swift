public import Autodiff

/// The mean of max(0, margin − t s) over scores s and targets t, −1 or 1, of one shape such as `[batch, 1]`: the loss of
/// support vector machines. Cortes and Vapnik (1995).
public func hingeLoss(_ scores: Tensor, _ targets: Tensor, margin: Float = 1) -> Tensor {
    relu(margin - targets * scores).mean()
}

/// The multi-class hinge of Weston and Watkins (1999): every other class's score should lie a margin below the label's.
/// The mean over the batch of Σ_{j ≠ y} max(0, margin − s_y + s_j) / classes, from scores `[batch, classes]` and labels
/// `[batch]`; PyTorch's MultiMarginLoss.
public func multiclassHingeLoss(_ scores: Tensor, _ labels: Tensor, margin: Float = 1) -> Tensor {
    let own = scores.selecting(labels).reshaped(to: [1])
    // The label's own term is the margin whatever the scores are.
    let excess = relu(margin + (scores - own)).sumOfColumns() - margin
    return excess.mean() / Float(scores.shape.dimensions.last ?? 1)
}
