/// Whether, and how, a step ended its episode. Only a terminated episode has no future worth anything: the value of
/// what would follow is bootstrapped where it was truncated, and not where it was terminated.
public enum Outcome: UInt8, Sendable, Codable {
    /// The episode goes on.
    case running
    /// The task is over: a goal reached, a pole fallen.
    case terminated
    /// The episode was cut off, by `TimeLimit`, while the task would have gone on.
    case truncated
}
