"""Random search over PPO's settings on CartPole: trials.csv, one row a trial.

Usage: search.py FLEDGE TRIALS OUTPUT.csv (runs are left in ./runs)

Trials whose evaluation at half time lies in the lowest quarter of the earlier trials there are cut at that evaluation:
their later measurements are left out, as a pruning tuner would never have made them.
"""
import csv, json, os, random, resource, statistics, subprocess, sys, time

fledge, count, output = sys.argv[1], int(sys.argv[2]), sys.argv[3]
STEPS = 10000
generator = random.Random(1)
start = time.monotonic()
rows, half_time = [], []

def logarithmic(low, high):
    return low * (high / low) ** generator.random()

for number in range(count):
    settings = {
        "learningRate": float(f"{logarithmic(1e-4, 1e-1):.2e}"),
        "discount": round(1 - logarithmic(0.003, 0.2), 4),
        "lambda": round(generator.uniform(0.4, 1), 3),
        "clipRange": round(generator.uniform(0.05, 0.4), 3),
        "entropyCoefficient": float(f"{logarithmic(1e-5, 1e-1):.2e}"),
        "epochs": generator.randint(1, 20),
        "activation": generator.choice(["tanh", "relu"]),
    }
    name = f"trial-{number:03}"
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, time.monotonic() - start
    command = [fledge, "train", "cart-pole", "--steps", str(STEPS), "--name", name, "--json", "--quiet", "--seed", str(number + 1)]
    for key, value in settings.items():
        command += ["--set", f"{key}={value}"]
    done = subprocess.run(command, capture_output=True, text=True)
    processor = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    ended = time.monotonic() - start
    row = {"number": number, "state": "complete", "start": f"{began:.2f}", "end": f"{ended:.2f}"}
    row |= {f"parameter {k}": v for k, v in settings.items()}
    if done.returncode != 0:
        print(number, done.stderr[-300:])
        row["state"] = "failed"
        rows.append(row)
        continue
    result = json.loads(done.stdout)
    with open(f"runs/{name}/seeds/{number + 1}/metrics.csv") as file:
        measured = [(int(r["steps"]), float(r["evaluationReturn"])) for r in csv.DictReader(file) if r["evaluationReturn"]]
    with open(f"runs/{name}/seeds/{number + 1}/timing.csv") as file:
        timing = {int(r["steps"]): float(r["seconds"]) for r in csv.DictReader(file)}
    middle = measured[len(measured) // 2 - 1]
    if len(half_time) >= 5 and middle[1] < statistics.quantiles(half_time, n=4)[0]:
        measured = measured[: len(measured) // 2]
        row["state"] = "pruned"
        row["end"] = f"{began + (ended - began) * timing[middle[0]] / max(timing.values()):.2f}"
    else:
        row["maximize return"] = round(result["seeds"][0]["evaluationReturn"]["mean"], 1)
        row["minimize seconds of computing"] = round(processor, 3)
    half_time.append(middle[1])
    row |= {f"at {steps}": round(value, 1) for steps, value in measured}
    rows.append(row)

names = ["number", "state", "start", "end", "maximize return", "minimize seconds of computing"]
names += sorted({k for r in rows for k in r if k.startswith("parameter ")}, key=lambda k: list(rows[0]).index(k))
names += sorted({k for r in rows for k in r if k.startswith("at ")}, key=lambda k: int(k[3:]))
logarithmic_names = {"learningRate", "entropyCoefficient"}
with open(output, "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([f"log {n}" if n.removeprefix("parameter ") in logarithmic_names else n for n in names])
    writer.writerows([[r.get(n, "") for n in names] for r in rows])
