/// The paper that a figure is drawn on. Every `Color` knows how it looks on each, so that charts need not.
public enum Theme: String, CaseIterable, Codable, Sendable {
    case light, dark
}
