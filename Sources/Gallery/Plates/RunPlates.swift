import Fledge

/// The figures of runs, drawn by the very code that draws them at the end of a run.
enum RunPlates {
    /// All figures of a run below `Runs`: the first has the run's name.
    static func plate(of run: String, shows: String, command: String) -> Plate {
        Plate(
            run: run, shows: shows, data: "`Runs/\(run)`: `\(command)`.",
            draw: { folder in
                try RunFigures.figures(of: folder.run(run)).enumerated().map { index, drawn in
                    (index == 0 ? run : "\(run)-\(drawn.name)", drawn.figure)
                }
            })
    }

    static let overview = Plate(
        "overview", shows: "Runs of four kinds on one page: `fledge overview`.",
        data: "`Runs`: cart-pole, fashion-mnist-cluster, fashion-mnist-encode and fashion-mnist-fit.",
        draw: { folder in
            let names = ["cart-pole", "fashion-mnist-cluster", "fashion-mnist-encode", "fashion-mnist-fit"]
            return try RunFigures.overview(of: names.map(folder.run))
        })
}
