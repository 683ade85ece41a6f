import FileFormats
import Foundation
import Testing

struct FileAccessTests {
    @Test func `a file is written as a whole, replaces the old one and leaves nothing beside it`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/numbers.bin"
            let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
            try writeFile([1], to: path)
            try writeFile(content, to: path, durably: true)
            #expect(try readFile(path) == content)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["numbers.bin"])
        }
    }

    @Test func `a device is written to in its place`() throws {
        try withTemporaryFolder { folder in
            // A link, so that what goes wrong replaces no device.
            let path = folder + "/full"
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/full")
            let error = #expect(throws: FileFormatError.self) { try writeFile([1, 2], to: path) }
            #expect(error?.isDiskFailure == true)
            #expect(error?.problem == "the disk is full")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "/dev/full")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["full"])
        }
    }

    @Test func `a missing file, a folder and a file too large are errors that say so`() throws {
        try withTemporaryFolder { folder in
            try writeFile([1, 2, 3], to: folder + "/train.csv")
            #expect(
                message { _ = try readFile(folder + "/trian.csv") }
                    == folder + "/trian.csv: there is no such file or folder; is \"train.csv\" meant?")
            #expect(message { _ = try readFile(folder) } == folder + ": this is a folder, not a file")
            #expect(message { _ = try readFile(folder + "/train.csv", limit: 2) }.contains("more than 2 bytes"))
            #expect(
                message { try writeFile([1], to: folder + "/nowhere/x") }.contains("there is no such file or folder"))
            #expect(message { try writeFile([1], to: folder) }.contains("this is a folder"))
        }
    }

    private func withTemporaryFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "fledge-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }
}
