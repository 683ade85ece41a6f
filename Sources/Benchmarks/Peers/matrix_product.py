"""A single-precision product [m, k] · [k, n]: GF/s."""
import argparse

import measure

parser = argparse.ArgumentParser()
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("sizes", type=int, nargs=3)
options = parser.parse_args()

import torch

torch.set_num_threads(options.threads)
m, k, n = options.sizes
a, b, c = torch.rand(m, k), torch.rand(k, n), torch.empty(m, n)
flop = 2 * m * k * n
calls = int(1e10 / flop)


def multiply():
    for _ in range(calls):
        torch.mm(a, b, out=c)


multiply()
measure.report("PyTorch", "torch", flop * calls / measure.seconds(multiply, 3) / 1e9)
