"""Steps of a MinAtar game of its authors' package with prepared random actions, observations made and resets included:
steps/s."""
import measure

options = measure.arguments(("--game", "breakout"))

import logging

logging.disable(logging.CRITICAL)
import minatar
import numpy

environment = minatar.Environment(options.game.replace("-", "_"))
environment.seed(1)
moves = environment.minimal_action_set()
actions = [moves[index] for index in numpy.random.default_rng(1).integers(0, len(moves), 4096)]
environment.reset()
total = 20_000


def run():
    for step in range(total):
        _, terminated = environment.act(actions[step & 4095])
        environment.state()
        if terminated:
            environment.reset()


measure.report("MinAtar", "MinAtar", total / measure.seconds(run, 3))
