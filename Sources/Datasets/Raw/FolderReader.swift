internal import FileFormats
internal import Foundation
internal import LinearAlgebra

/// Samples from a folder of PNG images or of text files, with a subfolder for each class; perhaps of two such folders,
/// `train` and `test`.
struct FolderReader {
    let folder: String
    let name: String
    let options: RawDataset.Options

    private struct Member {
        let path: String
        /// The subfolder; nil for files directly in the folder.
        let className: String?
    }

    func callAsFunction() throws -> RawDataset {
        let subfolders = try entries(of: folder).filter(isFolder)
        let isSplit = subfolders.contains(folder + "/train") && subfolders.contains(folder + "/test")
        let training = try members(of: isSplit ? folder + "/train" : folder)
        let test = isSplit ? try members(of: folder + "/test") : nil

        let isImages = training[0].path.hasSuffix(".png")
        var samples: RawSamples
        var testSamples: RawSamples?
        if isImages {
            var shape: (Dataset.ImageShape, file: String)?
            // Grey images among colours become colours: only then can they be rows of one matrix.
            let channels = try [training, test ?? []].joined().contains { try image($0.path).channels > 1 } ? 3 : 1
            samples = RawSamples(features: try images(training, channels: channels, &shape))
            testSamples = try test.map { RawSamples(features: try images($0, channels: channels, &shape)) }
        } else {
            samples = RawSamples(features: .texts(try training.map(text)))
            testSamples = try test.map { RawSamples(features: .texts(try $0.map(text))) }
        }
        var classNames: [String]?
        let classes = (training + (test ?? [])).compactMap(\.className)
        if options.target != .absent, classes.count == training.count + (test?.count ?? 0) {
            let reading = TargetReading(name: "class", options: options) { row, problem, advice in
                FileFormatError(
                    file: row.map { (training + (test ?? []))[$0].path } ?? folder, problem: problem, advice: advice)
            }
            let learned = try reading(.texts(classes))
            samples.targets = learned.targets.rows(0..<training.count)
            testSamples?.targets = learned.targets.rows(training.count..<classes.count)
            classNames = learned.classNames
        }
        return RawDataset(
            name: name, training: samples, test: testSamples, targetName: classNames == nil ? nil : "class",
            classNames: classNames,
            notes: ["\(training.count + (test?.count ?? 0)) \(isImages ? "images" : "texts") from \(folder)"])
    }

    // MARK: Files

    /// The files of the subfolders, or those in the folder itself; sorted by name.
    private func members(of folder: String) throws -> [Member] {
        var members: [Member] = []
        for subfolder in try entries(of: folder).filter(isFolder) {
            let className = (subfolder as NSString).lastPathComponent
            members += try entries(of: subfolder).filter(isSample).map { Member(path: $0, className: className) }
        }
        if members.isEmpty {
            members = try entries(of: folder).filter(isSample).map { Member(path: $0, className: nil) }
        }
        guard let first = members.first else {
            throw FileFormatError(
                file: folder, problem: "the folder holds neither images (.png) nor texts (.txt)",
                advice: "put them into a subfolder for each class")
        }
        let ending = first.path.suffix(4)
        if let stranger = members.first(where: { $0.path.suffix(4) != ending }) {
            throw FileFormatError(
                file: stranger.path, problem: "images and texts are mixed in \(folder)", advice: "keep one kind")
        }
        return members
    }

    private func entries(of folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
                .map { folder + "/" + $0 }
        } catch {
            throw FileFormatError(file: folder, problem: "the folder cannot be read", advice: "check its permissions")
        }
    }

    private func isSample(_ path: String) -> Bool { path.hasSuffix(".png") || path.hasSuffix(".txt") }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private func text(_ member: Member) throws -> String {
        guard let text = String(validating: try readFile(member.path), as: UTF8.self) else {
            throw FileFormatError(
                file: member.path, problem: "the text is not UTF-8",
                advice: "convert the file, for example with iconv -f latin1 -t utf-8")
        }
        return text
    }

    // MARK: Images

    private func image(_ path: String) throws -> PNGImage { try PNG.decode(readFile(path), name: path) }

    /// Images of one size as `[n, height · width · channels]`; opacity is left out.
    ///
    /// - Parameter shape: the shape of the first image and its file, once it is known.
    private func images(
        _ members: [Member], channels: Int, _ shape: inout (Dataset.ImageShape, file: String)?
    ) throws -> RawFeatures {
        var pixels: [UInt8] = []
        for member in members {
            let image = try image(member.path)
            let own = Dataset.ImageShape(height: image.height, width: image.width, channels: channels)
            let (common, first) = shape ?? (own, member.path)
            guard own == common else {
                throw FileFormatError(
                    file: member.path,
                    problem: "the image has \(own.height) × \(own.width) pixels, but \(first) has "
                        + "\(common.height) × \(common.width)", advice: "scale all images to one size")
            }
            shape = (common, first)
            for start in stride(from: 0, to: image.pixels.count, by: image.channels) {
                for channel in 0..<channels { pixels.append(image.pixels[start + min(channel, image.channels - 1)]) }
            }
        }
        guard let common = shape?.0 else { preconditionFailure("images of no files") }
        return .matrix(.bytes(Matrix(rows: members.count, columns: common.count, pixels)), image: common)
    }
}
