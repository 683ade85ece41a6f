import Environments
import Foundation
import LinearAlgebra
import ReinforcementLearning
import Simulation

var settings = try JSONDecoder().decode(
    PPOSettings.self, from: Data(Environments.recipe(environment: CommandLine.arguments[1], name: CommandLine.arguments[2])!))
if CommandLine.arguments.count > 4 { settings.totalSteps = Int(CommandLine.arguments[4])! }
let seeds = Int(CommandLine.arguments[3])!
for seed in 1...seeds {
    let clock = ContinuousClock()
    let start = clock.now
    let ppo = try PPO(settings, environment: Environments.named(CommandLine.arguments[1]), seed: UInt64(seed))
    var updates = 0
    while try ppo.advance() != nil { updates += 1
        if updates % 50 == 0 && CommandLine.arguments.count > 5 { print(updates, ppo.metrics.map { String(format: "%.4f", $0) }.joined(separator: " ")) } }
    let seconds = (clock.now - start) / .seconds(1)
    let e = try ppo.evaluate(episodes: 100, seed: 1000 + UInt64(seed))
    print("seed \(seed): \(Int(Double(settings.totalSteps) / seconds)) steps/s, \(seconds) s, return \(e.reduce(0,+)/100), min \(e.min()!), updates \(updates)")
}
