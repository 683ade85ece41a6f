internal import Foundation
package import Plotting

/// One metric of a run's seeds over the course of the work.
package struct SeedCurves {
    /// Noisy metrics are smoothed with a half-life of this share of the whole course.
    static let halfLifeShare = 1.0 / 60
    /// Of fewer points each can be seen.
    static let fewestToSmooth = 25
    /// A seed that was measured first or last within this share of the course from its ends counts up to there.
    static let mostGap = 1.0 / 20

    let raw: [Curve]
    let smoothed: [Curve]
    let summary: SeedSummary

    /// nil if the run has no such metric or never measured it.
    ///
    /// - Parameter axis: a logarithmic axis has the logarithms smoothed.
    init?(_ run: StoredRun, _ metric: String, scale: Double = 1, axis: AxisScale = .linear) {
        let curves = run.seeds.compactMap { seed -> Curve? in
            guard let values = seed.history[metric] else { return nil }
            // Updates that measured nothing are no gaps.
            let measured = values.indices.filter { !values[$0].isNaN }
            return Curve(
                x: measured.map { Double(seed.history.completed[$0]) }, y: measured.map { values[$0] * scale })
        }
        self.init(curves, axis: axis)
    }

    /// Curves of one metric, one a seed, without the places where nothing was measured; nil if nothing ever was.
    ///
    /// - Parameters:
    ///   - smoothing: by default only where there are points enough to be noisy.
    ///   - axis: a logarithmic axis has the logarithms smoothed.
    package init?(_ curves: [Curve], smoothing: MetricPlot.Smoothing = .automatic, axis: AxisScale) {
        guard curves.contains(where: { !$0.x.isEmpty }) else { return nil }
        raw = curves
        smoothed = curves.map { Self.smoothed($0, smoothing, axis: axis) }
        summary = Self.summary(of: smoothed)
    }

    private static func smoothed(_ curve: Curve, _ smoothing: MetricPlot.Smoothing, axis: AxisScale) -> Curve {
        let halfLife: Double
        switch smoothing {
        case .none: return curve
        case .halfLife(let given): halfLife = given
        case .automatic:
            let course = (curve.x.last ?? 0) - (curve.x.first ?? 0)
            guard course > 0, curve.x.count >= fewestToSmooth else { return curve }
            halfLife = course * halfLifeShare
        }
        guard axis == .logarithmic else { return Smoothing.exponential(curve, halfLife: halfLife) }
        let logarithms = Curve(x: curve.x, y: curve.y.map { log($0) })
        return Curve(x: curve.x, y: Smoothing.exponential(logarithms, halfLife: halfLife).y.map { exp($0) })
    }

    /// The seeds together. Just before its first and just after its last measurement a seed's smoothed value stays as it
    /// is; one that ended early does not count beyond its end.
    private static func summary(of curves: [Curve]) -> SeedSummary {
        let first = curves.compactMap(\.x.first).min() ?? 0
        let last = curves.compactMap(\.x.last).max() ?? 0
        let gap = mostGap * (last - first)
        return SeedSummary(
            curves.map { curve in
                guard let start = curve.x.first, let end = curve.x.last else { return curve }
                let (before, after) = (
                    start > first && start - first <= gap ? 1 : 0, end < last && last - end <= gap ? 1 : 0
                )
                return Curve(
                    x: Array(repeating: first, count: before) + curve.x + Array(repeating: last, count: after),
                    y: Array(curve.y.prefix(before)) + curve.y + Array(curve.y.suffix(after)))
            })
    }

    /// One seed smoothed with its raw values behind; several seeds with their band.
    func series(_ label: String? = nil, color: Color? = nil) -> Series {
        guard smoothed.count == 1 else { return Series(label, summary, color: color) }
        return Series(label, x: smoothed[0].x, y: smoothed[0].y, faint: isSmoothed ? raw : [], color: color)
    }

    /// Where the seeds ended, each at its own end; nil if none has a value.
    package var lastValue: Double? {
        let ends = smoothed.compactMap { $0.y.last { $0.isFinite } }.sorted()
        guard !ends.isEmpty else { return nil }
        return summary.statistic == .interquartileMeanAndBootstrap
            ? InterquartileMean.of(ends) : Quantile.of(sorted: ends, 0.5)
    }

    private var isSmoothed: Bool { smoothed != raw }

    /// What line, band and faint curves are.
    var caption: String {
        guard smoothed.count == 1 else { return summary.caption }
        return isSmoothed ? "line: smoothed · faint: as measured" : "line: as measured"
    }
}
