internal import FileFormats
internal import Foundation
internal import LinearAlgebra

/// Samples from arrays: NumPy's NPY and NPZ files, and the IDX files of the MNIST family.
struct ArrayReader {
    /// A features array, perhaps a targets array.
    typealias Pair = (features: NumericArray, targets: NumericArray?)

    /// Names of features and of their targets, in files of arrays; small and capital letters are the same.
    private static let namesOfFeatures = ["x", "features", "data", "images"]
    private static let namesOfTargets = ["y", "labels", "target", "targets", "label"]

    let file: String
    let name: String
    let options: RawDataset.Options

    // MARK: Files

    /// `X` and `y`, `features` and `labels`, or `x_train`, `y_train`, `x_test` and `y_test`.
    func npz() throws -> RawDataset {
        let arrays = try NPZ.decode(readFile(file), name: file)
        func array(_ stems: [String], _ part: String?) -> (name: String, array: NumericArray)? {
            let spelled = stems.flatMap { part == nil ? [$0] : ["\($0)_\(part!)", "\(part!)_\($0)", $0 + part!] }
            return spelled.lazy.compactMap { word in arrays.first { $0.name.lowercased() == word } }.first
        }
        var targetStems = Self.namesOfTargets
        if case .named(let wanted) = options.target {
            guard arrays.contains(where: { $0.name == wanted }) else {
                throw wrong(
                    "there is no array \"\(wanted)\"",
                    advice: nearestName(to: wanted, among: arrays.map(\.name)).map { "is \"\($0)\" meant?" }
                        ?? "the arrays are \(arrays.map(\.name).joined(separator: ", "))")
            }
            targetStems = [wanted.lowercased()]
        }
        for part in [nil, "train"] {
            guard let features = array(Self.namesOfFeatures, part) else { continue }
            let targets = array(targetStems, part) ?? array(targetStems, nil)
            let testFeatures = array(Self.namesOfFeatures, "test")
            let testTargets = array(targetStems, "test")
            return try dataset(
                training: (features.array, targets?.array),
                test: testFeatures.map { ($0.array, testTargets?.array) }, targetName: targets?.name ?? "y")
        }
        throw wrong(
            "no array is called X, features, data, images or x_train; there are "
                + arrays.map(\.name).joined(separator: ", "),
            advice: "save the samples with numpy.savez(FILE, X=…, y=…)")
    }

    /// Features, and the targets in the file beside them whose name has `y` for `X` or `labels` for `features`.
    func npy() throws -> RawDataset {
        let features = try NPY.decode(readFile(file), name: file)
        let own = (file as NSString).lastPathComponent
        let folder = String(file.dropLast(own.count))
        var targets: String?
        for (word, other) in [
            ("features", "labels"), ("images", "labels"), ("data", "target"), ("X", "y"), ("x", "y"),
        ] where targets == nil {
            guard let range = own.range(of: word) else { continue }
            let path = folder + own.replacingCharacters(in: range, with: other)
            if path != file, FileManager.default.fileExists(atPath: path) { targets = path }
        }
        guard options.target != .absent, let targets else {
            return try dataset(training: (features, nil), test: nil, targetName: "y")
        }
        return try dataset(
            training: (features, NPY.decode(readFile(targets), name: targets)), test: nil,
            targetName: ((targets as NSString).lastPathComponent as NSString).deletingPathExtension)
    }

    /// Images and the labels beside them: `train-images-idx3-ubyte.gz`, `train-labels-idx1-ubyte.gz`, and `t10k-…` for
    /// the test part where there is one.
    func idx() throws -> RawDataset {
        func pair(_ images: String) throws -> Pair {
            let own = (images as NSString).lastPathComponent
            let labels =
                String(images.dropLast(own.count))
                + own.replacingOccurrences(of: "images", with: "labels").replacingOccurrences(of: "idx3", with: "idx1")
            let array = try IDX.decode(readFile(images), name: images)
            guard options.target != .absent, labels != images else { return (array, nil) }
            return (array, try IDX.decode(readFile(labels), name: labels))
        }
        let own = (file as NSString).lastPathComponent
        let testFile = String(file.dropLast(own.count)) + own.replacingOccurrences(of: "train", with: "t10k")
        let hasTest = testFile != file && FileManager.default.fileExists(atPath: testFile)
        return try dataset(training: pair(file), test: hasTest ? pair(testFile) : nil, targetName: "label")
    }

    // MARK: Arrays

    private func dataset(training: Pair, test: Pair?, targetName: String) throws -> RawDataset {
        let (features, image) = try features(training.features)
        var samples = RawSamples(features: .matrix(features, image: image))
        var testSamples: RawSamples?
        if let test {
            let (features, shape) = try self.features(test.features)
            guard test.features.shape.dropFirst() == training.features.shape.dropFirst() else {
                throw wrong(
                    "the test part has the shape \(test.features.shape), the training part \(training.features.shape)")
            }
            testSamples = RawSamples(features: .matrix(features, image: shape))
        }
        var classNames: [String]?
        if options.target != .absent, let targets = training.targets {
            let numbers = try numbers(targets, rows: samples.rowCount)
            // Both parts at once, so that they have the same classes.
            let others = try test.flatMap { test in
                try test.targets.map { try self.numbers($0, rows: test.features.shape[0]) }
            }
            let areLabels =
                targets.elementType != .float32 && targets.elementType != .float64 && Self.areClasses(numbers)
            let reading = TargetReading(name: targetName, options: options) { row, problem, advice in
                wrong((row.map { "row \($0): " } ?? "") + problem, advice: advice)
            }
            let learned = try reading(.numbers(numbers + (others ?? []), areLabels: areLabels))
            samples.targets = learned.targets.rows(0..<numbers.count)
            if let others { testSamples?.targets = learned.targets.rows(numbers.count..<numbers.count + others.count) }
            classNames = learned.classNames
        }
        return RawDataset(
            name: name, training: samples, test: testSamples,
            targetName: samples.targets == nil ? nil : targetName, classNames: classNames,
            notes: image.map { ["the rows are images of \($0.height) × \($0.width) × \($0.channels)"] } ?? [])
    }

    /// Integers that are 0 to k − 1, each several times, are classes.
    private static func areClasses(_ numbers: [Double]) -> Bool {
        let distinct = Set(numbers)
        return distinct.min() == 0 && distinct.max() == Double(distinct.count - 1)
            && numbers.count >= 5 * distinct.count
    }

    /// Features of the shapes `[n, d]`, `[n, height, width]`, `[n, height, width, channels]` or
    /// `[n, channels, height, width]`.
    private func features(_ array: NumericArray) throws -> (Features, Dataset.ImageShape?) {
        let shape = array.shape
        guard (2...4).contains(shape.count), shape.allSatisfy({ $0 > 0 }) else {
            throw wrong(
                "features of shape \(shape)",
                advice: "the shape is to be [n, d], [n, height, width] or [n, height, width, channels]")
        }
        var image: Dataset.ImageShape?
        var isChannelFirst = false
        if shape.count == 3 { image = .init(height: shape[1], width: shape[2]) }
        if shape.count == 4 {
            isChannelFirst = ![1, 3].contains(shape[3]) && [1, 3].contains(shape[1])
            image =
                isChannelFirst
                ? .init(height: shape[2], width: shape[3], channels: shape[1])
                : .init(height: shape[1], width: shape[2], channels: shape[3])
        }
        let width = shape.dropFirst().reduce(1, *)
        if let bytes = array.values(as: UInt8.self) {
            let ordered = isChannelFirst ? channelsLast(bytes, shape) : bytes
            return (.bytes(Matrix(rows: shape[0], columns: width, ordered)), image)
        }
        let values = array.doubles.map { Float($0) }
        if let place = values.firstIndex(where: { !$0.isFinite }) {
            let (row, column) = place.quotientAndRemainder(dividingBy: width)
            throw wrong(
                "the value \(column) of row \(row) is \(array.doubles[place])",
                advice: "replace or leave out what is missing or beyond 3e38")
        }
        let ordered = isChannelFirst ? channelsLast(values, shape) : values
        return (.floats(Matrix(rows: shape[0], columns: width, ordered)), image)
    }

    /// `[n, height, width, channels]` from `[n, channels, height, width]`.
    private func channelsLast<Element>(_ values: [Element], _ shape: [Int]) -> [Element] {
        let (channels, pixels) = (shape[1], shape[2] * shape[3])
        return (0..<values.count).map { index in
            let (sample, rest) = index.quotientAndRemainder(dividingBy: channels * pixels)
            return values[sample * channels * pixels + rest % channels * pixels + rest / channels]
        }
    }

    private func numbers(_ array: NumericArray, rows: Int) throws -> [Double] {
        guard array.shape == [rows] || array.shape == [rows, 1] else {
            throw wrong(
                "targets of shape \(array.shape) for \(rows) rows of features", advice: "the shape is to be [\(rows)]")
        }
        return array.doubles
    }

    private func wrong(_ problem: String, advice: String? = nil) -> FileFormatError {
        FileFormatError(file: file, problem: problem, advice: advice)
    }
}

extension NumericArray {
    /// The elements of any type as doubles; integers beyond 2⁵³ are rounded.
    var doubles: [Double] {
        func converted<Element: NumericElement>(_ type: Element.Type, _ change: (Element) -> Double) -> [Double] {
            values(as: type)?.map(change) ?? []
        }
        return switch elementType {
        case .float32: converted(Float.self) { Double($0) }
        case .float64: converted(Double.self) { $0 }
        case .int8: converted(Int8.self) { Double($0) }
        case .int16: converted(Int16.self) { Double($0) }
        case .int32: converted(Int32.self) { Double($0) }
        case .int64: converted(Int64.self) { Double($0) }
        case .uint8: converted(UInt8.self) { Double($0) }
        case .uint16: converted(UInt16.self) { Double($0) }
        case .uint32: converted(UInt32.self) { Double($0) }
        case .uint64: converted(UInt64.self) { Double($0) }
        }
    }
}
