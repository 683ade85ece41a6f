public import Autodiff

/// The mean of (prediction − target)² over all elements.
public func meanSquaredError(_ prediction: Tensor, _ target: Tensor) -> Tensor {
    (prediction - target).squared().mean()
}

/// The mean cross entropy of softmax(logits) `[batch, classes]` with the labels `[batch]`, in nats.
public func softmaxCrossEntropy(_ logits: Tensor, _ labels: Tensor) -> Tensor {
    crossEntropy(logits, labels).mean()
}
