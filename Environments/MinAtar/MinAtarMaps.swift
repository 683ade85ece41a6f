import Simulation

extension MinAtarGame {
    /// Sets one cell of one channel in an observation, `[10, 10, channels]`.
    @inline(__always)
    func light(_ cells: inout MutableSpan<Float>, _ row: Int, _ column: Int, _ channel: Int) {
        cells[(row * 10 + column) * Self.channelCount + channel] = 1
    }

    /// Sets the cell behind what moves along a row, if it is on the board.
    @inline(__always)
    func lightTrail(
        _ cells: inout MutableSpan<Float>, _ row: Int, behind column: Int, movesRight: Bool, _ channel: Int
    ) {
        let place = column + (movesRight ? -1 : 1)
        if (0...9).contains(place) { light(&cells, row, place, channel) }
    }

    /// Sets the bits of `map`, `[10]`, by row.
    func light(_ cells: inout MutableSpan<Float>, _ map: Lanes<UInt16>, channel: Int) {
        for row in 0..<10 {
            var line = map[row]
            while line != 0 {
                light(&cells, row, line.trailingZeroBitCount, channel)
                line &= line - 1
            }
        }
    }

    /// - Throws: if a number is no row or column, or another condition does not hold.
    func checkCells(_ places: [Int], isRight: Bool = true) throws {
        guard isRight, places.allSatisfy({ (0...9).contains($0) }) else {
            throw EnvironmentError("the state of \(Self.self) cannot come about in a game")
        }
    }

    /// - Throws: if `map` has not ten rows of ten cells.
    func checkMap(_ map: Lanes<UInt16>) throws {
        guard map.count == 10, map.allSatisfy({ $0 < 1 << 10 }) else {
            throw EnvironmentError("the state of \(Self.self) has a map that is not 10 × 10 cells")
        }
    }
}
