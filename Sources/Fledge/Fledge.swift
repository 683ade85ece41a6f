// `import Fledge` brings every floor of the library.

@_exported public import Autodiff
@_exported public import Datasets
@_exported public import Environments
@_exported public import Experiments
@_exported public import FileFormats
@_exported public import LinearAlgebra
@_exported public import NeuralNetworks
@_exported public import Optimizers
@_exported public import Plotting
@_exported public import Randomness
@_exported public import ReinforcementLearning
@_exported public import Simulation
@_exported public import SupervisedLearning
@_exported public import UnsupervisedLearning
