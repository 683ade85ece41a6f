import Fledge
import Foundation
import Testing

struct RunFiguresTests {
    private func driver(in folder: TemporaryFolder) -> ExperimentDriver {
        var options = ExperimentDriver.Options(name: "run", command: ["test"])
        options.root = folder.path + "/runs"
        return ExperimentDriver(options)
    }

    private func table(in folder: TemporaryFolder) throws -> String {
        let kinds = ["low", "middle", "high"]
        let rows = (0..<120).map { row in
            "\(row % 3 * 4 + row % 5),\(row % 7),\(Double(row % 3) * 1.5 + Double(row % 4)),\(kinds[row % 3])"
        }
        let path = folder.path + "/table.csv"
        try Data((["width,height,price,kind"] + rows).joined(separator: "\n").utf8).write(to: URL(filePath: path))
        return path
    }

    /// The titles of each figure's panels.
    private func panels(of report: RunReport) throws -> [String: [String]] {
        let figures = try RunFigures.figures(of: try StoredRun(reading: report.folder))
        return Dictionary(uniqueKeysWithValues: figures.map { ($0.name, $0.figure.panels.map(\.title)) })
    }

    @Test func `a classifier shows its curves, its calibration and the columns that matter`() throws {
        let folder = try TemporaryFolder()
        let experiment = try FitExperiment(
            try FitSubject(named: table(in: folder), options: .init(target: .named("kind"))), seed: 1,
            settings: [GivenSetting("epochs", "3")])
        let panels = try panels(of: try driver(in: folder).run(experiment))
        #expect(Set(panels.keys) == ["fit", "diagnostics", "scores"])
        #expect(
            panels["diagnostics"] == [
                "Receiver operating characteristic", "Precision and recall", "Area under each class’s characteristic",
                "Average precision of each class", "Calibration", "Learning rate", "Gradient norm",
                "Loss of accuracy when a column is shuffled, %",
            ])
    }

    @Test func `a regression shows its residuals`() throws {
        let folder = try TemporaryFolder()
        let experiment = try FitExperiment(
            try FitSubject(named: table(in: folder), options: .init(target: .named("price"))), seed: 1,
            settings: [GivenSetting("epochs", "3")])
        let panels = try panels(of: try driver(in: folder).run(experiment))
        #expect(panels["diagnostics"]?.prefix(2) == ["Residuals: true minus predicted", "How residuals are spread"])
        #expect(panels["diagnostics"]?.last == "Loss of R² when a column is shuffled")
    }

    @Test func `a clustering from before silhouettes were measured is still drawn`() throws {
        let folder = try TemporaryFolder()
        let experiment = try ClusterExperiment(
            try DataSubject(named: table(in: folder), target: .named("kind")), seed: 1,
            settings: [GivenSetting("clusters", "3")])
        let report = try driver(in: folder).run(experiment)
        let present = try panels(of: report)
        #expect(present["clusters"]?.contains("Silhouettes by cluster") == true)
        #expect(present["diagnostics"]?.contains("Where the rows of each class are, %") == true)

        let path = report.folder.path("seeds/1/drawing.safetensors")
        let drawing = try Archive(decoding: try readFile(path), name: path)
        var old = Archive()
        for name in ["sizes", "centroids", "farthest", "places", "groups", "centroidPlaces"] {
            old.set(name, try #require(drawing.array(name)))
        }
        var summary = try drawing.decode("summary", as: [String: JSONPart].self)
        for name in ["calinskiHarabasz", "daviesBouldin", "adjustedRandIndex", "normalizedMutualInformation"] {
            #expect(summary.removeValue(forKey: name) != nil)
        }
        summary["classNames"] = nil
        try old.encode("summary", summary)
        try writeFile(try old.encoded(), to: path)
        try FileManager.default.removeItem(atPath: report.folder.path("seeds/1/checksums.csv"))
        let past = try panels(of: report)
        #expect(past["clusters"]?.contains("Silhouettes by cluster") == false)
        #expect(past["clusters"]?.contains("Inertia of each iteration") == true)
    }
}

/// A part of a JSON value, as it is.
private enum JSONPart: Codable {
    case number(Double)
    case numbers([Double])
    case texts([String])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let numbers = try? container.decode([Double].self) {
            self = .numbers(numbers)
        } else {
            self = .texts(try container.decode([String].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .numbers(let numbers): try container.encode(numbers)
        case .texts(let texts): try container.encode(texts)
        }
    }
}
