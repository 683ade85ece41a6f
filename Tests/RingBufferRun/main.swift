import Fledge
import Foundation

// `RingBufferRun NAME` begins the run runs/NAME, or goes on with it if it is there.
let name = CommandLine.arguments[1]
var options = ExperimentDriver.Options(name: name, command: CommandLine.arguments)
options.checkpointInterval = 0
let driver = ExperimentDriver(options)
if let folder = try? RunFolder(existing: name) {
    _ = try driver.resume(RingBufferExperiment(), in: folder)
} else {
    _ = try driver.run(RingBufferExperiment())
}
