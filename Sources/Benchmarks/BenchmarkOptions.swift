/// What the command line asks for.
struct BenchmarkOptions {
    /// The jobs to measure; empty: all.
    var only: [String] = []
    var repetitions = 3
    var peers: String?
    var json: String?
    var markdown: String?
    /// A figure to draw and where: what the plot job asks of the processes it starts.
    var picture: (figure: String, path: String)?
    var asksForHelp = false

    static let usage = """
        usage: Benchmarks [--only NAME]… [--repetitions N] [--peers PYTHON|none] [--json FILE]
               Benchmarks --markdown FILE

        --only NAME      measure this job only; may be repeated
        --repetitions N  measure each job N times and take the median (3)
        --peers PYTHON   the interpreter that runs the peers' scripts; none leaves them out
                         (FLEDGE_PEERS_PYTHON, else python3)
        --json FILE      write the results to FILE
        --markdown FILE  show the results in FILE as a Markdown table and measure nothing
        """

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    init(_ arguments: some Sequence<String>) throws {
        var rest = Array(arguments)[...]
        func value(of option: String) throws -> String {
            guard let value = rest.popFirst() else { throw Problem(description: "\(option) needs a value") }
            return value
        }
        while let option = rest.popFirst() {
            switch option {
            case "--only": only.append(try value(of: option))
            case "--repetitions":
                let text = try value(of: option)
                guard let count = Int(text), count > 0 else {
                    throw Problem(description: "--repetitions needs a whole number above 0, not '\(text)'")
                }
                repetitions = count
            case "--peers": peers = try value(of: option)
            case "--json": json = try value(of: option)
            case "--markdown": markdown = try value(of: option)
            case "--draw": picture = (try value(of: option), try value(of: option))
            case "--help", "-h": asksForHelp = true
            default: throw Problem(description: "there is no option '\(option)'")
            }
        }
    }
}
