import Simulation
import Testing

@Suite struct `A space` {
    /// (A span cannot stand in `#expect`.)
    func isIn(_ space: Space, _ row: [Float]) -> Bool { space.contains(row.span) }

    @Test func `contains the rows between its bounds, bounds included`() {
        let box = Space.box(low: [-1, 0], high: [1, .infinity])
        for row: [Float] in [[-1, 0], [1, 1e30], [0, 5]] { #expect(isIn(box, row)) }
        for row: [Float] in [[-1.1, 0], [0, -0.1], [.nan, 0], [0], [0, 0, 0]] { #expect(!isIn(box, row)) }
    }

    @Test func `of choices contains the one-hot rows`() {
        let choices = Space.discrete(3)
        for row: [Float] in [[1, 0, 0], [0, 0, 1]] { #expect(isIn(choices, row)) }
        for row: [Float] in [[0, 0, 0], [1, 1, 0], [0.5, 0.5, 0], [.nan, 1, 0], [1, 0]] {
            #expect(!isIn(choices, row))
        }
    }

    @Test(arguments: [
        Space.discrete(0), .box(low: [], high: []), .box(low: [0], high: [1, 2]), .box(low: [1], high: [0]),
        .box(low: [.nan], high: [1]),
    ])
    func `without a member is refused`(space: Space) {
        #expect(throws: EnvironmentError.self) { try space.validate() }
    }

    @Test func `with members is accepted`() throws {
        try Space.discrete(1).validate()
        try Space.box(low: [-.infinity, 2], high: [.infinity, 2]).validate()
    }
}
