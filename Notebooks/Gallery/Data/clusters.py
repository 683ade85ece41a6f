"""How many clusters the digits have, by Fledge's k-means: clusters.csv and silhouettes.csv.

Usage: clusters.py FLEDGE (runs are left in ./runs); silhouettes and the Davies-Bouldin index are scikit-learn's.
"""
import csv, json, subprocess, sys
import numpy as np
from sklearn.datasets import load_digits
from sklearn.metrics import davies_bouldin_score, silhouette_samples

fledge = sys.argv[1]
rows, _ = load_digits(return_X_y=True)
lines = []
for k in range(2, 21):
    name = f"digits-{k}"
    command = [fledge, "cluster", "digits", "--clusters", str(k), "--set", "restarts=5", "--name", name, "--quiet"]
    subprocess.run(command, check=True)
    clusters = np.load(f"runs/{name}/seeds/1/assignments.npy")
    with open(f"runs/{name}/seeds/1/metrics.csv") as file:
        inertia = min(float(row["inertia"]) for row in csv.DictReader(file))
    silhouettes = silhouette_samples(rows, clusters)
    lines.append([k, round(inertia), f"{silhouettes.mean():.4f}", f"{davies_bouldin_score(rows, clusters):.4f}"])
    if k == 10:
        with open("silhouettes.csv", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["silhouette", "cluster"])
            writer.writerows([f"{s:.4f}", c] for s, c in zip(silhouettes, clusters))
with open("clusters.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["k", "inertia", "silhouette", "daviesBouldin"])
    writer.writerows(lines)
