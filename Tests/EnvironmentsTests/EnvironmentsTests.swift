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
        let names = Environments.all.flatMap(\.names)
        #expect(Set(names.map { $0.lowercased() }).count == names.count)
    }

    @Test(arguments: [("cartpole", "cart-pole"), ("Pendulm-v1", "Pendulum-v1"), ("pend", "pendulum")])
    func `suggests the nearest name for an unknown one`(name: String, nearest: String) throws {
        let error = #expect(throws: UnknownEnvironment.self) { try Environments.named(name) }
        #expect(error?.suggestion == nearest)
        #expect(error?.description.contains(nearest) == true)
    }

    @Test func `lists the names where none is near`() {
        let error = #expect(throws: UnknownEnvironment.self) { try Environments.named("xyz") }
        #expect(error?.description.hasPrefix("there is no environment 'xyz'; there are cart-pole, ") == true)
    }

    @Test func `changes constants that follow a name`() throws {
        let changed = try Environments.named("CartPole-v1:poleMass=0.2,force=5..15")
        #expect(changed.id == "cart-pole:poleMass=0.2,force=5..15")
        #expect(changed.parameters.isEmpty)
        let task = try #require(changed.task as? RandomizedParameters<CartPole>)
        #expect(task.task.parameters.poleMass == 0.2 && task.draws.map(\.range) == [5...15])
        #expect(try Environments.named("pendulum:mass=2").parameters.first { $0.name == "mass" }?.value == 2)
        try changed.check(seed: 1)
    }

    @Test(arguments: [
        ("cart-pole:mass=1", "cart-pole has no constant 'mass'; it has gravity, cartMass"),
        ("cart-pole:poleMass=-1", "poleMass cannot be -1.0: give a number from 0.001 to 100.0 kg"),
        ("cart-pole:poleMass=2..1", "'2..1' is no value of poleMass"), ("cart-pole:poleMass", "'poleMass' sets no"),
        ("cart-pole:", "'' sets no constant"), ("cart-pole:force=nan", "'nan' is no value of force"),
        ("cart-pole:force=1..2..3", "'1..2..3' is no value of force"),
    ])
    func `refuses constants that a task does not have or cannot take`(name: String, words: String) {
        let error = #expect(throws: EnvironmentError.self) { try Environments.named(name) }
        #expect(error?.description.hasPrefix(words) == true, "\(error.debugDescription)")
    }

    @Test(arguments: Environments.all.flatMap { task in task.recipes.map { (task.id, $0.key) } })
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
