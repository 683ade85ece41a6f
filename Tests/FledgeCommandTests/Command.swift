import Foundation
import Testing

/// The built `fledge` in a folder of its own.
final class Command {
    struct Outcome {
        let code: Int32
        let output: String
        let messages: String

        /// Standard output as a JSON object.
        var json: [String: Any] {
            get throws {
                try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
            }
        }
    }

    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "fledge-command-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The executables of the package lie beside the tests.
    private static let programs: URL = {
        // …/debug/FledgePackageTests.xctest, or a runner in a folder of the toolchain with the bundle as an argument.
        let places = CommandLine.arguments + [Bundle.main.bundlePath, Bundle.main.executablePath ?? ""]
        for place in places {
            var folder = URL(filePath: place)
            for _ in 0..<4 {
                folder.deleteLastPathComponent()
                let program = folder.appending(path: "fledge")
                if FileManager.default.isExecutableFile(atPath: program.path) { return folder }
            }
        }
        return URL(filePath: ".")
    }()

    static func path(of program: String) -> String { programs.appending(path: program).path }

    func start(
        _ arguments: [String], program: String = "fledge", threads: Int? = nil
    ) throws -> (process: Process, output: Pipe, messages: Pipe) {
        let process = Process()
        process.executableURL = Command.programs.appending(path: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        if let threads {
            process.environment = ProcessInfo.processInfo.environment.merging(["FLEDGE_THREADS": "\(threads)"]) { $1 }
        }
        let (output, messages) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = messages
        try process.run()
        return (process, output, messages)
    }

    /// Runs a script with the executable's path in `$FLEDGE`.
    func shell(_ script: String, using shell: String = "sh") throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [shell, "-c", script]
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(["FLEDGE": Command.path(of: "fledge")]) { $1 }
        let (output, messages) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = messages
        try process.run()
        return try finish((process, output, messages))
    }

    func run(_ arguments: String..., threads: Int? = nil) throws -> Outcome {
        try finish(start(arguments, threads: threads))
    }

    func finish(_ started: (process: Process, output: Pipe, messages: Pipe)) throws -> Outcome {
        // Messages are few: a pipe holds them while the output is read.
        let output = started.output.fileHandleForReading.readDataToEndOfFile()
        let messages = started.messages.fileHandleForReading.readDataToEndOfFile()
        started.process.waitUntilExit()
        return Outcome(
            code: started.process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            messages: String(decoding: messages, as: UTF8.self))
    }

    func has(_ file: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/" + file) }
    func bytes(_ file: String) throws -> Data { try Data(contentsOf: URL(filePath: folder + "/" + file)) }
    func write(_ text: String, to file: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder + "/" + file))
    }
}
