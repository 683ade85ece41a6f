import Foundation
import Testing

/// The number of threads decides the speed and nothing else.
struct ThreadTests {
    @Test(arguments: [
        ["train", "cart-pole", "--steps", "2500", "--seeds", "2"],
        ["train", "pendulum", "--steps", "5000"],
        ["cluster", "digits", "--clusters", "10", "--restarts", "2"],
        ["fit", "digits", "--epochs", "2"],
        ["encode", "digits", "--epochs", "2", "--code", "4"],
    ])
    func `one, two and five threads leave the same bytes`(arguments: [String]) throws {
        let command = try Command()
        for threads in [1, 2, 5] {
            let outcome = try command.finish(
                command.start(arguments + ["--name", "threads-\(threads)", "--quiet"], threads: threads))
            #expect(outcome.code == 0, "\(outcome.messages)")
        }
        for file in ["metrics.csv", "parameters.safetensors", "drawing.safetensors"] {
            let path = "/seeds/1/" + file
            let one = try command.bytes("runs/threads-1" + path)
            #expect(try command.bytes("runs/threads-2" + path) == one, "\(file)")
            #expect(try command.bytes("runs/threads-5" + path) == one, "\(file)")
        }
    }
}
