"""Steps of a Gymnasium task with prepared random actions, resets included: steps/s. CartPole in its own vectorized form,
which computes all copies in one NumPy expression and is its fastest; the others one copy in a loop, which is faster than
any of its batches."""
import measure

options = measure.arguments(("--count", 64), ("--environment", "CartPole-v1"))

import gymnasium
import numpy

random = numpy.random.default_rng(1)
if options.environment == "CartPole-v1":
    environment = gymnasium.make_vec("CartPole-v1", num_envs=options.count, vectorization_mode="vector_entry_point")
    environment.reset(seed=1)
    actions = random.integers(0, 2, (128, options.count))
    rounds = max(1, 400_000 // (128 * options.count)) * 4
    total = rounds * 128 * options.count

    def run():
        for _ in range(rounds):
            for step in range(128):
                environment.step(actions[step])

else:
    environment = gymnasium.make(options.environment)
    environment.reset(seed=1)
    environment.action_space.seed(1)
    actions = [environment.action_space.sample() for _ in range(4096)]
    total = 20_000

    def run():
        for step in range(total):
            _, _, terminated, truncated, _ = environment.step(actions[step & 4095])
            if terminated or truncated:
                environment.reset()


measure.report("Gymnasium", "gymnasium", total / measure.seconds(run, 3))
