import Datasets
import FileFormats
import Foundation
import LinearAlgebra
import Testing

struct RawArrayTests {
    @Test func `an NPY file finds its labels beside it`() throws {
        try withTemporaryFolder { folder in
            try writeFile(NPY.encode([0, 0.5, 1, 1.5, 2, 2.5], shape: [3, 2]), to: folder + "/toy_X.npy")
            try writeFile(NPY.encode([Int32(4), 7, 4]), to: folder + "/toy_y.npy")
            let set = try RawDataset.load(folder + "/toy_X.npy")
            #expect(matrix(set.training) == .floats(Matrix(rows: 3, columns: 2, [0, 0.5, 1, 1.5, 2, 2.5])))
            #expect(set.training.targets == .classes([0, 1, 0]) && set.classNames == ["4", "7"])
            #expect(try RawDataset.load(folder + "/toy_X.npy", options: .init(target: .absent)).training.targets == nil)
            try writeFile(NPY.encode([0.25, 0.5, 0.75]), to: folder + "/toy_y.npy")
            #expect(try RawDataset.load(folder + "/toy_X.npy").training.targets == .numbers([0.25, 0.5, 0.75]))
            try writeFile(NPY.encode([0.25, 0.5]), to: folder + "/toy_y.npy")
            #expect(
                message { _ = try RawDataset.load(folder + "/toy_X.npy") }
                    .contains("targets of shape [2] for 3 rows of features; the shape is to be [3]"))
            try writeFile(NPY.encode([0, .nan, 1, 1.5, 2, 2.5], shape: [3, 2]), to: folder + "/toy_X.npy")
            #expect(
                message { _ = try RawDataset.load(folder + "/toy_X.npy") }.contains("the value 1 of row 0 is nan"))
        }
    }

    /// numpy.savez_compressed(…, x_train=arange(24, dtype="u1").reshape(2, 3, 2, 2), y_train=array([1, 0]),
    /// x_test=arange(12, dtype="u1").reshape(1, 3, 2, 2), y_test=array([1]))
    private static let split = """
        UEsDBC0AAAAIAAAAIQDZkyvN//////////8LABQAeF90cmFpbi5ucHkBABAAmAAAAAAAAABjAAAAAAAAAJvsF+obEMnIUMZQrZ6S\
        WpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsY6CkDSSFNHoVaBDMDFwMjEzMLKxs7BycXNw8vH\
        LyAoJCwiKiYOAFBLAwQtAAAACAAAACEAcfs5q///////////CwAUAHlfdHJhaW4ubnB5AQAQAJAAAAAAAAAASAAAAAAAAACb7Bfq\
        GxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuRgZUAABQSwMELQAA\
        AAgAAAAhADrfWAf//////////woAFAB4X3Rlc3QubnB5AQAQAIwAAAAAAAAAVwAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBe\
        U2qorqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOgrGOgpGQKSpo1CrQAbgYmBkYmZhZWPn4OTiBgBQSwMELQAAAAgA\
        AAAhAD6aFF7//////////woAFAB5X3Rlc3QubnB5AQAQAIgAAAAAAAAASAAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mh\
        rqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOpo6CrUKFAAuRgYIAABQSwECLQMtAAAACAAAACEA2ZMrzWMAAACYAAAA\
        CwAAAAAAAAAAAAAAgAEAAAAAeF90cmFpbi5ucHlQSwECLQMtAAAACAAAACEAcfs5q0gAAACQAAAACwAAAAAAAAAAAAAAgAGgAAAA\
        eV90cmFpbi5ucHlQSwECLQMtAAAACAAAACEAOt9YB1cAAACMAAAACgAAAAAAAAAAAAAAgAElAQAAeF90ZXN0Lm5weVBLAQItAy0A\
        AAAIAAAAIQA+mhReSAAAAIgAAAAKAAAAAAAAAAAAAACAAbgBAAB5X3Rlc3QubnB5UEsFBgAAAAAEAAQA4gAAADwCAAAAAA==
        """

    @Test func `an NPZ file with parts has a training and a test part, channels come last`() throws {
        try withTemporaryFolder { folder in
            try writeFile(Array(#require(Data(base64Encoded: Self.split))), to: folder + "/s.npz")
            let set = try RawDataset.load(folder + "/s.npz")
            guard case .matrix(.bytes(let pixels), let image?) = set.training.features else {
                Issue.record("no images")
                return
            }
            #expect(image == .init(height: 2, width: 2, channels: 3))
            #expect(pixels.row(0) == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
            #expect(set.training.targets == .classes([1, 0]) && set.test?.targets == .classes([1]))
            #expect(set.test?.rowCount == 1 && set.classNames == ["0", "1"])
            #expect(
                message { _ = try RawDataset.load(folder + "/s.npz", options: .init(target: .named("y_trian"))) }
                    .contains("there is no array \"y_trian\"; is \"y_train\" meant?"))
        }
    }

    @Test func `IDX images find their labels and their test part`() throws {
        try withTemporaryFolder { folder in
            func write(_ name: String, _ values: [UInt8], _ shape: [Int]) throws {
                try writeFile(IDX.encode(NumericArray(values, shape: shape)), to: folder + "/" + name)
            }
            try write("train-images-idx3-ubyte", [1, 2, 3, 4], [2, 1, 2])
            try write("train-labels-idx1-ubyte", [3, 5], [2])
            try write("t10k-images-idx3-ubyte", [5, 6], [1, 1, 2])
            try write("t10k-labels-idx1-ubyte", [5], [1])
            for path in [folder, folder + "/train-images-idx3-ubyte"] {
                let set = try RawDataset.load(path)
                #expect(matrix(set.training) == .bytes(Matrix(rows: 2, columns: 2, [1, 2, 3, 4])))
                #expect(set.training.targets == .classes([0, 1]) && set.test?.targets == .classes([1]))
                #expect(set.classNames == ["3", "5"])
            }
        }
    }

    @Test func `a folder of images has a class for each subfolder; sizes must agree`() throws {
        try withTemporaryFolder { folder in
            func write(_ name: String, _ width: Int, _ channels: Int, _ pixels: [UInt8]) throws {
                let path = folder + "/" + name
                try FileManager.default.createDirectory(
                    atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                let image = PNGImage(width: width, height: 1, channels: channels, pixels: pixels)
                try writeFile(PNG.encode(image), to: path)
            }
            try write("dog/b.png", 2, 1, [1, 2])
            try write("cat/a.png", 2, 1, [3, 4])
            try write("cat/c.png", 2, 1, [5, 6])
            let grey = try RawDataset.load(folder)
            #expect(matrix(grey.training) == .bytes(Matrix(rows: 3, columns: 2, [3, 4, 5, 6, 1, 2])))
            #expect(grey.training.targets == .classes([0, 0, 1]) && grey.classNames == ["cat", "dog"])
            try write("dog/d.png", 2, 3, [10, 11, 12, 13, 14, 15])
            let colours = try RawDataset.load(folder + "/")
            guard case .matrix(.bytes(let pixels), let image?) = colours.training.features else {
                Issue.record("no images")
                return
            }
            #expect(image == .init(height: 1, width: 2, channels: 3))
            #expect(pixels.row(0) == [3, 3, 3, 4, 4, 4] && pixels.row(3) == [10, 11, 12, 13, 14, 15])
            try write("dog/e.png", 1, 1, [9])
            let text = message { _ = try RawDataset.load(folder) }
            #expect(
                text.hasPrefix(folder + "/dog/e.png: the image has 1 × 1 pixels, but \(folder)/cat/a.png has 1 × 2"))
        }
    }

    @Test func `a folder of texts with training and test parts`() throws {
        try withTemporaryFolder { folder in
            for (name, text) in [
                ("train/good/1.txt", "well done"), ("train/bad/2.txt", "oh no"), ("train/bad/3.txt", "boo"),
                ("test/good/1.txt", "nice"),
            ] {
                let path = folder + "/" + name
                try FileManager.default.createDirectory(
                    atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                try writeFile(Array(text.utf8), to: path)
            }
            let set = try RawDataset.load(folder)
            guard case .texts(let texts) = set.training.features else {
                Issue.record("no texts")
                return
            }
            #expect(texts == ["oh no", "boo", "well done"] && set.training.targets == .classes([0, 0, 1]))
            #expect(set.test?.targets == .classes([1]) && set.classNames == ["bad", "good"])
            #expect(
                message { _ = try RawDataset.load(folder + "/nothing") }.contains("there is no such file or folder"))
        }
    }

    private func matrix(_ samples: RawSamples) -> Features? {
        if case .matrix(let features, _) = samples.features { features } else { nil }
    }
}
