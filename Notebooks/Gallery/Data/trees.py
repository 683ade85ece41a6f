"""What Fledge has no algorithm for yet, computed once by scikit-learn and SciPy on the digits that Fledge bundles.

Usage: trees.py (writes linkage.csv, reachability.csv and neighbours.csv)

linkage.csv: Ward's hierarchical clustering of the first 300 rows. reachability.csv: OPTICS on all rows, reduced to
twelve principal components, cut at a distance of 15. neighbours.csv: each of these rows' distance to its tenth neighbour, ascending.
"""
import csv
import numpy as np
from scipy.cluster.hierarchy import linkage
from sklearn.cluster import OPTICS, cluster_optics_dbscan
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors

rows, labels = load_digits(return_X_y=True)

def write(name, header, lines):
    with open(name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)

merges = linkage(rows[:300], method="ward")
write("linkage.csv", ["first", "second", "distance"], [[int(a), int(b), f"{d:.4f}"] for a, b, d, _ in merges])

reduced = PCA(12, random_state=0).fit_transform(rows)
optics = OPTICS(min_samples=10).fit(reduced)
clusters = cluster_optics_dbscan(
    reachability=optics.reachability_, core_distances=optics.core_distances_, ordering=optics.ordering_, eps=15)
write("reachability.csv", ["reachability", "cluster"],
      [[f"{optics.reachability_[i]:.3f}", clusters[i]] for i in optics.ordering_])

distances = np.sort(NearestNeighbors(n_neighbors=11).fit(reduced).kneighbors(reduced)[0][:, -1])
write("neighbours.csv", ["distance"], [[f"{d:.3f}"] for d in distances])
