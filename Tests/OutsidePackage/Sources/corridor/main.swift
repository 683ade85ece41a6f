import Fledge

let specification = EnvironmentSpecification(
    id: "corridor", summary: "Eleven cells, a door at each end", stepLimit: 50, task: Corridor())
try specification.check()

var settings = PPOSettings()
settings.totalSteps = 20_000
settings.environments = 8
settings.stepsPerRollout = 32
settings.minibatchSize = 64
settings.learningRate = 1e-3

let ppo = try PPO(settings, environment: specification, seed: 1)
var (steps, returns): ([Double], [Double]) = ([], [])
while let progress = try ppo.advance() {
    guard ppo.metrics[0].isFinite else { continue }
    steps.append(Double(progress.completed))
    returns.append(ppo.metrics[0])
}

let evaluation = try ppo.evaluate(episodes: 100, seed: 2)
let mean = evaluation.reduce(0, +) / Double(evaluation.count)

let figure = Figure(title: "PPO finds the better door", subtitle: "mean return \(mean) over 100 episodes") {
    Panel(
        "Return of an episode", row: 0, column: 0,
        LineChart(Series.smoothed(x: steps, y: returns, weight: 0.9), x: .environmentSteps))
}
let path = CommandLine.arguments.dropFirst().first ?? "corridor.png"
try writeFile(figure.png(), to: path)

// From the middle the right door is five steps away: 3 − 5 · 0.1 on average.
print("mean return \(mean), curve in \(path)")
precondition(mean > 2.3, "the agent did not learn: mean return \(mean)")

let losses = try learnToTellHalves()
print("a network's loss fell from \(losses.first) to \(losses.last)")
precondition(losses.last < 0.5 * losses.first, "the network did not learn: \(losses)")
