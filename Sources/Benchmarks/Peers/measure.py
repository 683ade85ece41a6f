"""What the peers' scripts share: arguments, the clock, the data, and the line they print."""
import argparse
import gzip
import importlib.metadata
import json
import os
import time


def arguments(*others):
    """The parsed command line; `others` are (name, default) pairs beside --threads."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    for name, default in others:
        parser.add_argument(name, type=type(default), default=default)
    return parser.parse_args()


def seconds(job, repetitions=1):
    """The median of the seconds that `job` takes."""
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]


def report(peer, package, value, quality=None):
    """Prints the JSON line that the benchmark reads."""
    line = {"peer": f"{peer} {importlib.metadata.version(package)}", "value": value}
    if quality is not None:
        line["quality"] = quality
    print(json.dumps(line))


def fashion_mnist(part):
    """The images [n, 784] and labels [n] of "train" or "t10k", as bytes."""
    import numpy

    folders = ["/usr/share/datasets/fashion-mnist"]
    if "FLEDGE_DATA" in os.environ:
        folders.insert(0, os.environ["FLEDGE_DATA"] + "/fashion-mnist")
    folder = next(folder for folder in folders if os.path.isdir(folder))

    def read(name, header):
        with gzip.open(f"{folder}/{part}-{name}-ubyte.gz") as file:
            return numpy.frombuffer(file.read(), numpy.uint8, offset=header)

    return read("images-idx3", 16).reshape(-1, 784), read("labels-idx1", 8)
