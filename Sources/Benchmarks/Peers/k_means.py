"""k-means on Fashion-MNIST by scikit-learn, single precision: ms an iteration from given rows as first centroids, or
with --job seeding ms of k-means++."""
import measure

options = measure.arguments(("--job", "iterations"), ("--algorithm", "elkan"), ("--iterations", 20), ("--rows", ""))

import numpy
from sklearn.cluster import KMeans, kmeans_plusplus

images, _ = measure.fashion_mnist("train")
images = images.astype(numpy.float32)
rows = [int(row) for row in options.rows.split(",")]

if options.job == "seeding":
    value = measure.seconds(lambda: kmeans_plusplus(images, len(rows), random_state=1), 3) * 1e3
    measure.report("scikit-learn", "scikit-learn", value)
else:
    model = KMeans(
        len(rows), init=images[rows].copy(), n_init=1, max_iter=options.iterations, tol=0,
        algorithm=options.algorithm)
    elapsed = measure.seconds(lambda: model.fit(images), 3)
    measure.report(
        f"scikit-learn {options.algorithm}", "scikit-learn", elapsed / model.n_iter_ * 1e3,
        f"inertia {model.inertia_:.6g}")
