import FileFormats
import LinearAlgebra
import SupervisedLearning
import Testing

@Suite struct StoredSettingsTests {
    /// A model of a version that had fewer settings than this one, and one that there is no more.
    @Test func `a model that lacks newer settings is read with their defaults`() throws {
        var settings = FittingSettings()
        settings.hiddenSizes = [4]
        settings.learningRate = 0.25
        settings.epochs = 1
        let fitting = try Fitting(settings, samples: Blobs.floats(count: 90), seed: 1)
        while try fitting.advance() != nil {}
        var archive = Archive()
        try fitting.network.save(into: &archive)
        // Of equal length, so that the file's offsets stay.
        let (newer, other) = (#"columnScale\":"#, #"columnOther\":"#)
        let bytes = try replacing(Array(newer.utf8), by: Array(other.utf8), in: archive.encoded())
        let restored = try FittedNetwork(restoring: Archive(decoding: bytes, name: "older"))
        #expect(restored.settings.learningRate == 0.25)
        #expect(restored.settings.columnScale == FittingSettings().columnScale)
    }

    private func replacing(_ part: [UInt8], by other: [UInt8], in bytes: [UInt8]) throws -> [UInt8] {
        var result = bytes
        let place = try #require(
            (0...bytes.count - part.count).first { bytes[$0..<$0 + part.count].elementsEqual(part) })
        result.replaceSubrange(place..<place + part.count, with: other)
        return result
    }
}
