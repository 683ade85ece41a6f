public import Foundation

/// A point in time, as `--since` and `--older-than` take it: "90m", "12h", "7d", "2w" before now, or a date in UTC:
/// "2026-11-25", "2026-11-25T08:30".
public struct SinceTime: Sendable, Equatable {
    /// As `run.json` writes it: "2026-11-25T08:30:00Z".
    let began: String

    /// nil if the text is neither.
    public init?(_ text: String, before now: Date = Date()) {
        let units: [Character: Double] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        if let unit = text.last.flatMap({ units[$0] }), let count = Double(text.dropLast()), count >= 0, count < 1e6 {
            began = now.addingTimeInterval(-count * unit).formatted(.iso8601)
            return
        }
        let whole = "0000-01-01T00:00:00Z"
        let full = text + whole.dropFirst(text.count)
        guard text.count >= "0000".count, let date = try? Date(full, strategy: .iso8601) else { return nil }
        began = date.formatted(.iso8601)
    }
}
