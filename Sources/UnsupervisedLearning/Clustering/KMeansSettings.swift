import Foundation

/// What k-means is asked to do.
public struct KMeansSettings: Codable, Sendable, Equatable {
    /// How the first centroids are chosen.
    public enum Seeding: String, Codable, Sendable, CaseIterable {
        /// Greedy k-means++ (Arthur and Vassilvitskii, 2007, §2.2, with the trials of their §5): each next centroid is
        /// the best of several rows drawn with probability proportional to the squared distance to the closest
        /// centroid so far.
        case plusPlus
        /// Different rows, each as likely as any other.
        case random
    }

    /// The number of clusters, k.
    public var clusters = 8
    /// How often to start anew from other first centroids; the clustering of the lowest inertia is kept.
    public var restarts = 1
    /// The most iterations of each start.
    public var maximumIterations = 300
    /// Stop when the centroids' squared moves add up to no more than this share of the mean variance of the columns;
    /// 0 goes on until no label changes.
    public var tolerance = 1e-4
    /// How the first centroids are chosen.
    public var seeding = Seeding.plusPlus
    /// How many rows k-means++ draws for each centroid, to keep the best; 0 means 2 + ⌊ln k⌋.
    public var seedingTrials = 0

    public init() {}

    public init(clusters: Int) {
        self.clusters = clusters
    }

    /// - Throws: `ClusteringError` naming the first setting that cannot be.
    public func validate() throws(ClusteringError) {
        func require(_ condition: Bool, _ name: String, _ value: any Sendable, _ range: String) throws(ClusteringError)
        {
            guard condition else { throw .setting(name: name, value: "\(value)", range: range) }
        }
        try require((1...1_000_000).contains(clusters), "clusters", clusters, "1 to 1,000,000")
        try require((1...10_000).contains(restarts), "restarts", restarts, "1 to 10,000")
        try require(
            (1...1_000_000).contains(maximumIterations), "maximumIterations", maximumIterations, "1 to 1,000,000")
        try require(tolerance >= 0 && tolerance.isFinite, "tolerance", tolerance, "0 or more")
        try require((0...1_000).contains(seedingTrials), "seedingTrials", seedingTrials, "0 to 1,000")
    }

    /// Rows drawn for each centroid by k-means++.
    var trials: Int {
        seedingTrials > 0 ? seedingTrials : 2 + Int(log(Double(clusters)))
    }
}
