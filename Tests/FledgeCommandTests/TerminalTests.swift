import Foundation
import Testing

/// In a pseudo-terminal, which Python makes: its size and type are what programs see.
struct TerminalTests {
    /// What a terminal of so many columns shows of a command.
    private func show(
        _ arguments: [String], columns: Int, type: String = "xterm", environment: String = "", in command: Command
    ) throws -> String {
        let script = """
            import os, pty, sys, struct, fcntl, termios
            pid, terminal = pty.fork()
            if pid == 0:
                fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 24, \(columns), 0, 0))
                os.execvp(sys.argv[1], sys.argv[1:])
            while True:
                try:
                    piece = os.read(terminal, 65536)
                except OSError:
                    break
                if not piece:
                    break
                sys.stdout.buffer.write(piece)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """
        try command.write(script, to: "terminal.py")
        let words = arguments.map { "'\($0)'" }.joined(separator: " ")
        let outcome = try command.shell(
            "env -u NO_COLOR TERM=\(type) \(environment) python3 terminal.py \"$FLEDGE\" \(words)")
        #expect(outcome.code == 0, "\(outcome.output) \(outcome.messages)")
        return outcome.output.replacing("\r\n", with: "\n")
    }

    /// The lines as they stand: what a rewritten line showed each time, without colours.
    private func shown(_ text: String) -> [String] {
        text.replacing(#/\u{1B}\[[0-9;]*[A-Za-z]/#, with: "").split { $0 == "\n" || $0 == "\r" }.map(String.init)
    }

    @Test(arguments: [20, 30, 40])
    func `lists and progress fit a narrow terminal`(columns: Int) throws {
        let command = try Command()
        for verb in ["environments", "datasets", "runs"] {
            for line in shown(try show([verb], columns: columns, in: command)) where verb != "runs" {
                #expect(line.count <= columns, "\(verb): \(line)")
            }
        }
        let text = try show(
            ["train", "cart-pole", "--steps", "60000", "--name", "narrow"], columns: columns, in: command)
        let progress = shown(text).filter { $0.contains(" %") }
        #expect(!progress.isEmpty)
        #expect(progress.allSatisfy { $0.count < columns }, "\(progress)")
    }

    @Test func `colours are off where they are not wanted`() throws {
        let command = try Command()
        func isColored(_ arguments: [String] = [], type: String = "xterm", environment: String = "") throws -> Bool {
            let name = "run-\(UUID().uuidString)"
            return try show(
                ["cluster", "digits", "--clusters", "2", "--name", name] + arguments, columns: 80, type: type,
                environment: environment, in: command
            ).contains("\u{1B}[1m")
        }
        #expect(try isColored())
        #expect(try !isColored(["--no-color"]))
        #expect(try !isColored(environment: "NO_COLOR=1"))
        #expect(try !isColored(type: "dumb"))
    }

    @Test func `a dumb terminal's lines are not rewritten`() throws {
        let command = try Command()
        let text = try show(["cluster", "digits", "--clusters", "2"], columns: 80, type: "dumb", in: command)
        #expect(!text.contains("\r") && !text.contains("\u{1B}"))
    }
}
