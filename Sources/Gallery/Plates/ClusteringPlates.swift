import Fledge

/// Clusters: a run, the choice of their number, and the trees of hierarchies and densities.
enum ClusteringPlates {
    static let all = [
        RunPlates.plate(
            of: "fashion-mnist-cluster",
            shows: "A clustering of images: where rows lie, how large clusters are, what their centroids look like.",
            command: "fledge cluster fashion-mnist --clusters 10"),
        RunPlates.plate(
            of: "digits-cluster", shows: "The same for the 1,797 digits.",
            command: "fledge cluster digits --clusters 10"),
        Plate(
            "number-of-clusters",
            shows:
                "How many clusters: inertia and two indices against k, and the silhouette of every row at k = 10.",
            data: "`Data/clusters.csv` and `Data/silhouettes.csv`, made by `Data/clusters.py`: `fledge cluster "
                + "digits` for each k, the best of five starts; silhouettes and index by scikit-learn.",
            draw: numberOfClusters),
        Plate(
            "hierarchies-and-densities",
            shows: "The dendrogram of a hierarchical clustering, the reachability plot of OPTICS, and the distance "
                + "to the tenth neighbour, whose knee is a radius for DBSCAN.",
            data: "`Data/linkage.csv`, `Data/reachability.csv` and `Data/neighbours.csv`, made by `Data/trees.py`: "
                + "SciPy and scikit-learn on the digits, since Fledge has no such algorithms yet.",
            draw: hierarchiesAndDensities),
    ]

    private static func numberOfClusters(_ folder: GalleryFolder) throws -> Figure {
        let table = try folder.table("clusters.csv"), rows = try folder.table("silhouettes.csv")
        let k = try table.numbers("k")
        let curves = try ["inertia", "silhouette", "daviesBouldin"].map { name in
            LineChart(Series(x: k, y: try table.numbers(name)), x: Axis("clusters"))
        }
        let silhouettes = SilhouetteChart(try rows.numbers("silhouette"), clusters: try rows.integers("cluster"))
        return Figure(
            title: "Nine clusters separate the digits best", subtitle: "k-means on 1,797 rows × 64 columns",
            width: 760, rowHeights: [105], columnWeights: [1, 1.15], metadata: [("Command", "make gallery")]
        ) {
            Panel("Inertia", curves[0])
            Panel("Mean silhouette", row: 1, caption: "higher is better", curves[1])
            Panel("Davies–Bouldin index", row: 2, caption: "lower is better", curves[2])
            Panel("Silhouette of each row, 10 clusters", column: 1, rowSpan: 3, silhouettes)
        }
    }

    private static func hierarchiesAndDensities(_ folder: GalleryFolder) throws -> Figure {
        let linkage = try folder.table("linkage.csv"), order = try folder.table("reachability.csv")
        let merges = zip(
            zip(try linkage.integers("first"), try linkage.integers("second")), try linkage.numbers("distance")
        ).map { Dendrogram.Merge($0.0, $0.1, at: $1) }
        let reachability = ReachabilityChart(
            try order.numbers("reachability"), clusters: try order.integers("cluster"),
            cut: ReferenceLine("ε = 15", at: 15))
        let distances = try folder.table("neighbours.csv").numbers("distance")
        return Figure(
            title: "Digits by hierarchy and by density", width: 760, rowHeights: [150, 130],
            columnWeights: [1.5, 1], metadata: [("Command", "make gallery")]
        ) {
            Panel(
                "Ward's hierarchical clustering of 300 digits", columnSpan: 2,
                caption: "(n): n digits below this branch",
                Dendrogram(merges, cut: ReferenceLine("cut: 10 clusters", at: 127)))
            Panel("Reachability of 1,797 digits", row: 1, caption: "grey: noise at ε = 15", reachability)
            Panel(
                "Distance to the 10th neighbour", row: 1, column: 1,
                LineChart(
                    Series(x: distances.indices.map { Double($0 + 1) }, y: distances), x: Axis("digits, sorted"),
                    referenceLines: [ReferenceLine("ε = 15", at: 15)]))
        }
    }
}
