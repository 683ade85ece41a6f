"""Loss, gradient and Adam of a classifier 64-64-10 on 32 rows: µs a step."""
import measure

options = measure.arguments(("--steps", 3000))

import torch
from torch import nn

torch.set_num_threads(options.threads)
torch.manual_seed(1)
network = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)
features, labels = torch.rand(32, 64), torch.randint(10, (32,))


def train():
    for _ in range(options.steps):
        optimizer.zero_grad(set_to_none=True)
        nn.functional.cross_entropy(network(features), labels).backward()
        optimizer.step()


train()
measure.report("PyTorch", "torch", measure.seconds(train, 3) / options.steps * 1e6)
