internal import Plotting

/// One metric of a run's seeds over the course of the work.
struct SeedCurves {
    /// Noisy metrics are smoothed with a half-life of this share of the whole course.
    static let halfLifeShare = 1.0 / 60

    let raw: [Curve]
    let smoothed: [Curve]

    /// nil if the run has no such metric or never measured it.
    init?(_ run: StoredRun, _ metric: String, scale: Double = 1) {
        let curves = run.seeds.compactMap { seed -> Curve? in
            guard let values = seed.history[metric] else { return nil }
            // Updates that measured nothing are no gaps.
            let measured = values.indices.filter { !values[$0].isNaN }
            return Curve(
                x: measured.map { Double(seed.history.completed[$0]) }, y: measured.map { values[$0] * scale })
        }
        guard curves.contains(where: { !$0.x.isEmpty }) else { return nil }
        self.init(curves)
    }

    init(_ curves: [Curve]) {
        raw = curves
        smoothed = curves.map { curve in
            let course = (curve.x.last ?? 0) - (curve.x.first ?? 0)
            return course > 0 ? Smoothing.exponential(curve, halfLife: course * Self.halfLifeShare) : curve
        }
    }

    var summary: SeedSummary { SeedSummary(smoothed) }

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
