import Environments
import Foundation
import Simulation
import Testing

@Suite struct `The registry of environments` {
    @Test(arguments: Environments.all.map(\.id))
    func `holds tasks that keep the contract of an environment`(id: String) throws {
        try Environments.named(id).check(seed: 7)
    }

    @Test func `finds a task by its id and by its Gymnasium id`() throws {
        for specification in Environments.all {
            #expect(try Environments.named(specification.id).id == specification.id)
            if let name = specification.gymnasiumID {
                #expect(try Environments.named(name).id == specification.id)
                #expect(try Environments.named(name.lowercased()).id == specification.id)
            }
        }
    }

    @Test func `has no name twice`() {
        let names = Environments.all.flatMap { [$0.id] + [$0.gymnasiumID].compactMap(\.self) }
        #expect(Set(names.map { $0.lowercased() }).count == names.count)
    }

    @Test(arguments: [("cartpole", "cart-pole"), ("Pendulm-v1", "Pendulum-v1"), ("pend", "pendulum")])
    func `suggests the nearest name for an unknown one`(name: String, nearest: String) throws {
        let error = #expect(throws: UnknownEnvironment.self) { try Environments.named(name) }
        #expect(error?.suggestion == nearest)
        #expect(error?.description.contains(nearest) == true)
    }

    @Test func `lists the names where none is near`() {
        let error = #expect(throws: UnknownEnvironment.self) { try Environments.named("chess") }
        #expect(error?.description == "there is no environment 'chess'; there are cart-pole, pendulum")
    }

    @Test(arguments: Environments.all.map(\.id), ["zoo", "cleanrl"])
    func `has recipes whose minibatches fit into a rollout`(environment: String, name: String) throws {
        struct Sizes: Decodable {
            var algorithm: String
            var totalSteps, environments, stepsPerRollout, minibatchSize: Int
        }
        let bytes = try #require(Environments.recipe(environment: environment, name: name))
        let sizes = try JSONDecoder().decode(Sizes.self, from: Data(bytes))
        #expect(sizes.algorithm == "ppo")
        #expect(sizes.environments * sizes.stepsPerRollout % sizes.minibatchSize == 0)
        #expect(sizes.totalSteps >= sizes.environments * sizes.stepsPerRollout)
    }

    @Test func `has no recipe of an unknown name`() {
        #expect(Environments.recipe(environment: "cart-pole", name: "nonsense") == nil)
        #expect(Environments.recipe(environment: "nonsense", name: "zoo") == nil)
    }
}
