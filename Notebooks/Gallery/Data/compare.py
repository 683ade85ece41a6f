"""Ten seeds of PPO on CartPole with three settings: returns.csv, one row an evaluation.

Usage: compare.py FLEDGE OUTPUT.csv (runs are left in ./runs)
"""
import csv, subprocess, sys

fledge, output = sys.argv[1:]
SETTINGS = {
    "zoo": ["--recipe", "zoo"],
    "CleanRL": ["--recipe", "cleanrl"],
    "zoo, small steps": ["--recipe", "zoo", "--set", "learningRate=1e-4"],
}
with open(output, "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["settings", "seed", "steps", "return"])
    for name, flags in SETTINGS.items():
        run = "compare-" + name.replace(", ", "-").replace(" ", "-").lower()
        command = [fledge, "train", "cart-pole", "--steps", "50000", "--seeds", "10", "--name", run, "--quiet", *flags]
        subprocess.run(command, check=True)
        for seed in range(1, 11):
            with open(f"runs/{run}/seeds/{seed}/metrics.csv") as metrics:
                for row in csv.DictReader(metrics):
                    if row["evaluationReturn"]:
                        writer.writerow([name, seed, row["steps"], round(float(row["evaluationReturn"]), 1)])
