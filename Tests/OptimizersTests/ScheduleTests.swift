import FileFormats
import Optimizers
import Testing

@Suite struct ScheduleTests {
    private func golden(_ name: String) throws -> [Double] {
        try #require(try PyTorchOptimizers.load().schedules[name])
    }

    /// The rates 0.1 · factor at steps 0, 1, … of `steps`.
    private func rates(_ schedule: Schedule, _ shape: Schedule.Shape = .init(), count: Int, of steps: Int) -> [Double] {
        (0..<count).map { 0.1 * schedule.factor(progress: Double($0) / Double(steps), shape: shape) }
    }

    private func isClose(_ got: [Double], _ want: some Collection<Double>) -> Bool {
        got.count == want.count && zip(got, want).allSatisfy { abs($0 - $1) < 1e-15 }
    }

    @Test func `the linear schedule equals PyTorch's`() throws {
        #expect(isClose(rates(.linear, count: 12, of: 10), try golden("linear_1_to_0_10")))
    }

    @Test func `the cosine schedule equals PyTorch's`() throws {
        // Beyond its end PyTorch's rises again; ours stays.
        #expect(isClose(rates(.cosine, count: 11, of: 10), try golden("cosine_10").prefix(11)))
        #expect(Schedule.cosine.factor(progress: 1.5) == 0)
    }

    @Test func `the step schedule equals PyTorch's`() throws {
        var shape = Schedule.Shape()
        shape.drops = 5
        shape.dropFactor = 0.5
        #expect(isClose(rates(.step, shape, count: 12, of: 12), try golden("step_2_0.5")))
        #expect(abs(Schedule.step.factor(progress: 1, shape: shape) - 0.03125) < 1e-15)
    }

    @Test func `the exponential schedule equals PyTorch's`() throws {
        var shape = Schedule.Shape()
        shape.finalFactor = 0.282_429_536_481
        // 0.9¹²
        #expect(isClose(rates(.exponential, shape, count: 12, of: 12), try golden("exponential_0.9")))
    }

    @Test func `the one-cycle schedule equals PyTorch's`() throws {
        // PyTorch's rise ends at step 0.3 · 12 − 1 of steps 0 … 11; its peak is 0.5.
        var shape = Schedule.Shape()
        shape.warmup = 2.6 / 11
        let rates = (0..<12).map { 0.5 * Schedule.oneCycle.factor(progress: Double($0) / 11, shape: shape) }
        #expect(isClose(rates, try golden("onecycle_0.5_10")))
    }

    @Test func `one-cycle without a warm-up peaks at three tenths`() {
        #expect(Schedule.oneCycle.factor(progress: 0.3) == 1)
        #expect(abs(Schedule.oneCycle.factor(progress: 0) - 0.04) < 1e-15)
    }

    @Test func `the constant schedule stays`() {
        #expect([0, 0.5, 1].map { Schedule.constant.factor(progress: $0) } == [1, 1, 1])
    }

    @Test(arguments: Schedule.allCases.filter { $0 != .oneCycle })
    func `a warm-up rises evenly from a hundredth, and the schedule takes the rest`(_ schedule: Schedule) {
        var shape = Schedule.Shape()
        shape.warmup = 0.2
        #expect(schedule.factor(progress: 0, shape: shape) == 0.01)
        #expect(abs(schedule.factor(progress: 0.1, shape: shape) - 0.505) < 1e-15)
        #expect(schedule.factor(progress: 0.2, shape: shape) == 1)
        let later = schedule.factor(progress: 0.6, shape: shape)
        #expect(abs(later - schedule.factor(progress: 0.5)) < 1e-12)
    }

    @Test func `a plateau is borne for its patience, then the factor falls`() {
        var schedule = PlateauSchedule(dropFactor: 0.5, patience: 2, minimumFactor: 0.2)
        // As PyTorch's ReduceLROnPlateau(factor=0.5, patience=2) does: the third bad epoch in a row falls. A gain of less
        // than a 10,000th is none.
        let losses = [1, 0.9, 0.95, 0.9, 0.89999, 0.8, .nan, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]
        let factors = losses.map { schedule.observe(loss: $0) }
        #expect(factors == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2, 0.2])
    }

    @Test func `a plateau schedule that is saved and restored goes on as it would have`() throws {
        var schedule = PlateauSchedule(patience: 1)
        for loss in [1, 2.0] { _ = schedule.observe(loss: loss) }
        var archive = Archive()
        try archive.encode("plateau", schedule)
        var restored = try archive.decode("plateau", as: PlateauSchedule.self)
        #expect(restored == schedule)
        #expect(restored.observe(loss: 2) == 0.1)
    }
}
