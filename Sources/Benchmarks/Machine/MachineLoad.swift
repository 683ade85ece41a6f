import Glibc

/// How busy this process and others keep the machine from a moment on.
struct MachineLoad {
    private let start = Self.now()

    /// The number of cores that this process and its ended children, and all others, kept busy since, on average.
    func busyCores() -> (own: Double, other: Double) {
        let end = Self.now()
        let elapsed = max(end.clock - start.clock, 1e-9)
        let own = (end.own - start.own) / elapsed
        // The machine's count is in hundredths of a second: a short while tells nothing.
        let other = elapsed > 0.05 ? (end.machine - start.machine) / elapsed - own : 0
        return (own, max(0, other))
    }

    private static func now() -> (clock: Double, machine: Double, own: Double) {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let clock = Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
        return (clock, busySeconds(), ProcessTime.own + ProcessTime.children)
    }

    /// The busy time of all cores since the machine started: all but idle and waiting, in the first line of /proc/stat.
    private static func busySeconds() -> Double {
        guard let file = fopen("/proc/stat", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 512)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let fields = text.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
        let idle = fields.dropFirst(3).prefix(2).reduce(0, +)
        return (fields.reduce(0, +) - idle) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}

/// CPU seconds, user and system.
enum ProcessTime {
    static var own: Double { seconds(of: __rusage_who_t(RUSAGE_SELF.rawValue)) }
    /// Of the child processes that have ended.
    static var children: Double { seconds(of: __rusage_who_t(RUSAGE_CHILDREN.rawValue)) }

    private static func seconds(of who: __rusage_who_t) -> Double {
        var usage = rusage()
        getrusage(who, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}
