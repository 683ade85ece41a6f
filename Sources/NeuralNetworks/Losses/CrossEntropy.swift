public import Autodiff

/// The mean cross entropy of softmax(logits) `[batch, classes]` with the labels `[batch]`, in nats.
///
/// Classes that are rare, or whose mistakes are dear, weigh more by `classWeights`: the mean is then Σ wᵢ lossᵢ / Σ wᵢ,
/// with wᵢ the weight of row i's label, as in PyTorch. Label smoothing ε (Szegedy et al., 2016) takes (1 − ε) of the
/// label's own cross entropy and ε of the mean of all classes', each class weighted.
///
/// - Parameters:
///   - labelSmoothing: ε, from 0 to 1.
///   - classWeights: one for each class; nil for all alike.
public func softmaxCrossEntropy(
    _ logits: Tensor, _ labels: Tensor, labelSmoothing: Float = 0, classWeights: [Float]? = nil
) -> Tensor {
    precondition((0...1).contains(labelSmoothing), "label smoothing must be from 0 to 1; it is \(labelSmoothing)")
    let own = crossEntropy(logits, labels)
    guard let classWeights else {
        guard labelSmoothing > 0 else { return own.mean() }
        let ofAll = -logSoftmax(logits).sumOfColumns() / Float(logits.classCount)
        return ((1 - labelSmoothing) * own + labelSmoothing * ofAll.reshaped(to: [])).mean()
    }
    let weights = logits.weights(classWeights)
    let rowWeights = weights.broadcast(to: logits.shape).selecting(labels)
    var losses = rowWeights * own
    if labelSmoothing > 0 {
        let ofAll = -(logSoftmax(logits) * weights).sumOfColumns() / Float(logits.classCount)
        losses = (1 - labelSmoothing) * losses + labelSmoothing * ofAll.reshaped(to: [])
    }
    return losses.sum() / rowWeights.sum()
}

/// The mean over the batch of −Σ t ln softmax(logits): the cross entropy of softmax(logits) `[batch, classes]` with
/// distributions t `[batch, classes]`, in nats. For targets that are not certain, such as those of mixup.
///
/// - Parameters:
///   - labelSmoothing: ε, from 0 to 1: t becomes (1 − ε) t + ε / classes.
///   - classWeights: one for each class's term of the sum; the mean is over the rows, as in PyTorch.
public func softmaxCrossEntropy(
    _ logits: Tensor, probabilities: Tensor, labelSmoothing: Float = 0, classWeights: [Float]? = nil
) -> Tensor {
    precondition((0...1).contains(labelSmoothing), "label smoothing must be from 0 to 1; it is \(labelSmoothing)")
    let targets = (1 - labelSmoothing) * probabilities + labelSmoothing / Float(logits.classCount)
    var terms = targets * logSoftmax(logits)
    if let classWeights { terms = terms * logits.weights(classWeights) }
    return -terms.sumOfColumns().mean()
}

/// The mean over all elements of −t ln σ(x) − (1 − t) ln(1 − σ(x)): the cross entropy of independent yes-or-no answers
/// with logits x and targets t from 0 to 1, both of one shape such as `[batch, n]`. Exact for logits of any size.
///
/// - Parameter positiveWeights: what the first term is multiplied by, one for each column or one for all: above 1 where
///   positive answers are rare; nil for 1.
public func binaryCrossEntropy(logits: Tensor, _ targets: Tensor, positiveWeights: [Float]? = nil) -> Tensor {
    // −ln σ(x) = softplus(−x), −ln(1 − σ(x)) = softplus(x): neither overflows nor cancels.
    var positive = targets * softplus(-logits)
    if let weights = positiveWeights {
        positive = weights.count == 1 ? positive * weights[0] : positive * logits.weights(weights)
    }
    return (positive + (1 - targets) * softplus(logits)).mean()
}

extension Tensor {
    /// The number of columns, where these are logits `[batch, classes]`.
    fileprivate var classCount: Int { shape.dimensions.last ?? 1 }

    /// One weight for each column.
    fileprivate func weights(_ values: [Float]) -> Tensor {
        precondition(values.count == classCount, "\(values.count) weights for \(classCount) columns")
        return constant(values)
    }
}
