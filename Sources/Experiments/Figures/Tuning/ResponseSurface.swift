internal import Foundation
public import Plotting

/// An objective over two parameters, estimated on a grid from the trials nearby: the weighted mean with a Gaussian
/// kernel (Nadaraya 1964, Watson 1964) whose width along each axis is Scott's, σ · n^(−1/6) (1992). Where no trial is
/// near, nothing is claimed.
public struct ResponseSurface: Sendable {
    /// `[side]` each, in the parameters' units.
    public let x: [Double]
    public let y: [Double]
    /// `[y][x]`; not a number where too little is known.
    public let values: [[Double]]

    private static let side = 48
    /// Trials must weigh as much as one at 2.1 widths: e^(−2.1² / 2).
    private static let leastWeight = 0.11

    public init(x xValues: [Double], xScale: AxisScale, y yValues: [Double], yScale: AxisScale, objective: [Double]) {
        let (across, up) = (Self.axis(xValues, xScale), Self.axis(yValues, yScale))
        let places = (across: xValues.map(across.position), up: yValues.map(up.position))
        x = across.grid
        y = up.grid
        let grid = (0..<Self.side).map { Double($0) / Double(Self.side - 1) }
        values = grid.map { gridY in
            grid.map { gridX in
                var (weight, sum) = (0.0, 0.0)
                for trial in objective.indices {
                    let dx = (places.across[trial] - gridX) / across.width
                    let dy = (places.up[trial] - gridY) / up.width
                    let near = exp(-(dx * dx + dy * dy) / 2)
                    weight += near
                    sum += near * objective[trial]
                }
                return weight >= Self.leastWeight ? sum / weight : .nan
            }
        }
    }

    /// How one parameter is laid along 0…1, the grid in its own units, and the kernel's width.
    private static func axis(
        _ values: [Double], _ scale: AxisScale
    ) -> (position: (Double) -> Double, grid: [Double], width: Double) {
        let isLogarithmic = scale == .logarithmic
        let laid = isLogarithmic ? values.map { log($0) } : values
        let low = laid.min() ?? 0, high = laid.max() ?? 1
        let span = high > low ? high - low : 1
        let positions = laid.map { ($0 - low) / span }
        let mean = positions.reduce(0, +) / Double(max(positions.count, 1))
        let variance = positions.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(positions.count, 1))
        let width = max(variance.squareRoot() * pow(Double(max(positions.count, 1)), -1.0 / 6), 0.02)
        let grid = (0..<side).map { step -> Double in
            let place = low + span * Double(step) / Double(side - 1)
            return isLogarithmic ? exp(place) : place
        }
        return ({ ((isLogarithmic ? log($0) : $0) - low) / span }, grid, width)
    }
}
