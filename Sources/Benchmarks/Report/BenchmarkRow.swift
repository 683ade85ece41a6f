/// What several repetitions of a job measured, in the unit of their row.
struct Figure: Codable {
    let median: Double
    let minimum: Double
    let maximum: Double
    let repetitions: Int
    /// How many cores other processes kept busy meanwhile; a figure with much above 0 was disturbed.
    let otherCores: Double
    /// How many cores this process kept busy: CPU seconds, user and system, a second.
    let ownCores: Double

    init(_ values: [Double], load: MachineLoad) {
        precondition(!values.isEmpty, "no repetition was measured")
        let sorted = values.sorted()
        let middle = sorted.count / 2
        median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        minimum = sorted[0]
        maximum = sorted[sorted.count - 1]
        repetitions = sorted.count
        (ownCores, otherCores) = load.busyCores()
    }
}

/// What a figure counts, and whether more of it is better.
struct Unit: Codable {
    let name: String
    let isRate: Bool

    /// Work per second: more is better.
    static func rate(_ name: String) -> Unit { Unit(name: name, isRate: true) }
    /// Time per piece of work: less is better.
    static func duration(_ name: String) -> Unit { Unit(name: name, isRate: false) }

    /// How many times better `figure` is than `other`.
    func ratio(of figure: Double, to other: Double) -> Double { isRate ? figure / other : other / figure }
}

/// The best that this machine could do at a job, in the unit of its row, and how that was computed.
struct Limit: Codable {
    let value: Double
    let basis: String
}

/// What a peer reached at the same job in the same run.
struct PeerFigure: Codable {
    /// Its name and version.
    let name: String
    let value: Double
    /// What came of it: accuracy, error, inertia.
    let quality: String?
}

/// One line of the table.
struct BenchmarkRow: Codable {
    let benchmark: String
    let job: String
    let threads: Int
    let unit: Unit
    let ours: Figure
    var quality: String?
    var peer: PeerFigure?
    var limit: Limit?

    /// How many times better ours is than the peer.
    var ratio: Double? { peer.map { unit.ratio(of: ours.median, to: $0.value) } }
    /// How much of the machine's limit ours reaches.
    var fractionOfLimit: Double? { limit.map { unit.ratio(of: ours.median, to: $0.value) } }
}
