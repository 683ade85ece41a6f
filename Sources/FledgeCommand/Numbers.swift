import Experiments
import Foundation

/// Numbers for messages.
enum Numbers {
    /// "100,000"
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        let text = digits.indices.map { index in
            (index > 0 && (digits.count - index) % 3 == 0 ? "," : "") + String(digits[index])
        }
        return (number < 0 ? "-" : "") + text.joined()
    }

    /// To four digits: "302,100", "312.4", "0.01180".
    static func short(_ number: Double) -> String {
        guard number.isFinite else { return "\(number)" }
        if number.magnitude >= 1000 {
            return number.magnitude < 1e15 ? grouped(Int(number.rounded())) : String(format: "%.4g", number)
        }
        return String(format: number.magnitude < 0.001 && number != 0 ? "%.3g" : "%.4g", number)
    }

    /// "37 ms", "0.2 s", "45 s", "3 min 20 s", "2 h 10 min"
    static func duration(_ seconds: Double) -> String {
        seconds.isFinite && (0..<1e9).contains(seconds) ? FigureWords.duration(seconds) : "?"
    }

    /// "2026-11-25 09:30" in the local time zone, of "2026-11-25T08:30:00Z"; other texts stay as they are.
    static func localTime(_ utc: String) -> String {
        let fields = utc.split { !$0.isNumber }.compactMap { Int32($0) }
        guard fields.count == 6, utc.hasSuffix("Z") else { return utc }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (fields[0] - 1900, fields[1] - 1, fields[2])
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (fields[3], fields[4], fields[5])
        var time = timegm(&parts)
        localtime_r(&time, &parts)
        return String(
            format: "%04d-%02d-%02d %02d:%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
            parts.tm_min)
    }

    /// "512 bytes", "1.2 MB", "53 GB"
    static func bytes(_ count: Int) -> String {
        var (value, rest) = (Double(count), ["kB", "MB", "GB", "TB", "PB"][...])
        var unit = "bytes"
        while value >= 1000, let next = rest.popFirst() { (value, unit) = (value / 1000, next) }
        return unit == "bytes" ? "\(count) bytes" : String(format: value < 10 ? "%.1f \(unit)" : "%.0f \(unit)", value)
    }
}
