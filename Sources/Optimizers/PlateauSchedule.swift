/// A factor that falls when the validation loss no longer does: PyTorch's ReduceLROnPlateau, with a relative threshold and
/// without a pause after a fall.
///
/// The whole value is its state: it is saved and restored as JSON.
public struct PlateauSchedule: Sendable, Codable, Equatable {
    /// What the factor is multiplied by at each fall.
    public let dropFactor: Double
    /// How many validations without a smaller loss are borne; the next one falls.
    public let patience: Int
    /// By which share a loss must be below the best to be smaller.
    public let threshold: Double
    /// Below which the factor does not fall.
    public let minimumFactor: Double

    /// What the setting is multiplied by now.
    public private(set) var factor = 1.0
    private var best: Double?
    private var worseInARow = 0

    public init(dropFactor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4, minimumFactor: Double = 0) {
        precondition(dropFactor > 0 && dropFactor < 1, "a drop factor of \(dropFactor); it must lie between 0 and 1")
        precondition(patience >= 0, "a patience of \(patience); it must be at least 0")
        self.dropFactor = dropFactor
        self.patience = patience
        self.threshold = threshold
        self.minimumFactor = minimumFactor
    }

    /// Takes note of a validation loss (a NaN is not smaller than any); gives the factor from now on.
    public mutating func observe(loss: Double) -> Double {
        if loss < (best.map { $0 - threshold * abs($0) } ?? .infinity) {
            best = loss
            worseInARow = 0
        } else {
            worseInARow += 1
        }
        if worseInARow > patience {
            factor = max(factor * dropFactor, minimumFactor)
            worseInARow = 0
        }
        return factor
    }
}
