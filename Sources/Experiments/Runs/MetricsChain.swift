internal import FileFormats

/// The side file of a seed's metrics: what metrics.csv and the learner were after each update. It tells whether metrics
/// are whole, and whether another run went the same way.
struct MetricsChain: Sendable {
    static let file = "chain.csv"

    struct Row: Sendable, Equatable {
        /// Counted from 1.
        let update: Int
        /// Steps, samples or iterations.
        let completed: Int
        /// The length of metrics.csv up to this row, and the checksum of these bytes.
        let metricsBytes: Int
        let checksum: String
        /// The hash of the learner's state, sixteen hexadecimal digits.
        let state: String

        var line: [UInt8] { CheckedLine.encode(["\(update)", "\(completed)", "\(metricsBytes)", checksum, state]) }
    }

    static let header = Array("update,completed,metricsBytes,metricsChecksum,state,check\n".utf8)

    /// The rows up to the first that is damaged.
    let rows: [Row]

    /// Reads the chain of a seed; it is empty where there is none.
    init(of folder: RunFolder, seed: UInt64) {
        let bytes = (try? readFile(folder.path(MetricsChain.file, seed: seed))) ?? []
        var rows: [Row] = []
        for fields in CheckedLine.decode(bytes).dropFirst() {
            guard let fields, fields.count == 5, let update = Int(fields[0]), update == rows.count + 1,
                let completed = Int(fields[1]), let metricsBytes = Int(fields[2])
            else { break }
            rows.append(
                Row(
                    update: update, completed: completed, metricsBytes: metricsBytes, checksum: String(fields[3]),
                    state: String(fields[4])))
        }
        self.rows = rows
    }

    static func text(_ state: UInt64) -> String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Array where Element == MetricsChain.Row {
    /// The first row up to which `metrics`, the bytes of metrics.csv, are not what was written.
    func firstDamaged(in metrics: [UInt8]) -> MetricsChain.Row? {
        var checksum = CRC32()
        var start = 0
        return first { row in
            guard row.metricsBytes >= start, row.metricsBytes <= metrics.count else { return true }
            checksum.update(with: [UInt8](metrics[start..<row.metricsBytes]))
            start = row.metricsBytes
            return checksum.text != row.checksum
        }
    }
}
