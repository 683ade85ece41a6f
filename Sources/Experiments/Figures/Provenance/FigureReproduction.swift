internal import FileFormats
internal import Foundation
internal import Plotting

/// A figure drawn again from what its file says of itself.
public struct FigureReproduction: Sendable {
    /// How the figure was asked for.
    public let request: FigureRequest
    /// The new file.
    public let bytes: [UInt8]
    /// Whether the new file is the old one byte for byte.
    public let isIdentical: Bool

    /// Draws the figure in the file at `path` again.
    ///
    /// - Throws: `ExperimentError` if the file does not say how it was made, a run of it is gone, or a run has changed.
    public init(of path: String) throws {
        let old: [UInt8]
        do {
            old = try readFile(path)
        } catch {
            throw ExperimentError(.missingInput, "\(error)")
        }
        let file = try FigureFile(of: path)
        request = try Self.request(in: old, file, path: path)
        let runs = try request.sources.map { try Self.run($0, of: path) }
        bytes = try file.bytes(of: request.figure(of: runs), theme: request.theme)
        isIdentical = bytes == old
    }

    /// - Throws: `ExperimentError` if the new file differs from the old one, saying why it may.
    public func requireIdentical() throws {
        guard !isIdentical else { return }
        let version = Versions.current.fledge
        let reason =
            version == request.version
            ? "another font, another Cairo or another build of Fledge drew it, or the file was changed since"
            : "Fledge \(request.version) drew it, and this is \(version)"
        throw ExperimentError(
            .failed, "the figure was drawn again from the same data, but its bytes differ: \(reason)",
            advice: "`--output FILE` keeps the new one")
    }

    private static func request(in bytes: [UInt8], _ file: FigureFile, path: String) throws -> FigureRequest {
        guard let text = try file.text(FigureRequest.keyword, in: bytes, name: path) else {
            throw ExperimentError(
                .badData, "\(path) does not say how it was made",
                advice: "figures that Fledge draws from runs do; a picture that another program has saved again may not"
            )
        }
        do {
            return try JSONText.decode(FigureRequest.self, from: Array(text.utf8))
        } catch {
            throw ExperimentError(.badData, "\(path) says how it was made in a way that this version cannot read")
        }
    }

    private static func run(_ source: FigureRequest.Source, of path: String) throws -> StoredRun {
        let run = try StoredRun(reading: folder(of: source, near: path))
        let checksum = try run.checksum
        guard checksum == source.checksum else {
            throw ExperimentError(
                .badData,
                "the run \(source.name) has changed since \(path) was drawn: the checksum of its data was "
                    + "\(source.checksum) and is \(checksum)",
                advice: "draw a new figure of it")
        }
        return run
    }

    /// The run's folder: where it was, or where it lies now beside the figure.
    private static func folder(of source: FigureRequest.Source, near path: String) throws -> RunFolder {
        let folder = (path as NSString).deletingLastPathComponent
        let place = folder.isEmpty ? "." : folder
        // A figure of one run lies in the run's own folder, which may have been moved with it.
        for candidate in [source.folder, place + "/..", place + "/" + source.folder] {
            guard let found = RunFolder(at: candidate), (try? found.record().name) == source.name else { continue }
            return found
        }
        throw ExperimentError(
            .missingInput, "the run \(source.name), which \(path) was drawn from, is gone: it was in \(source.folder)",
            advice: "go to the folder from which it was drawn, or bring the run back")
    }
}
