internal import Foundation
internal import Plotting

/// One metric of a run's seeds over the course of the work.
struct SeedCurves {
    /// Noisy metrics are smoothed with a half-life of this share of the whole course.
    static let halfLifeShare = 1.0 / 60

    let raw: [Curve]
    let smoothed: [Curve]

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
        guard curves.contains(where: { !$0.x.isEmpty }) else { return nil }
        self.init(curves, axis: axis)
    }

    private init(_ curves: [Curve], axis: AxisScale) {
        raw = curves
        smoothed = curves.map { curve in
            let course = (curve.x.last ?? 0) - (curve.x.first ?? 0)
            guard course > 0 else { return curve }
            let halfLife = course * Self.halfLifeShare
            guard axis == .logarithmic else { return Smoothing.exponential(curve, halfLife: halfLife) }
            let logarithms = Curve(x: curve.x, y: curve.y.map { log($0) })
            return Curve(x: curve.x, y: Smoothing.exponential(logarithms, halfLife: halfLife).y.map { exp($0) })
        }
    }

    /// The seeds together over the whole course: before its first and after its last measurement a seed's smoothed
    /// value stays as it is.
    var summary: SeedSummary {
        let first = smoothed.compactMap(\.x.first).min() ?? 0
        let last = smoothed.compactMap(\.x.last).max() ?? 0
        return SeedSummary(
            smoothed.map { curve in
                guard let start = curve.x.first, let end = curve.x.last else { return curve }
                let (before, after) = (start > first ? 1 : 0, end < last ? 1 : 0)
                return Curve(
                    x: Array(repeating: first, count: before) + curve.x + Array(repeating: last, count: after),
                    y: Array(curve.y.prefix(before)) + curve.y + Array(curve.y.suffix(after)))
            })
    }

    /// One seed smoothed with its raw values behind; several seeds with their band.
    func series(_ label: String? = nil, color: Color? = nil) -> Series {
        guard smoothed.count == 1 else { return Series(label, summary, color: color) }
        return Series(label, x: smoothed[0].x, y: smoothed[0].y, faint: raw, color: color)
    }

    /// What line, band and faint curves are.
    var caption: String {
        smoothed.count == 1 ? "line: smoothed · faint: as measured" : summary.caption
    }
}
