import Foundation
import Randomness
import SupervisedLearning
import Testing

struct SearchTests {
    private func space(_ lines: String...) throws -> SearchSpace { try SearchSpace(lines: lines) }

    private func random(_ seed: UInt64 = 1) -> RandomStream { RandomStream(seed: seed, purpose: "tuning") }

    /// Runs a search to its end, one trial at a time.
    private func run(_ search: inout some Search, _ score: (Trial) -> Double?) -> [Trial] {
        var trials: [Trial] = []
        while let trial = search.next() {
            trials.append(trial)
            search.tell(trial, score: score(trial))
        }
        return trials
    }

    @Test func `a grid holds every combination once`() throws {
        var grid = try GridSearch(
            space("a=1e-4..1e-2", "b=x|y", "c=1..2", "d=0.0..1"), pointsPerRange: 3, higherIsBetter: true)
        let trials = run(&grid) { _ in 0 }
        #expect(trials.count == 3 * 2 * 2 * 3)
        #expect(trials.map(\.index) == Array(0..<36))
        #expect(trials[0].settings == ["a": "0.0001", "b": "x", "c": "1", "d": "0.0"])
        #expect(trials[1].settings == ["a": "0.0001", "b": "x", "c": "1", "d": "0.5"])
        #expect(trials[35].settings == ["a": "0.01", "b": "y", "c": "2", "d": "1.0"])
        #expect(Set(trials.map(\.settings)).count == 36)
        #expect(trials.allSatisfy { $0.share == 1 })
        #expect(throws: InvalidSetting.self) {
            try GridSearch(space("a=0.0..1", "b=0.0..1", "c=0.0..1"), pointsPerRange: 22, higherIsBetter: true)
        }
        #expect(throws: InvalidSetting.self) {
            try GridSearch(space("a=0.0..1"), pointsPerRange: .max, higherIsBetter: true)
        }
    }

    @Test func `random search draws the same trials for a seed, and others for another`() throws {
        var (first, again, other) = (random(), random(), random(2))
        let space = try space("a=0.0..1")
        let search = try RandomSearch(space, trials: 8, higherIsBetter: true, using: &first)
        #expect(try search.queue == RandomSearch(space, trials: 8, higherIsBetter: true, using: &again).queue)
        #expect(try search.queue != RandomSearch(space, trials: 8, higherIsBetter: true, using: &other).queue)
        #expect(throws: InvalidSetting.self) {
            try RandomSearch(space, trials: 0, higherIsBetter: true, using: &first)
        }
    }

    @Test func `the best is the first of equals, in the direction asked for, and never one that failed`() throws {
        let scores: [Double?] = [nil, 3, .nan, 1, 3, 1, -.infinity]
        for higherIsBetter in [true, false] {
            var random = random()
            var search = try RandomSearch(
                space("a=0.0..1"), trials: 7, higherIsBetter: higherIsBetter, using: &random)
            #expect(search.best == nil)
            _ = run(&search) { scores[$0.index] }
            #expect(search.best?.trial.index == (higherIsBetter ? 1 : 3))
            #expect(search.results.map(\.score) == [nil, 3, nil, 1, 3, 1, nil])
            #expect(search.isFinished)
        }
    }

    @Test func `the rungs of halving`() {
        func rungs(_ trials: Int, _ eta: Int, _ share: Double) -> [String] {
            SuccessiveHalving.rungs(trials: trials, eta: eta, smallestShare: share).map {
                "\($0.trials) × 1/\(Int((1 / $0.share).rounded()))"
            }
        }
        #expect(rungs(27, 3, 1.0 / 27) == ["27 × 1/27", "9 × 1/9", "3 × 1/3", "1 × 1/1"])
        #expect(rungs(27, 3, 0.1) == ["27 × 1/9", "9 × 1/3", "3 × 1/1"])
        #expect(rungs(10, 3, 0.01) == ["10 × 1/9", "3 × 1/3", "1 × 1/1"])
        #expect(rungs(8, 2, 0.125) == ["8 × 1/8", "4 × 1/4", "2 × 1/2", "1 × 1/1"])
        #expect(rungs(2, 3, 0.01) == ["2 × 1/1"])
        #expect(rungs(9, 3, 1) == ["9 × 1/1"])
    }

    @Test func `halving sends the best of each round on, ties by number, failed ones never`() throws {
        var random = random()
        var search = try SuccessiveHalving(
            space("a=0.0..1"), trials: 9, smallestShare: 0.1, higherIsBetter: true, using: &random)
        // 2, 4 and 6 tie for the last two places behind 8.
        let first: [Double?] = [1, nil, 5, 2, 5, .nan, 5, 0, 9]
        let second: [Int: Double] = [8: 6, 2: 7, 4: 7]
        let trials = run(&search) { trial in
            switch trial.rung {
            case 0: first[trial.index]
            case 1: second[trial.index]
            default: 0.5
            }
        }
        #expect(trials.map(\.index) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 2, 4, 2])
        #expect(trials.map(\.rung) == Array(repeating: 0, count: 9) + [1, 1, 1, 2])
        #expect(isNear(trials[0].share, 1.0 / 9) && isNear(trials[9].share, 1.0 / 3) && trials[12].share == 1)
        #expect(trials[12].settings == trials[2].settings)
        // The best of what was trained fully, not of all scores.
        #expect(search.best?.trial.rung == 2 && search.best?.score == 0.5)
        #expect(search.isFinished)
    }

    @Test func `halving waits for the trials of a round that still run, whichever ends first`() throws {
        var (one, other) = (random(), random())
        let space = try space("a=0.0..1")
        var inOrder = try SuccessiveHalving(space, trials: 9, higherIsBetter: false, using: &one)
        var reversed = try SuccessiveHalving(space, trials: 9, higherIsBetter: false, using: &other)
        func score(_ trial: Trial) -> Double { Double(trial.index * 5 % 9) }
        _ = run(&inOrder) { score($0) }
        while !reversed.isFinished {
            var round: [Trial] = []
            while let trial = reversed.next() { round.append(trial) }
            #expect(!round.isEmpty)
            for trial in round.reversed() {
                let early = reversed.next()
                #expect(early == nil)
                reversed.tell(trial, score: score(trial))
            }
        }
        #expect(reversed.queue == inOrder.queue)
    }

    @Test func `where all fail the search ends without a best`() throws {
        var random = random()
        var search = try SuccessiveHalving(space("a=0.0..1"), trials: 9, higherIsBetter: true, using: &random)
        let trials = run(&search) { _ in nil }
        #expect(trials.count == 9)
        #expect(search.isFinished && search.best == nil)
    }

    @Test func `saved after any trial it goes on exactly, running trials from their start`() throws {
        let space = try space("a=1e-4..1e-1", "b=x|y|z")
        func score(_ trial: Trial) -> Double { Double((trial.index * 7 + trial.rung) % 11) }
        var stream = random()
        var whole = try SuccessiveHalving(space, trials: 12, higherIsBetter: true, using: &stream)
        let fresh = whole
        let trials = run(&whole) { score($0) }
        for stop in 0..<trials.count {
            var search = fresh
            for _ in 0..<stop {
                guard let trial = search.next() else { break }
                search.tell(trial, score: score(trial))
            }
            // Killed in the middle of the next trial.
            let running = search.next()
            #expect(running == trials[stop])
            let saved = try JSONEncoder().encode(search)
            var restored = try JSONDecoder().decode(SuccessiveHalving.self, from: saved)
            restored.restartRunning()
            let rest = run(&restored) { score($0) }
            #expect(rest == Array(trials[stop...]))
            #expect(restored.queue == whole.queue)
        }
    }
}
