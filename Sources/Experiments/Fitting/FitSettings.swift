public import SupervisedLearning

/// All settings of a fit, side by side: those of the network and its training, and how it is chosen and judged.
public struct FitSettings: Codable, Sendable, Equatable {
    public var fitting: FittingSettings
    public var selection: SelectionSettings

    public init(fitting: FittingSettings = FittingSettings(), selection: SelectionSettings = SelectionSettings()) {
        self.fitting = fitting
        self.selection = selection
    }

    public init(from decoder: any Decoder) throws {
        fitting = try FittingSettings(from: decoder)
        selection = try SelectionSettings(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try fitting.encode(to: encoder)
        try selection.encode(to: encoder)
    }

    func validate() throws {
        try fitting.validate()
        try selection.validate()
    }
}
