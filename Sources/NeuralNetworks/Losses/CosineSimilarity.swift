public import Autodiff

/// The cosine of the angle between each pair of rows, a · b / (‖a‖ ‖b‖): `[batch, d]`, `[batch, d]` → `[batch]`. Norms
/// below 1e-8 count as 1e-8, so that a row of zeros has cosine 0 with everything.
public func cosineSimilarity(_ a: Tensor, _ b: Tensor) -> Tensor {
    func norm(_ x: Tensor) -> Tensor {
        sqrt(x.squared().sumOfColumns().clamped(to: 1e-16...Float.infinity))
    }
    return ((a * b).sumOfColumns() / (norm(a) * norm(b))).reshaped(to: [])
}

/// The mean of 1 − cos(a, b) over pairs of rows that belong together (target 1) and of max(0, cos(a, b) − margin) over
/// those that do not (target −1): `[batch, d]`, `[batch, d]`, targets `[batch]`. PyTorch's CosineEmbeddingLoss.
public func cosineEmbeddingLoss(_ a: Tensor, _ b: Tensor, _ targets: Tensor, margin: Float = 0) -> Tensor {
    let cosine = cosineSimilarity(a, b)
    let isPair = 0.5 * (1 + targets)
    return (isPair * (1 - cosine) + (1 - isPair) * relu(cosine - margin)).mean()
}
