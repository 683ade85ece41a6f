import Fledge

/// What autoencoders keep and what they find strange.
enum AutoencoderPlates {
    static let all = [
        RunPlates.plate(
            of: "fashion-mnist-encode",
            shows: "An autoencoder of images: losses, codes on two principal components, images beside their "
                + "reconstructions.", command: "fledge encode fashion-mnist --code 64"),
        RunPlates.plate(
            of: "digits-encode", shows: "The same for digits and a code of 16 numbers.",
            command: "fledge encode digits --code 16"),
        Plate(
            "anomalies",
            shows: "The reconstruction error as a detector: its histogram with a threshold, and how well it ranks.",
            data: "`Data/anomalies.csv`, made by `Gallery --data`: an autoencoder fitted to all digits but the "
                + "zeros meets rows that it has not seen, and zeros.", draw: anomalies),
    ]

    private static func anomalies(_ folder: GalleryFolder) throws -> Figure {
        let table = try folder.table("anomalies.csv")
        let errors = try table.numbers("error"), isAnomaly = try table.integers("anomaly").map { $0 == 1 }
        let normal = errors.indices.filter { !isAnomaly[$0] }.map { errors[$0] }
        let strange = errors.indices.filter { isAnomaly[$0] }.map { errors[$0] }
        let threshold = Quantile.of(sorted: normal.sorted(), 0.95)
        let found = Double(strange.count { $0 > threshold }) / Double(strange.count)
        let ranking = ReceiverOperatingCharacteristic(scores: errors.map { Float($0) }, isPositive: isAnomaly)
        let percent = NumberText.fixed(100 * found)
        return Figure(
            title: "At 5 % false alarms \(percent) % of the zeros are found",
            subtitle:
                "an autoencoder that has never seen a zero: \(normal.count) rows like those that it was fitted to, "
                + "\(strange.count) zeros", width: 760, rowHeights: [170], columnWeights: [1.5, 1],
            metadata: [("Command", "make gallery")]
        ) {
            Panel(
                "Reconstruction error of a row",
                Histogram(
                    [.init("digits 1–9", normal), .init("zeros", strange)], height: .percentOfGroup,
                    thresholds: [ReferenceLine("95 % of digits 1–9", at: threshold)], x: Axis("mean squared error"),
                    y: Axis("% of group")))
            Panel(
                "Zeros found", column: 1,
                LineChart.receiverOperatingCharacteristic([
                    Series(
                        "area \(NumberText.fixed(ranking.area, decimals: 3))", x: ranking.curve.x, y: ranking.curve.y)
                ]))
        }
    }
}
