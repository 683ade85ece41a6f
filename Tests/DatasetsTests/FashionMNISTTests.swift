import Datasets
import Foundation
import LinearAlgebra
import Testing

private let isInstalled = Dataset.sources().first { $0.name == "fashion-mnist" }?.isInstalled == true

struct FashionMNISTTests {
    @Test(.enabled(if: isInstalled, "needs Debian's package dataset-fashion-mnist"))
    func `fashion-mnist has its published size, balance and mean`() throws {
        let set = try Dataset.named("fashion-mnist")
        let test = try #require(set.test)
        #expect(set.training.rowCount == 60_000 && test.rowCount == 10_000)
        #expect(set.training.features.columnCount == 784 && set.columnNames.count == 784)
        for (part, size) in [(set.training, 6000), (test, 1000)] {
            var counts = [Int](repeating: 0, count: 10)
            for label in part.labels ?? [] { counts[Int(label)] += 1 }
            #expect(counts == [Int](repeating: size, count: 10))
        }
        // The mean that training recipes subtract (0.2860 of 255), and the first picture, an ankle boot.
        guard case .bytes(let pixels) = set.training.features else {
            Issue.record("the pixels are not kept as bytes")
            return
        }
        let sum = pixels.withUnsafeBufferPointer { $0.reduce(0) { $0 + Int($1) } }
        let mean: Double = Double(sum) / Double(60_000 * 784) / 255
        #expect(abs(mean - 0.2860) < 0.00005)
        #expect(set.training.labels?.first == 9 && set.classNames?[9] == "Ankle boot")
    }

    @Test func `a user's folder goes before the system's, and its damaged files are named`() throws {
        try withTemporaryFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/fashion-mnist", withIntermediateDirectories: true)
            let text = message { _ = try Dataset.named("fashion-mnist", userFolder: folder) }
            #expect(text == folder + "/fashion-mnist/train-images-idx3-ubyte.gz: there is no such file or folder")
        }
    }
}

/// What `body` throws, as text; "no error" if it throws nothing.
func message(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return "no error"
}

func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "fledge-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
}
