/// How a setting such as the learning rate changes over training.
public enum Schedule: String, Sendable, Codable, CaseIterable {
    /// It stays.
    case constant
    /// It falls evenly to zero at the end.
    case linear

    /// What the setting is multiplied by when `progress`, from 0 to 1, of the training is done.
    public func factor(progress: Double) -> Double {
        switch self {
        case .constant: 1
        case .linear: max(0, 1 - progress)
        }
    }
}
