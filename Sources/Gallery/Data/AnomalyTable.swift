import Fledge

/// The reconstruction errors of digits by an autoencoder that has never seen a zero.
enum AnomalyTable {
    static func text(_ folder: GalleryFolder) throws -> String {
        let digits = try GalleryData.digits()
        let labels = digits.labels ?? []
        let others = labels.indices.filter { labels[$0] != 0 }
        let training = digits.rows(others.prefix(1200))
        let test = digits.rows(others.dropFirst(1200) + labels.indices.filter { labels[$0] == 0 })
        var settings = AutoencoderSettings()
        settings.hiddenSizes = [64]
        settings.codeSize = 12
        settings.epochs = 60
        var autoencoder = try Autoencoder(settings, features: training.features, largestByte: 16, seed: 1)
        try autoencoder.finish()
        let reconstructions = try autoencoder.network.reconstruct(test.features)
        let rows = test.features.floats()
        let testLabels = test.labels ?? []
        return GalleryData.table(
            ["error", "anomaly"],
            testLabels.indices.map { row in
                let differences = zip(rows.row(row), reconstructions.row(row)).map { Double($0 - $1) / 16 }
                let error = differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count)
                return [GalleryData.text(error, 5), testLabels[row] == 0 ? "1" : "0"]
            })
    }
}
