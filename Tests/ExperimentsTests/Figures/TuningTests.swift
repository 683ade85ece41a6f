import Fledge
import Testing

@Suite struct TuningTests {
    private let table = """
        number,state,start,end,maximize return,minimize seconds,log parameter rate,parameter kind,at 100,at 200
        0,complete,0,2.5,10,2,0.1,relu,4,10
        1,pruned,1,2,,,0.01,tanh,1,
        2,complete,3,4,30,3,0.001,relu,20,25
        3,failed,4,,,,,tanh,,
        4,complete,5,9,20,1,0.02,tanh,5,20
        """

    private func trials() throws -> TuningTrials { try TuningTrials(csv: Array(table.utf8), name: "trials.csv") }

    @Test func `a table of trials is read by its header`() throws {
        let trials = try trials()
        #expect(trials.numbers == [0, 1, 2, 3, 4])
        #expect(trials.states == [.complete, .pruned, .complete, .failed, .complete])
        #expect(trials.objectives.map(\.name) == ["return", "seconds"])
        #expect(trials.objectives.map(\.isHighBest) == [true, false])
        #expect(trials.parameters.map(\.name) == ["rate", "kind"])
        #expect(trials.parameters[0].isLogarithmic && trials.parameters[0].values[2] == 0.001)
        #expect(trials.parameters[0].values[3].isNaN)
        #expect(trials.parameters[1].categories == ["relu", "tanh"])
        #expect(trials.parameters[1].values == [0, 1, 0, 1, 1])
        #expect(trials.measurements[1] == [.init(step: 100, 1)])
        #expect(trials.measurements[4] == [.init(step: 100, 5), .init(step: 200, 20)])
        #expect(trials.completed == [0, 2, 4])
        #expect(trials.ends[3].isNaN)
    }

    @Test(arguments: [
        ("number,state,maximize return\n0,done,1", "\"done\" is no state"),
        ("number,state,maximize return\n0,complete,x", "\"x\" is not a number"),
        ("number,state,maximize return\n-1,complete,1", "whole number from 0 on"),
        ("number,state,return\n0,complete,1", "\"return\" is no column of trials"),
        ("number,state\n0,complete", "begins with maximize or minimize"),
        ("number,state,maximize return\n", "no row follows"),
    ]) func `a table that is no search is refused with its place`(text: String, problem: String) throws {
        let error = try #require(throws: FileFormatError.self) {
            try TuningTrials(csv: Array(text.utf8), name: "trials.csv")
        }
        #expect(error.description.contains(problem), "\(error)")
        #expect(error.description.hasPrefix("trials.csv, line "))
    }

    @Test func `importance is the variance between groups without what chance gives`() {
        // Groups 1, 3 and 7, 9 have the means 2 and 8, the mean is 5: between 36, within 4 over 2 degrees of freedom, so
        // (36 − 1 · 2) / 40.
        let share = ParameterImportance.varianceBetweenGroups([1, 7, 3, 9], groups: [0, 1, 0, 1])
        #expect(abs(share - 0.85) < 1e-12)
        #expect(ParameterImportance.varianceBetweenGroups([5, 5, 5], groups: [0, 1, 1]) == 0)
        #expect(ParameterImportance.varianceBetweenGroups([1, 2], groups: [0, 1]) == 0)
        #expect(ParameterImportance.varianceBetweenGroups([], groups: []) == 0)
    }

    @Test func `the parameter that decides is the most important one and noise is not important`() {
        var random = RandomStream(seed: 1, purpose: "trials")
        func uniform() -> [Double] { (0..<200).map { _ in Double.random(in: 0..<1, using: &random) } }
        let (decisive, weak, noise) = (uniform(), uniform(), uniform())
        let reached = zip(decisive, weak).map { 10 * $0 + 3 * $1 }
        let trials = TuningTrials(
            numbers: Array(0..<200), states: Array(repeating: .complete, count: 200),
            objectives: [.init("score", isHighBest: true, reached)],
            parameters: [.init("noise", noise), .init("weak", weak), .init("decisive", decisive)])
        let importances = ParameterImportance.of(trials, objective: trials.objectives[0])
        #expect(importances.map(\.name) == ["decisive", "weak", "noise"])
        // Of the variance 100 / 12 + 9 / 12 the shares are 0.917 and 0.083; six groups keep 35/36 of a slope's.
        #expect(abs(importances[0].share - 0.917 * 35 / 36) < 0.05)
        #expect(abs(importances[1].share - 0.083) < 0.06)
        #expect(importances[2].share < 0.04)
    }

    @Test func `the surface passes near dense trials and claims nothing far from them`() {
        var random = RandomStream(seed: 2, purpose: "trials")
        let x = (0..<400).map { _ in Double.random(in: 0..<1, using: &random) }
        let y = (0..<400).map { _ in Double.random(in: 0..<1, using: &random) }
        let inside = x.indices.filter { x[$0] + y[$0] < 1 }
        let surface = ResponseSurface(
            x: inside.map { x[$0] }, xScale: .linear, y: inside.map { y[$0] }, yScale: .linear,
            objective: inside.map { 5 * x[$0] })
        let (low, high) = (surface.values[4][4], surface.values[12][20])
        #expect(abs(low - 5 * surface.x[4]) < 0.6)
        #expect(abs(high - 5 * surface.x[20]) < 0.4)
        #expect(surface.values[47][47].isNaN, "the corner opposite of all trials")
    }

    @Test func `all pictures of a search are drawn, whatever is missing`() throws {
        let figures = TuningFigure(try trials(), title: "PPO").figures
        #expect(figures.map(\.name) == ["tuning", "parameters", "objectives"])
        let texts = figures[0].figure.scene().texts.map(\.string)
        #expect(texts.contains { $0.hasPrefix("PPO: the best of 5 trials reaches return 30") })
        let none = TuningTrials(
            numbers: [], states: [], objectives: [.init("loss", isHighBest: false, [])], parameters: [])
        for (name, figure) in figures + TuningFigure(none, title: "nothing").figures {
            let scene = figure.scene()
            let page = Rectangle(left: 0, top: 0, width: scene.size.width, height: scene.size.height)
            let upright = scene.texts.filter { !$0.string.isEmpty }
            for (index, text) in upright.enumerated() {
                #expect(page.contains(text.bounds), "\(name): \(text.string)")
                for other in upright[(index + 1)...] {
                    #expect(!text.bounds.overlaps(other.bounds), "\(name): \(text.string) / \(other.string)")
                }
            }
        }
    }
}
