/// What a run is, written before it begins: the content of `run.json`.
public struct RunRecord: Codable, Sendable, Equatable {
    /// The name of the run's folder.
    public var name: String
    /// "train", "cluster", "encode" or "fit".
    public var verb: String
    /// The environment or data set.
    public var subject: Subject
    /// "ppo", "k-means", "autoencoder", "classifier".
    public var algorithm: String
    public var seeds: [UInt64]
    /// Every setting with its value and where that came from.
    public var settings: [String: ResolvedSetting]
    public var command: [String]
    /// When the run began, in UTC (ISO 8601).
    public var began: String
    public var versions: Versions
    public var hardware: Hardware
    /// The revision of Fledge's source, where the program runs from a checkout.
    public var sourceRevision: String?
    /// Which data is worked on, where it is not an environment.
    public var data: DataSource?
    /// The run that this one came from.
    public var lineage: Lineage?

    /// What is worked on.
    public struct Subject: Codable, Sendable, Equatable {
        /// What the command line calls it.
        public var id: String
        /// What figures call it: "CartPole-v1".
        public var title: String
        /// Where a data set was read from, with its size: "/data/iris.csv, 150 rows × 4 columns".
        public var origin: String?
        /// The mean return at which the task counts as solved.
        public var solvedReturn: Double?

        public init(id: String, title: String, origin: String? = nil, solvedReturn: Double? = nil) {
            self.id = id
            self.title = title
            self.origin = origin
            self.solvedReturn = solvedReturn
        }
    }

    /// The command as a shell takes it, on one line.
    public var commandLine: String { command.map { Escaping.shell($0) }.joined(separator: " ") }

    /// The setting's number, if it is one.
    func number(_ setting: String) -> Double? {
        switch settings[setting]?.value {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}
