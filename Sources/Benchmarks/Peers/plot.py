"""A figure drawn by matplotlib in a process of its own, from its start to the PNG file of 1600 × 1200: ms.

--figure report: four panels, each five curves of 10,000 points with bands, legend and titles.
--figure million: one random walk of 1,000,000 steps."""
import os
import subprocess
import sys
import tempfile

import measure

options = measure.arguments(("--figure", "report"), ("--draw", ""))

if not options.draw:
    with tempfile.TemporaryDirectory() as folder:
        picture = os.path.join(folder, "figure.png")
        command = [sys.executable, __file__, "--figure", options.figure, "--draw", picture]
        subprocess.run(command, check=True)
        elapsed = measure.seconds(lambda: subprocess.run(command, check=True), 5)
    measure.report("matplotlib", "matplotlib", elapsed * 1e3)
    sys.exit()

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy

random = numpy.random.default_rng(1)
if options.figure == "million":
    figure, axes = plt.subplots(figsize=(16, 12), dpi=100)
    axes.plot(numpy.cumsum(random.standard_normal(1_000_000)), linewidth=1)
    axes.set_title("A random walk")
    axes.set_xlabel("step")
    axes.set_ylabel("value")
    axes.grid(True, alpha=0.3)
    figure.suptitle("One million points")
else:
    figure, panels = plt.subplots(2, 2, figsize=(16, 12), dpi=100, layout="constrained")
    steps = numpy.arange(10_000)
    for axes, title in zip(panels.flat, ("Return", "Value loss", "Entropy", "Approximate KL")):
        for seed in range(5):
            walk = 0.3 * numpy.cumsum(random.standard_normal(steps.size))
            curve = 500 / (1 + numpy.exp(-(steps - 3000 - 500 * seed) / 900)) + walk
            reach = 20 + 10 * random.random(steps.size)
            (line,) = axes.plot(steps, curve, linewidth=1.2, label=f"seed {seed}")
            axes.fill_between(steps, curve - reach, curve + reach, color=line.get_color(), alpha=0.17, linewidth=0)
        axes.set_title(title)
        axes.set_xlabel("environment steps")
        axes.set_ylabel(title.lower())
        axes.legend(loc="upper left")
        axes.grid(True, alpha=0.3)
    figure.suptitle("Training report")
figure.savefig(options.draw)
