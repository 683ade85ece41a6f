import Foundation

/// What the labels of an axis count in, chosen so that they stay short: ones, thousands, ×10⁻⁷, or the difference from
/// a round number.
struct TickUnit {
    private static let words: [(factor: Double, name: String)] = [
        (1e3, "thousands"), (1e6, "millions"), (1e9, "billions"),
    ]
    /// Labels that need more digits than this count from an offset.
    private static let maximumDigits = 6

    let name: String?
    private let factor: Double
    private let offset: Double
    private let decimals: Int

    init(values: [Double], step: Double, wordsFrom: Double) {
        let largest = values.map(\.magnitude).max() ?? 0
        guard largest > 0 else {
            self.init(name: nil, factor: 1, offset: 0, step: step)
            return
        }
        if log10(largest / step) >= Double(TickUnit.maximumDigits), let first = values.first, let last = values.last {
            // A number with as few digits as the ticks' span allows.
            let round = pow(10, log10(max(last - first, step)).rounded(.up) + 1)
            let offset = ((first + last) / 2 / round).rounded() * round
            let rest = TickUnit(values: values.map { $0 - offset }, step: step, wordsFrom: wordsFrom)
            let sign = offset < 0 ? "−" : "+"
            let text = NumberText.short(offset.magnitude, digits: 12)
            self.init(
                name: [rest.name, "\(sign) \(text)"].compactMap { $0 }.joined(separator: " "), factor: rest.factor,
                offset: offset, step: step)
        } else if largest >= wordsFrom, largest < 1e12, largest >= 1e3 {
            let word = TickUnit.words.last { largest >= $0.factor } ?? TickUnit.words[0]
            self.init(name: word.name, factor: word.factor, offset: 0, step: step)
        } else if largest < 1e-3 || largest >= 1e12 {
            let exponent = Int(log10(largest * (1 + 1e-9)).rounded(.down))
            self.init(name: "×" + NumberText.power(exponent), factor: pow(10, Double(exponent)), offset: 0, step: step)
        } else {
            self.init(name: nil, factor: 1, offset: 0, step: step)
        }
    }

    private init(name: String?, factor: Double, offset: Double, step: Double) {
        self.name = name
        self.factor = factor
        self.offset = offset
        decimals = max(0, Int(-(log10(step / factor) + 1e-9).rounded(.down)))
    }

    func label(_ value: Double) -> String { NumberText.fixed((value - offset) / factor, decimals: decimals) }
}
