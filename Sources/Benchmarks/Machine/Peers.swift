import Foundation

/// Other systems that do the same jobs, each by a script in Sources/Benchmarks/Peers, run by a Python that has them.
struct Peers {
    /// Nil: no peer is measured.
    let python: String?
    private static let folder = "Sources/Benchmarks/Peers"

    /// - Parameter python: the interpreter; nil takes the environment's FLEDGE_PEERS_PYTHON, else `python3`. Scripts
    ///   whose modules it lacks are left out.
    init(python: String?) {
        let chosen = python ?? ProcessInfo.processInfo.environment["FLEDGE_PEERS_PYTHON"] ?? "python3"
        self.python = FileManager.default.fileExists(atPath: Self.folder) && chosen != "none" ? chosen : nil
    }

    /// What a script prints: one JSON line.
    private struct Answer: Decodable {
        let peer: String?
        let value: Double?
        let quality: String?
    }

    /// Runs `script` with `arguments`, its libraries held to `threads` threads; nil where it is not installed.
    func figure(_ script: String, _ arguments: [String] = [], threads: Int) -> PeerFigure? {
        guard let python else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, "\(Self.folder)/\(script).py", "--threads", "\(threads)"] + arguments
        var environment = ProcessInfo.processInfo.environment
        for variable in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
            environment[variable] = "\(threads)"
        }
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0, let answer = try? JSONDecoder().decode(Answer.self, from: bytes),
            let name = answer.peer, let value = answer.value
        else { return nil }
        return PeerFigure(name: name, value: value, quality: answer.quality)
    }
}
