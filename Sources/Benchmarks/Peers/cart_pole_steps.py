"""Steps of a batch of CartPoles with prepared random actions: steps/s. Gymnasium's own vectorized CartPole, which
computes all copies in one NumPy expression, is its fastest."""
import measure

options = measure.arguments(("--count", 64))

import gymnasium
import numpy

environment = gymnasium.make_vec("CartPole-v1", num_envs=options.count, vectorization_mode="vector_entry_point")
environment.reset(seed=1)
actions = numpy.random.default_rng(1).integers(0, 2, (128, options.count))
rounds = max(1, 400_000 // (128 * options.count)) * 4


def run():
    for _ in range(rounds):
        for step in range(128):
            environment.step(actions[step])


measure.report("Gymnasium", "gymnasium", rounds * 128 * options.count / measure.seconds(run, 3))
