import Fledge

/// A network that predicts the progression of diabetes, and what its columns are worth to it.
enum RegressionTables {
    private static let shuffles = 20

    private struct Model {
        let fitting: Fitting
        let test: Dataset.Part
        let dataset: Dataset

        init(_ folder: GalleryFolder) throws {
            dataset = try Dataset(table: folder.path + "/Data/diabetes.csv")
            let order = GalleryData.order(of: dataset.training.rowCount)
            var settings = FittingSettings()
            settings.hiddenSizes = [16]
            settings.epochs = 40
            settings.batchSize = 32
            var fitting = try Fitting(
                settings, samples: Samples(dataset.training.rows(order.prefix(300)), of: dataset), seed: 1)
            try fitting.finish()
            self.fitting = fitting
            test = dataset.training.rows(order.dropFirst(300))
        }

        func predictions(_ features: Features) throws -> [Double] {
            try fitting.network.predictions(for: features).array.map(Double.init)
        }
    }

    static func predictions(_ folder: GalleryFolder) throws -> String {
        let model = try Model(folder)
        let predictions = try model.predictions(model.test.features)
        return GalleryData.table(
            ["true", "predicted"],
            zip(model.test.targets ?? [], predictions).map { ["\($0)", GalleryData.text($1, 2)] })
    }

    /// The squared error that shuffling a column adds (Breiman 2001), as a share of the targets' variance.
    static func importance(_ folder: GalleryFolder) throws -> String {
        let model = try Model(folder)
        let targets = (model.test.targets ?? []).map(Double.init)
        let mean = targets.reduce(0, +) / Double(targets.count)
        let total = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        func error(_ features: Features) throws -> Double {
            zip(targets, try model.predictions(features)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / total
        }
        let plain = try error(model.test.features)
        let rows = model.test.features.floats()
        let lines = try (0..<rows.columnCount).map { column -> [String] in
            var added: [Double] = []
            for shuffle in 0..<shuffles {
                let order = GalleryData.order(of: rows.rowCount, purpose: "importance", lane: shuffle)
                var elements = rows.array
                for row in 0..<rows.rowCount { elements[row * rows.columnCount + column] = rows[order[row], column] }
                let shuffled = Matrix(rows: rows.rowCount, columns: rows.columnCount, elements)
                added.append(try error(.floats(shuffled)) - plain)
            }
            let values = [added.reduce(0, +) / Double(shuffles), added.min() ?? 0, added.max() ?? 0]
            return [model.dataset.columnNames[column]] + values.map { GalleryData.text($0, 4) }
        }
        return GalleryData.table(["column", "mean", "low", "high"], lines)
    }
}
