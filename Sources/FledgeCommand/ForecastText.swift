import Experiments
import Foundation

/// What `--dry-run` prints.
struct ForecastText {
    let forecast: RunForecast

    /// - Parameter width: how many characters a line may have; nil for any number.
    func text(width: Int?) -> String {
        let settings = forecast.settings.sorted { $0.key < $1.key }
        let table = FittedTable([
            .init("setting", settings.map(\.key)),
            .init("value", settings.map { $0.value.value.description }),
            .init("source", settings.map(\.value.source), least: 8, rank: 1),
        ])
        let seeds = forecast.seeds.count == 1 ? "seed \(forecast.seeds[0])" : "\(forecast.seeds.count) seeds"
        return """
            \(forecast.verb) \(forecast.subject.title) by \(forecast.algorithm), \(seeds)

            \(table.text(width: width))
            time    \(time)
            memory  about \(Numbers.bytes(forecast.memoryBytes))
            disk    about \(Numbers.bytes(forecast.diskBytes))\(free)
            Nothing was begun or written.

            """
    }

    private var time: String {
        let total = "\(Numbers.grouped(forecast.total)) \(forecast.unit)"
        let perSeed = forecast.seeds.count == 1 ? total : "\(total) of each seed"
        return "about \(Numbers.duration(forecast.seconds)) for \(perSeed), at the most, and "
            + "\(Numbers.duration(forecast.measuringSeconds)) to measure the result"
    }

    private var free: String {
        forecast.freeDiskBytes.map { "; \(Numbers.bytes($0)) are free" } ?? ""
    }
}
