/// A day of the proleptic Gregorian calendar and a time on it, without a time zone.
public struct CalendarTime: Sendable, Hashable, Comparable, Codable {
    public let year: Int
    /// 1…12
    public let month: Int
    /// 1…31
    public let day: Int
    /// The second of the day: 0 ..< 86,400.
    public let second: Int

    /// Nil if there is no such day or time.
    public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard (0...9999).contains(year), (1...12).contains(month),
            (1...Self.dayCount(year: year, month: month)).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.second = (hour * 60 + minute) * 60 + second
    }

    /// Reads `2024-02-29`, `2024/02/29` or `29.02.2024`, perhaps with a time behind it (`T12:30`, ` 12:30:05`,
    /// `T12:30:05.25Z`); fractions of a second are dropped, and no zone but UTC is taken. Nil for anything else, such as
    /// `02/03/2024`, of which nobody knows the month.
    public init?(_ text: String) {
        guard text.utf8.count >= 8, let first = text.utf8.first, (0x30...0x39).contains(first) else { return nil }
        let halves = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
        var day: [Int]?
        for separator: Character in ["-", "/"] where day == nil {
            day = Self.numbers(halves[0], separator: separator, digits: [4...4, 1...2, 1...2])
        }
        if day == nil {
            day = Self.numbers(halves[0], separator: ".", digits: [1...2, 1...2, 4...4]).map { $0.reversed() }
        }
        guard let day else { return nil }
        var time = [0, 0, 0]
        if halves.count == 2 {
            var clock = halves[1]
            if clock.last == "Z" { clock = clock.dropLast() }
            if let point = clock.firstIndex(of: ".") {
                let fraction = clock[clock.index(after: point)...]
                guard !fraction.isEmpty, fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
                clock = clock[..<point]
            }
            guard
                let read = Self.numbers(clock, separator: ":", digits: [1...2, 2...2])
                    ?? Self.numbers(clock, separator: ":", digits: [1...2, 2...2, 2...2])
            else { return nil }
            time.replaceSubrange(0..<read.count, with: read)
        }
        self.init(
            year: day[0], month: day[1], day: day[2], hour: time[0], minute: time[1], second: time[2])
    }

    /// 0 for Monday to 6 for Sunday.
    public var weekday: Int { (dayNumber + 3) % 7 + ((dayNumber + 3) % 7 < 0 ? 7 : 0) }

    /// The hour of the day with its fraction, 0 ..< 24.
    public var hour: Double { Double(second) / 3600 }

    /// The days since 1 January 1970.
    public var dayNumber: Int {
        // Years begin in March, so that a leap day is the last day of its year.
        let shifted = month > 2 ? year : year - 1
        let daysBefore = ((month + 9) % 12 * 153 + 2) / 5 + day - 1
        let era = shifted >= 0 ? shifted / 400 : (shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + daysBefore - 719_468
    }

    public static func < (a: Self, b: Self) -> Bool {
        (a.year, a.month, a.day, a.second) < (b.year, b.month, b.day, b.second)
    }

    private static func dayCount(year: Int, month: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Numbers between separators, each of so many digits.
    private static func numbers(
        _ text: Substring, separator: Character, digits: [ClosedRange<Int>]
    ) -> [Int]? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == digits.count else { return nil }
        var numbers: [Int] = []
        for (part, count) in zip(parts, digits) {
            guard count.contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(part)
            else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}

extension CalendarTime: CustomStringConvertible {
    /// As ISO 8601 writes it: `2024-02-29`, with the time if it is not midnight.
    public var description: String {
        func padded(_ number: Int, _ count: Int) -> String {
            String(repeating: "0", count: max(0, count - String(number).count)) + String(number)
        }
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        guard second > 0 else { return date }
        return date + "T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    }
}
