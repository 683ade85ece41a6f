internal import Foundation
internal import Plotting

/// Numbers as reports and commands need them.
enum NumberFormat {
    /// To two digits, as it is typed: "0.00033", "1e-05".
    static func setting(_ value: Double) -> String { String(format: "%.2g", value) }

    /// "87.6 %".
    static func percent(_ share: Double, decimals: Int = 1) -> String {
        NumberText.fixed(100 * share, decimals: decimals) + " %"
    }
}
