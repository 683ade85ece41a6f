import Foundation
import Testing

struct CheckTests {
    @Test func `a task that keeps the contract is told of in a line`() throws {
        let outcome = try Command().run("check", "cart-pole", "--seed", "3", "--steps", "500")
        #expect(outcome.code == 0 && outcome.messages.isEmpty, "\(outcome.messages)")
        let pattern = /cart-pole keeps the contract: \d+ rules, [\d,]+ steps\n/
        // A busy machine may take longer for a step than the task says, which is a warning.
        #expect(outcome.output.prefixMatch(of: pattern) != nil || outcome.output.contains("stepCostIsTold"))
    }

    @Test func `a task with constants that are drawn is checked with them`() throws {
        let outcome = try Command().run("check", "pendulum:length=0.5..2", "--steps", "500")
        #expect(outcome.code == 0)
        #expect(outcome.output.hasPrefix("pendulum:length=0.5..2 keeps the contract"))
    }

    @Test func `JSON has the rules, the findings and the verdict`() throws {
        let outcome = try Command().run("check", "Pendulum-v1", "--json", "--steps", "500")
        #expect(outcome.code == 0, "\(outcome.messages)")
        let json = try outcome.json
        #expect(json["environment"] as? String == "pendulum" && json["isKept"] as? Bool == true)
        #expect((json["rules"] as? [String])?.contains("stateIsComplete") == true)
        #expect((json["rules"] as? [String])?.contains("nothingTraps") == true)
        #expect((json["findings"] as? [Any])?.count ?? 9 <= 1)
    }

    @Test(arguments: [["check", "cart-pol"], ["check", "cart-pole", "--steps", "0"], ["check"]])
    func `a wrong command line is told`(arguments: [String]) throws {
        let command = try Command()
        let outcome = try command.finish(command.start(arguments))
        #expect(outcome.code == 64 && outcome.output.isEmpty)
    }
}
