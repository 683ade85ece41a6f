import Foundation
import Testing

/// The committed gallery, and the executable that draws it.
@Suite struct GalleryTests {
    private static let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        .standardizedFileURL
    private static let gallery = package.appending(path: "Notebooks/Gallery")

    /// Pictures are made of the shapes of letters and of the drawing library's rounding: only with the same versions as
    /// those in `made-with.txt` can their bytes be equal.
    private static let hasSameLibraries: Bool = {
        let recorded = try? String(contentsOf: gallery.appending(path: "made-with.txt"), encoding: .utf8)
        let script = package.appending(path: "Notebooks/Gallery/versions.sh").path
        let now = try? output(of: "/bin/sh", [script])
        return recorded != nil && recorded == now
    }()

    private static func output(of program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(program) \(arguments)")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The executable beside the tests.
    private static let program: URL? = {
        for place in CommandLine.arguments + [Bundle.main.bundlePath, Bundle.main.executablePath ?? ""] {
            var folder = URL(filePath: place)
            for _ in 0..<4 {
                folder.deleteLastPathComponent()
                let program = folder.appending(path: "Gallery")
                if FileManager.default.isExecutableFile(atPath: program.path) { return program }
            }
        }
        return nil
    }()

    @Test(.enabled(if: hasSameLibraries, "fonts or drawing libraries are not those of made-with.txt"))
    func `pictures of the gallery are drawn again to the byte`() throws {
        let names = ["cart-pole", "comparison-dark", "hierarchies-and-densities", "tuning"]
        let folder = FileManager.default.temporaryDirectory.appending(path: "gallery-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = try #require(Self.program)
        _ = try Self.output(
            of: program.path, ["--gallery", Self.gallery.path, "--output", folder.path] + names)
        for name in names {
            let drawn = try Data(contentsOf: folder.appending(path: name + ".png"))
            let committed = try Data(contentsOf: Self.gallery.appending(path: name + ".png"))
            // Told apart here: of two pictures the test library would work out for minutes where they differ.
            let isSame = drawn == committed
            #expect(isSame, "\(name).png: run `make gallery` and look at what changed")
        }
    }

    @Test func `the page shows every picture and every picture is small`() throws {
        let page = try String(contentsOf: Self.gallery.appending(path: "README.md"), encoding: .utf8)
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.gallery.path).filter {
            $0.hasSuffix(".png")
        }
        #expect(files.count >= 15)
        for file in files {
            #expect(page.contains("](\(file))"), "\(file) is not on the page")
            let size = try Data(contentsOf: Self.gallery.appending(path: file)).count
            #expect(size <= 400_000, "\(file) has \(size) bytes")
        }
    }
}
