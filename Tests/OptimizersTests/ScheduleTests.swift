import Optimizers
import Testing

@Suite struct ScheduleTests {
    @Test func `the linear schedule equals PyTorch's`() throws {
        let golden = try #require(try PyTorchOptimizers.load().linearSchedules["linear_1_to_0_10"])
        for (step, want) in golden.enumerated() {
            #expect(abs(0.1 * Schedule.linear.factor(progress: Double(step) / 10) - want) < 1e-15, "step \(step)")
        }
    }

    @Test func `the constant schedule stays`() {
        #expect([0, 0.5, 1].map { Schedule.constant.factor(progress: $0) } == [1, 1, 1])
    }
}
