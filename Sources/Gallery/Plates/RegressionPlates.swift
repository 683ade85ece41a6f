import Fledge

/// Predicted numbers.
enum RegressionPlates {
    static let all = [
        RunPlates.plate(
            of: "diabetes-fit", shows: "A network that predicts a number.",
            command: "fledge fit Notebooks/Gallery/Data/diabetes.csv"),
        Plate(
            "regression",
            shows: "Predictions against the truth, their residuals and distribution, and how much each column "
                + "matters (the error that shuffling it adds, with the range over 20 shuffles).",
            data: "`Data/regression.csv` and `Data/importance.csv`, made by `Gallery --data` from "
                + "`Data/diabetes.csv` (Efron et al. 2004): a network fitted to 300 patients, tested on 142.",
            draw: regression),
    ]

    private static func regression(_ folder: GalleryFolder) throws -> Figure {
        let table = try folder.table("regression.csv"), importance = try folder.table("importance.csv")
        let truth = try table.numbers("true"), predicted = try table.numbers("predicted")
        let residuals = zip(truth, predicted).map { $0 - $1 }
        let mean = truth.reduce(0, +) / Double(truth.count)
        let unexplained = residuals.reduce(0) { $0 + $1 * $1 } / truth.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let names = try importance.texts("column"), added = try importance.numbers("mean")
        let low = try importance.numbers("low"), high = try importance.numbers("high")
        let order = added.indices.sorted { (added[$1], $0) < (added[$0], $1) }
        return Figure(
            title: "\(NumberText.fixed(100 * (1 - unexplained))) % of the variance of the progression is predicted",
            subtitle: "diabetes: 142 patients that the network was not fitted to", width: 760, rowHeights: [165, 140],
            metadata: [("Command", "make gallery")]
        ) {
            Panel(
                "Predicted and true progression after a year",
                ScatterChart(
                    x: truth, y: predicted, xAxis: Axis("true"), yAxis: Axis("predicted"),
                    identity: "predicted = true"))
            Panel(
                "Residuals", column: 1,
                ScatterChart(
                    x: predicted, y: residuals, xAxis: Axis("predicted"), yAxis: Axis("true − predicted"),
                    referenceLines: [ReferenceLine("no error", at: 0)]))
            Panel(
                "Distribution of residuals", row: 1,
                Histogram(residuals, x: Axis("true − predicted"), y: Axis("patients")))
            Panel(
                "Importance of each column", row: 1, column: 1, caption: "added squared error, % of the variance",
                BarChart(
                    order.map {
                        .init(
                            names[$0], 100 * added[$0], valueText: NumberText.fixed(100 * added[$0], decimals: 1),
                            interval: 100 * low[$0]...100 * high[$0])
                    }))
        }
    }
}
