import CAllocationCounter
import Datasets
import FileFormats
import LinearAlgebra
import NeuralNetworks
import Randomness
import SupervisedLearning
import Testing
import UnsupervisedLearning

@Suite struct AutoencoderTests {
    private func settings(_ change: (inout AutoencoderSettings) -> Void = { _ in }) -> AutoencoderSettings {
        var settings = AutoencoderSettings()
        settings.hiddenSizes = [16]
        settings.codeSize = 2
        settings.activation = .tanh
        settings.batchSize = 20
        settings.epochs = 30
        settings.learningRate = 0.01
        change(&settings)
        return settings
    }

    /// Points of a plane in six dimensions, `[count, 6]`: two numbers are enough for a code.
    private func plane(count: Int, seed: UInt64 = 1) -> Matrix<Float> {
        var random = RandomStream(seed: seed, purpose: "plane")
        let values = (0..<count).flatMap { _ -> [Float] in
            let (u, v) = (Float(random.uniform(in: -1...1)), Float(random.uniform(in: -1...1)))
            return [u, v, u + v, 10 * u, 100 - 3 * v, u - 2 * v]
        }
        return Matrix(rows: count, columns: 6, values)
    }

    private func bytes(count: Int, seed: UInt64 = 1) -> Matrix<UInt8> {
        var random = RandomStream(seed: seed, purpose: "bytes")
        return Matrix(rows: count, columns: 10, (0..<count * 10).map { _ in UInt8(random.index(below: 256)) })
    }

    private func finish(_ autoencoder: Autoencoder) throws -> [[Double]] {
        var rows: [[Double]] = []
        while try autoencoder.advance() != nil { rows.append(autoencoder.metrics) }
        return rows
    }

    private func archive(_ learner: Autoencoder) throws -> Archive {
        var archive = Archive()
        try learner.save(into: &archive)
        return archive
    }

    @Test func `points of a plane go through a code of two numbers`() throws {
        let features = Features.floats(plane(count: 700))
        let autoencoder = try Autoencoder(settings(), features: features, seed: 5)
        let rows = try finish(autoencoder)
        let validation = try #require(autoencoder.metricNames.firstIndex(of: "validationLoss"))
        #expect(rows[29][validation] < 0.02)
        let test = plane(count: 50, seed: 2)
        #expect(try autoencoder.network.reconstructionError(on: .floats(test)) < 0.02)
        let codes = try autoencoder.network.encode(.floats(test))
        #expect(codes.rowCount == 50 && codes.columnCount == 2)
        // In the features' own units: the fourth has a standard deviation of 5.8, the fifth a mean of 100.
        let reconstruction = try autoencoder.network.reconstruct(.floats(test))
        for row in 0..<50 {
            #expect(abs(reconstruction[row, 3] - test[row, 3]) < 3)
            #expect(abs(reconstruction[row, 4] - test[row, 4]) < 1)
        }
    }

    @Test func `a code of one number loses what a code of two keeps`() throws {
        let features = Features.floats(plane(count: 700))
        let narrow = try Autoencoder(settings { $0.codeSize = 1 }, features: features, seed: 5)
        _ = try finish(narrow)
        #expect(try narrow.network.reconstructionError(on: features) > 0.05)
    }

    @Test func `the error is that of the reconstruction`() throws {
        let features = Features.bytes(bytes(count: 1100))
        let autoencoder = try Autoencoder(settings { $0.epochs = 2 }, features: features, seed: 5)
        _ = try finish(autoencoder)
        let reconstruction = try autoencoder.network.reconstruct(features)
        let wanted = features.floats()
        let squares = zip(reconstruction.array, wanted.array).map { Double(($0 - $1) / 255) * Double(($0 - $1) / 255) }
        let error = squares.reduce(0, +) / Double(squares.count)
        #expect(abs(try autoencoder.network.reconstructionError(on: features) - error) < 1e-6)
        #expect(reconstruction.array.allSatisfy { $0 >= 0 && $0 <= 255 })
        // Even bytes have a variance of 1/12; less is left by the code.
        #expect(error < 1.0 / 12)
    }

    @Test(arguments: [1, 2, 5]) func `any number of threads gives the same bytes`(_ threads: Int) throws {
        let features = Features.bytes(bytes(count: 1300))
        let settings = settings {
            $0.batchSize = 512
            $0.epochs = 3
        }
        let expected = try Autoencoder(settings, features: features, seed: 5, pool: WorkerPool(threads: 3))
        let autoencoder = try Autoencoder(settings, features: features, seed: 5, pool: WorkerPool(threads: threads))
        #expect(try finish(autoencoder).description == finish(expected).description)
        #expect(try archive(autoencoder).encoded() == archive(expected).encoded())
    }

    @Test func `an autoencoder that is saved and restored goes on with the same bytes`() throws {
        let features = Features.floats(plane(count: 300))
        let whole = try Autoencoder(settings(), features: features, seed: 5)
        let first = try Autoencoder(settings(), features: features, seed: 5)
        for _ in 0..<7 {
            _ = try whole.advance()
            _ = try first.advance()
        }
        let second = try Autoencoder(settings(), features: features, seed: 5)
        try second.restore(from: Archive(decoding: archive(first).encoded(), name: "checkpoint"))
        #expect(try finish(second).description == finish(whole).description)
        #expect(try archive(second).encoded() == archive(whole).encoded())
    }

    @Test func `a saved network encodes and reconstructs the same`() throws {
        let features = Features.bytes(bytes(count: 100))
        let autoencoder = try Autoencoder(settings { $0.epochs = 1 }, features: features, seed: 5)
        _ = try finish(autoencoder)
        var archive = Archive()
        try autoencoder.network.save(into: &archive)
        let network = try AutoencoderNetwork(restoring: Archive(decoding: archive.encoded(), name: "network"))
        #expect(try network.encode(features) == autoencoder.network.encode(features))
        #expect(try network.reconstruct(features) == autoencoder.network.reconstruct(features))
    }

    @Test func `an update allocates nothing after the first`() throws {
        let autoencoder = try Autoencoder(
            settings(), features: .bytes(bytes(count: 330)), seed: 5, pool: WorkerPool(threads: 1))
        _ = try autoencoder.advance()
        ac_start()
        for _ in 0..<4 { _ = try autoencoder.advance() }
        #expect(ac_stop() == 0)
    }

    @Test func `features and settings that make no sense are refused`() throws {
        #expect(throws: InvalidSetting.self) {
            _ = try Autoencoder(settings { $0.codeSize = 0 }, features: .bytes(bytes(count: 10)), seed: 5)
        }
        var broken = plane(count: 10)
        broken[3, 2] = .nan
        let error = #expect(throws: SamplesError.self) {
            _ = try Autoencoder(settings(), features: .floats(broken), seed: 5)
        }
        #expect(error?.description == "feature 2 of row 3 is nan")
        let autoencoder = try Autoencoder(settings(), features: .bytes(bytes(count: 10)), seed: 5)
        #expect(throws: SamplesError.self) { _ = try autoencoder.network.encode(.floats(plane(count: 10))) }
    }
}
