public import FileFormats

/// How far a piece of long work has come: `completed` of `total`, counted in its `Learner.unit`.
public struct Progress: Sendable, Equatable {
    public var completed: Int
    public var total: Int

    public init(completed: Int, of total: Int) {
        self.completed = completed
        self.total = total
    }
}

/// Work that takes long (training an agent, fitting a network, clustering) as a value that advances by updates and
/// can be put away between any two of them.
///
/// A learner knows no files, clocks or terminals, and prints nothing: whoever drives it times it, writes its metrics
/// and decides when to stop. `advance` allocates nothing after the first update.
public protocol Learner: Sendable {
    /// What `Progress` counts: "steps", "epochs", "iterations".
    static var unit: String { get }

    /// The names of the values in `metrics`, in order; fixed for the learner's life. They are the columns of the
    /// run's `metrics.csv`, in lower camel case: `episodeReturn`, `validationLoss`.
    var metricNames: [String] { get }

    /// What the latest update measured, one value a name; NaN where this update measured nothing under that name.
    var metrics: [Double] { get }

    /// Does the next update; nil when the work is done.
    ///
    /// - Throws: when the work cannot go on: training that diverged names the tensor, the step and the cause.
    mutating func advance() throws -> Progress?

    /// Writes everything that the rest of the work depends on: parameters, optimizer moments, normalizers, random
    /// positions, environment states, data cursor, best so far. A learner of the same settings that restores the
    /// archive goes on with the same bytes.
    func save(into archive: inout Archive) throws

    /// Replaces this learner's state by the archive's.
    ///
    /// - Throws: if an array is missing, or has another shape or element type than these settings ask for.
    mutating func restore(from archive: Archive) throws

    /// Mixes in what tells this state from any other that the work could be in after as many updates: parameters and
    /// random positions. Two runs whose hashes agree update for update have done the same work.
    func hash(into hash: inout StateHash) throws
}

extension Learner {
    /// All that is put away: right for every learner, and slow for one with much state.
    public func hash(into hash: inout StateHash) throws {
        var archive = Archive()
        try save(into: &archive)
        hash.combine(try archive.encoded())
    }
}
