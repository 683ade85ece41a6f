import Fledge

/// The probabilities that a small network, fitted to 1,000 digits, gives to the others.
enum ClassifierTable {
    static func text(_ folder: GalleryFolder) throws -> String {
        let digits = try GalleryData.digits()
        var settings = FittingSettings()
        settings.hiddenSizes = [16]
        settings.epochs = 40
        settings.batchSize = 32
        let (training, test) = (digits.rows(0..<1000), digits.rows(1000..<digits.rowCount))
        var fitting = try Fitting(
            settings,
            samples: Samples(
                features: training.features, targets: .classes(training.labels ?? [], count: 10), largestByte: 16),
            seed: 1)
        try fitting.finish()
        let probabilities = try fitting.network.predictions(for: test.features)
        let labels = test.labels ?? []
        return GalleryData.table(
            ["label"] + (0..<10).map { "\($0)" },
            labels.indices.map { row in
                ["\(labels[row])"] + probabilities.row(row).map { GalleryData.text(Double($0), 4) }
            })
    }
}
