import Glibc

/// A program in a process of its own, waited for without polling: Foundation's `Process` notices an end up to some
/// thirty milliseconds late, as much as a short command takes.
enum ChildProcess {
    /// Runs `path` with `arguments` in `folder` (nil: here) and returns when it has ended.
    ///
    /// - Parameter isSilent: its standard output and error are thrown away.
    /// - Throws: where it cannot be started or does not end with 0.
    static func run(_ path: String, _ arguments: [String], in folder: String? = nil, isSilent: Bool = true) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if isSilent {
            for stream in [STDOUT_FILENO, STDERR_FILENO] {
                posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
            }
        }
        let words = ([path] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        let here = open(".", O_RDONLY | O_DIRECTORY)
        defer { close(here) }
        if let folder, chdir(folder) != 0 {
            throw BenchmarkOptions.Problem(description: "\(folder) cannot be entered: \(errno)")
        }
        var process = pid_t()
        let failure = posix_spawn(&process, path, &actions, nil, words + [nil], environ)
        fchdir(here)
        guard failure == 0 else { throw BenchmarkOptions.Problem(description: "\(path) cannot be started: \(failure)") }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        guard status == 0 else {
            let command = ([path] + arguments).joined(separator: " ")
            throw BenchmarkOptions.Problem(description: "\(command) ended with status \(status >> 8), \(status & 0x7F)")
        }
    }
}
