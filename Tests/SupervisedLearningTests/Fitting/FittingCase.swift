import Datasets
import FileFormats
import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness
import SupervisedLearning
import Testing

/// A small fit of one kind of network to samples of its kind.
struct FittingCase: Sendable, CustomTestStringConvertible {
    let name: String
    var settings: FittingSettings
    let samples: Samples

    var testDescription: String { name }

    init(_ name: String, _ samples: Samples, _ change: (inout FittingSettings) -> Void) {
        self.name = name
        self.samples = samples
        settings = FittingSettings()
        settings.hiddenSizes = [8]
        settings.batchSize = 16
        settings.epochs = 5
        settings.learningRate = 0.01
        settings.embeddingSize = 4
        settings.validationFraction = 0.2
        change(&settings)
    }

    /// One for each kind of network and way to read.
    static let all: [FittingCase] = {
        do {
            let encoders = try TextEncoder.allCases.map { encoder in
                FittingCase("text \(encoder)", try SmallData.texts(count: 60)) {
                    $0.model = .text
                    $0.textEncoder = encoder
                    $0.dropout = 0.2
                }
            }
            return encoders + [
                FittingCase("perceptron", try SmallData.table(count: 70)) { $0.dropout = 0.2 },
                FittingCase("linear", try SmallData.table(count: 70)) { $0.model = .linear },
                FittingCase("regression", try Blobs.plane(count: 70)) { $0.valueLoss = .huber },
                FittingCase("convolutions", try SmallData.images(count: 70)) {
                    $0.model = .cnn
                    $0.channels = [4, 4]
                    $0.batchNormalization = true
                    $0.dropout = 0.2
                },
                FittingCase("weighted terms", try SmallData.texts(count: 60)) { $0.model = .linear },
                FittingCase("perceptron of terms", try SmallData.texts(count: 60)) { $0.dropout = 0.2 },
                FittingCase("factorization", try SmallData.ratings(count: 90)) { $0.model = .factorization },
            ]
        } catch {
            preconditionFailure("the samples of a test: \(error)")
        }
    }()

    func fitting(seed: UInt64 = 3, pool: WorkerPool = .shared) throws -> Fitting {
        try Fitting(settings, samples: samples, seed: seed, pool: pool)
    }
}

/// Samples of each kind, a few dozen of them, with something to learn.
enum SmallData {
    /// Grey images in which the left or the right half is bright.
    static func images(count: Int, side: Int = 6, seed: UInt64 = 1) throws -> Samples {
        var random = RandomStream(seed: seed, purpose: "images")
        let labels = (0..<count).map { Int32($0 % 2) }
        let pixels = labels.flatMap { label -> [UInt8] in
            (0..<side * side).map { place in
                UInt8(random.index(below: 100) + ((place % side < side / 2) == (label == 0) ? 120 : 0))
            }
        }
        return try Samples(
            features: .matrix(
                .bytes(Matrix(rows: count, columns: side * side, pixels)),
                image: .init(height: side, width: side)), targets: .classes(labels, count: 2))
    }

    /// Texts of which those with "good" are of one class, those with "bad" of the other.
    static func texts(count: Int, seed: UInt64 = 1) throws -> Samples {
        var random = RandomStream(seed: seed, purpose: "texts")
        let words = ["the", "film", "was", "long", "and", "short", "so"]
        let labels = (0..<count).map { Int32($0 % 2) }
        let texts = labels.map { label -> String in
            var text = (0..<2 + random.index(below: 5)).map { _ in words[random.index(below: words.count)] }
            text.insert(label == 0 ? "bad" : "good", at: random.index(below: text.count + 1))
            return text.joined(separator: " ")
        }
        var samples = try Samples(features: .texts(texts), targets: .classes(labels, count: 2))
        samples.classNames = ["bad", "good"]
        samples.schema = .texts(column: "text")
        return samples
    }

    /// Ratings that are the product of what users and items are like.
    static func ratings(count: Int, users: Int = 12, items: Int = 9, seed: UInt64 = 1) throws -> Samples {
        var random = RandomStream(seed: seed, purpose: "ratings")
        let pairs = (0..<count).map { _ in (random.index(below: users), random.index(below: items)) }
        let ratings = pairs.map { user, item in 3 + Float(user % 3 - 1) * Float(item % 3 - 1) }
        return try Samples(
            features: .ratings(users: pairs.map { "u\($0.0)" }, items: pairs.map { "i\($0.1)" }),
            targets: .values(Matrix(rows: count, columns: 1, ratings)))
    }

    /// A table with numbers, of which some are missing, and categories; both tell something of the class.
    static func table(count: Int, seed: UInt64 = 1) throws -> Samples {
        var random = RandomStream(seed: seed, purpose: "table")
        let labels = (0..<count).map { Int32($0 % 3) }
        let heights = labels.map { label -> Double? in
            random.index(below: 10) == 0 ? nil : 100 + 20 * Double(label) + 5 * random.normal()
        }
        let colours = labels.map { label -> Int32? in
            random.index(below: 12) == 0
                ? nil : Int32(random.index(below: 3) == 0 ? random.index(below: 3) : Int(label))
        }
        var samples = try Samples(
            features: .table(
                Table(columns: [
                    Column(name: "height", values: .numbers(heights)),
                    Column(name: "colour", values: .categories(codes: colours, names: ["blue", "green", "red"])),
                ])), targets: .classes(labels, count: 3))
        samples.targetName = "kind"
        samples.classNames = ["a", "b", "c"]
        return samples
    }
}

extension Learner {
    /// Runs to the end; the metrics of every update, as text, since NaN is not equal to itself.
    mutating func finish() throws -> [String] {
        var rows: [String] = []
        while try advance() != nil { rows.append(metrics.description) }
        return rows
    }

    /// All that is put away, as a file's bytes.
    func archiveBytes() throws -> [UInt8] {
        var archive = Archive()
        try save(into: &archive)
        return try archive.encoded()
    }
}

/// Holds that work which is put away after each of `stops` updates, and taken up by a fresh learner, ends with the same
/// metrics and the same bytes as work that was never stopped.
func expectSameWhenResumed<Work: Learner>(
    stops: [Int], _ make: () throws -> Work, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    var whole = try make()
    let rows = try whole.finish()
    let bytes = try whole.archiveBytes()
    for stop in stops {
        var first = try make()
        for _ in 0..<stop { _ = try first.advance() }
        let saved = try first.archiveBytes()
        var second = try make()
        try second.restore(from: Archive(decoding: saved, name: "checkpoint"))
        let isSameAgain = try second.archiveBytes() == saved
        #expect(isSameAgain, "saved anew after \(stop) updates", sourceLocation: sourceLocation)
        let rest = try second.finish()
        #expect(rest == Array(rows.dropFirst(stop)), "after \(stop) updates", sourceLocation: sourceLocation)
        let isSame = try second.archiveBytes() == bytes
        #expect(isSame, "the archive after \(stop) updates", sourceLocation: sourceLocation)
    }
}
