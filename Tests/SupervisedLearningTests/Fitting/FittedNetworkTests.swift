import Datasets
import FileFormats
import Foundation
import LinearAlgebra
import NeuralNetworks
import Randomness
import SupervisedLearning
import Testing

@Suite struct FittedNetworkTests {
    /// A fitted network of each kind.
    private func network(_ fit: FittingCase) throws -> FittedNetwork {
        var fitting = try fit.fitting()
        _ = try fitting.finish()
        return fitting.network
    }

    private func archive(_ network: FittedNetwork) throws -> Archive {
        var archive = Archive()
        try network.save(into: &archive)
        return archive
    }

    @Test(arguments: FittingCase.all) func `a network that is saved and read again predicts the same bits`(
        _ fit: FittingCase
    ) throws {
        let network = try network(fit)
        let file = try archive(network).encoded()
        let again = try FittedNetwork(restoring: Archive(decoding: file, name: "model.safetensors"))
        #expect(again.target == network.target && again.schema == network.schema)
        #expect(again.settings == fit.settings && again.preprocessing == network.preprocessing)
        #expect(again.summary == network.summary)
        let isSame =
            try again.predictions(for: fit.samples.features).array
            == network.predictions(for: fit.samples.features).array
        #expect(isSame)
        let isSameFile = try archive(again).encoded() == file
        #expect(isSameFile)
        // And row by row as all together.
        let all = try network.predictions(for: fit.samples.features)
        for row in [0, 7, 31] {
            let one = try again.predictions(for: fit.samples.rows([Int32(row)]).features)
            let isNear = (0..<all.columnCount).allSatisfy { abs(one[0, $0] - all[row, $0]) < 1e-5 }
            #expect(isNear, "row \(row)")
        }
    }

    @Test(arguments: FittingCase.all) func `an archive without one of its slices names it`(_ fit: FittingCase) throws {
        let whole = try archive(fit.fitting().network)
        for missing in whole.arrayNames {
            var part = Archive()
            for name in whole.arrayNames where name != missing {
                part.set(name, try #require(whole.array(name)))
            }
            try copyArchitecture(of: whole, to: &part) { $0 }
            let error = #expect(throws: FileFormatError.self) { try FittedNetwork(restoring: part) }
            #expect(error?.description.contains(missing) == true)
        }
        var slices = Archive()
        for name in whole.arrayNames { slices.set(name, try #require(whole.array(name))) }
        let error = #expect(throws: FileFormatError.self) { try FittedNetwork(restoring: slices) }
        #expect(error?.description.contains("architecture") == true)
    }

    private func copyArchitecture(
        of whole: Archive, to copy: inout Archive, _ change: (String) throws -> String
    ) throws {
        let value = try whole.decode("architecture", as: JSONTree.self)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        let changed = try JSONDecoder().decode(JSONTree.self, from: Data(change(text).utf8))
        try copy.encode("architecture", changed)
    }

    private func edited(_ whole: Archive, _ old: String, _ new: String) throws -> Archive {
        var copy = Archive()
        for name in whole.arrayNames { copy.set(name, try #require(whole.array(name))) }
        try copyArchitecture(of: whole, to: &copy) { text in
            #expect(text.contains(old), "\(text)")
            return text.replacingOccurrences(of: old, with: new)
        }
        return copy
    }

    @Test func `an architecture that was edited is refused`() throws {
        let mlp = try archive(FittingCase.all[4].fitting().network)
        let edits = [
            // Another width than the weights have, and one that no memory holds.
            ("\"dense\":{\"width\":8}", "\"dense\":{\"width\":9}"),
            ("\"dense\":{\"width\":8}", "\"dense\":{\"width\":16777216}"),
            ("\"dense\":{\"width\":8}", "\"dense\":{\"width\":0}"),
            ("\"dense\":{\"width\":8}", "\"dense\":{\"width\":-8}"),
            // Another number of classes than outputs.
            ("[\"a\",\"b\",\"c\"]", "[\"a\",\"b\"]"), ("\"dense\":{\"width\":3}", "\"dense\":{\"width\":2}"),
            // Another layer, and none.
            ("\"dense\":{\"width\":8}", "\"lstm\":{\"width\":8,\"returnsSequence\":false}"),
            ("\"dense\":{\"width\":8}", "\"something\":{}"),
            // Other features than the preprocessing makes.
            ("\"features\":{\"_0\":[", "\"features\":{\"_0\":[1,"),
            ("\"features\":{\"_0\":[", "\"features\":{\"_0\":[2,"),
            ("\"features\":{\"_0\":[", "\"features\":{\"_0\":[16777216,16777216,16777216,"),
            ("\"features\":{\"_0\":[", "\"features\":{\"_0\":[0,"),
            ("\"hasClasses\":true", "\"hasClasses\":false"),
            ("\"hasClasses\":true", "\"hasClasses\":true,\"values\":{\"means\":[0,0,0],\"deviations\":[1,1,1]}"),
        ]
        for (old, new) in edits {
            let archive = try edited(mlp, old, new)
            #expect(throws: FileFormatError.self, "\(new)") { try FittedNetwork(restoring: archive) }
        }
    }

    @Test func `sizes beyond any memory are refused before memory is asked for`() throws {
        let images = try archive(FittingCase.all[7].fitting().network)
        let texts = try archive(FittingCase.all[1].fitting().network)
        let attention = try archive(FittingCase.all[3].fitting().network)
        let edits = [
            (images, "\"channels\":4", "\"channels\":32768"), (images, "\"padding\":1", "\"padding\":32768"),
            (images, "\"groups\":1", "\"groups\":3"), (images, "\"stride\":2", "\"stride\":-1"),
            (images, "\"dilation\":1", "\"dilation\":32768"), (images, "\"size\":3", "\"size\":0"),
            (images, "\"height\":6", "\"height\":4611686018427387904"),
            (
                texts, "\"lstm\":{\"returnsSequence\":false,\"width\":4}",
                "\"lstm\":{\"returnsSequence\":false,\"width\":65536}"
            ),
            (texts, "\"embedding\":{\"width\":4}", "\"embedding\":{\"width\":1048576}"),
            (texts, "\"areWeighted\":false", "\"areWeighted\":true"),
            (texts, "\"length\":", "\"length\":1"), (texts, "\"entries\":", "\"entries\":99999"),
            (attention, "\"heads\":4", "\"heads\":3"), (attention, "\"heads\":4", "\"heads\":-4"),
        ]
        for (whole, old, new) in edits {
            let archive = try edited(whole, old, new)
            #expect(throws: FileFormatError.self, "\(new)") { try FittedNetwork(restoring: archive) }
        }
    }

    @Test func `weights that are not finite are refused`() throws {
        var archive = try archive(FittingCase.all[5].fitting().network)
        let shape = try #require(archive.array("0.bias")).shape
        archive.set("0.bias", [Float](repeating: .nan, count: shape.reduce(1, *)), shape: shape)
        #expect(throws: FileFormatError.self) { try FittedNetwork(restoring: archive) }
    }

    /// Numbers, names and structure of the description changed at random: what comes of it is a network or an error.
    @Test(arguments: FittingCase.all) func `a description with random changes makes a network or an error`(
        _ fit: FittingCase
    ) throws {
        let whole = try archive(fit.fitting().network)
        let tree = try whole.decode("architecture", as: JSONTree.self)
        var random = RandomStream(seed: 17, purpose: "changes")
        var refused = 0
        for _ in 0..<60 {
            let changed = tree.changed(using: &random)
            var copy = Archive()
            for name in whole.arrayNames { copy.set(name, try #require(whole.array(name))) }
            try copy.encode("architecture", changed)
            do {
                let network = try FittedNetwork(restoring: copy)
                // Whatever it is, predicting is an answer or an error.
                _ = try? network.predictions(for: fit.samples.features)
            } catch is FileFormatError {
                refused += 1
            }
        }
        #expect(refused > 10)
    }

    @Test func `a file with random bytes changed makes a network or an error`() throws {
        for fit in [FittingCase.all[2], FittingCase.all[4], FittingCase.all[7], FittingCase.all[10]] {
            let bytes = try archive(fit.fitting().network).encoded()
            var random = RandomStream(seed: 18, purpose: "changes")
            for _ in 0..<100 {
                var changed = bytes
                for _ in 0..<1 + random.index(below: 3) {
                    // Mostly in the description, which is first.
                    let place = random.index(below: random.index(below: 4) == 0 ? bytes.count : bytes.count / 2)
                    changed[place] = UInt8(random.index(below: 256))
                }
                if random.index(below: 5) == 0 { changed.removeLast(random.index(below: changed.count)) }
                do {
                    let network = try FittedNetwork(restoring: Archive(decoding: changed, name: "model"))
                    _ = try? network.predictions(for: fit.samples.features)
                } catch is FileFormatError {}
            }
        }
    }

    @Test func `samples of another kind or width are refused`() throws {
        let images = try FittingCase.all[7].fitting().network
        #expect(throws: SamplesError.self) {
            try images.predictions(for: .matrix(.bytes(Matrix(rows: 1, columns: 35, repeating: 0)), image: nil))
        }
        #expect(throws: PreprocessingError.self) {
            try images.predictions(
                for: .matrix(
                    .bytes(Matrix(rows: 1, columns: 36, repeating: 0)), image: .init(height: 4, width: 9)))
        }
        #expect(throws: PreprocessingError.self) { try images.predictions(for: .texts(["a"])) }
        let table = try FittingCase.all[4].fitting().network
        #expect(throws: FileFormatError.self) {
            try table.predictions(
                for: .table(Table(columns: [Column(name: "height", values: .numbers([1]))])))
        }
        let values = try Samples(
            features: SmallData.table(count: 3).features,
            targets: .values(Matrix(rows: 3, columns: 1, repeating: 0)))
        #expect(throws: SamplesError.self) { try table.evaluate(on: values) }
    }

    @Test func `words and identifiers that are unknown are taken for average ones`() throws {
        let texts = try network(FittingCase.all[0])
        let predictions = try texts.predictions(for: .texts(["", "entirely unheard of"]))
        #expect((0..<2).allSatisfy { predictions[$0, 0].isFinite })
        let ratings = try network(FittingCase.all[10])
        let unknown = try ratings.predictions(for: .ratings(users: ["nobody"], items: ["nothing"]))
        // The mean of the ratings that were learned from, to the last bit or two.
        let mean = try #require(ratings.meanOfTargets)
        #expect(abs(unknown[0, 0] - mean) < 1e-5)
    }
}

extension FittedNetwork {
    /// The mean of the values that were learned from, read from what is saved.
    fileprivate var meanOfTargets: Float? {
        struct Architecture: Decodable {
            struct Target: Decodable {
                let values: Standardization
            }
            let target: Target
        }
        var archive = Archive()
        try? save(into: &archive)
        return try? archive.decode("architecture", as: Architecture.self).target.values.means[0]
    }
}

/// Any JSON, to be changed.
enum JSONTree: Codable, Sendable {
    case null
    case bool(Bool)
    case whole(Int)
    case number(Double)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let whole = try? value.decode(Int.self) {
            self = .whole(whole)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSONTree].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .whole(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// The number of values in it.
    private var size: Int {
        switch self {
        case .list(let values): values.reduce(1) { $0 + $1.size }
        case .object(let values): values.values.reduce(1) { $0 + $1.size }
        default: 1
        }
    }

    /// With one of its values, each equally likely, changed.
    func changed(using random: inout RandomStream) -> JSONTree {
        replacing(random.index(below: size)) { $0.replaced(using: &random) }
    }

    /// With the value at `place` changed, counted from 0 for all of it.
    private func replacing(_ place: Int, by change: (JSONTree) -> JSONTree) -> JSONTree {
        guard place > 0 else { return change(self) }
        var rest = place - 1
        switch self {
        case .list(var values):
            for index in values.indices where rest >= 0 {
                let size = values[index].size
                if rest < size { values[index] = values[index].replacing(rest, by: change) }
                rest -= size
            }
            return .list(values)
        case .object(var values):
            for (key, value) in values.sorted(by: { $0.key < $1.key }) where rest >= 0 {
                if rest < value.size { values[key] = value.replacing(rest, by: change) }
                rest -= value.size
            }
            return .object(values)
        default: return self
        }
    }

    private func replaced(using random: inout RandomStream) -> JSONTree {
        let others: [JSONTree] = [
            .null, .bool(true), .whole(0), .whole(-1), .whole(1), .whole(7), .whole(.max), .whole(.min),
            .whole(1 << 24), .number(1e300), .number(0.5), .number(-0.0), .text(""), .text("NaN"), .text("Infinity"),
            .list([]), .object([:]),
        ]
        switch self {
        case .list(var values) where !values.isEmpty && random.index(below: 3) > 0:
            let place = random.index(below: values.count)
            switch random.index(below: 3) {
            case 0: values.remove(at: place)
            case 1: values.append(values[place])
            default: values.swapAt(place, 0)
            }
            return .list(values)
        case .whole(let value) where random.index(below: 2) == 0:
            return .whole(value &+ [-1, 1, 2, value][random.index(below: 4)])
        default: return others[random.index(below: others.count)]
        }
    }
}
