"""The mean square of all hidden states of an LSTM, 128 numbers in and 128 wide, on 32 sequences of 100 steps; its gradient
and Adam: ms a step."""
import measure

options = measure.arguments(("--steps", 20))

import torch
from torch import nn

torch.set_num_threads(options.threads)
torch.manual_seed(1)
network = nn.LSTM(128, 128, batch_first=True)
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)
sequences = torch.randn(32, 100, 128)


def train():
    for _ in range(options.steps):
        optimizer.zero_grad(set_to_none=True)
        network(sequences)[0].square().mean().backward()
        optimizer.step()


train()
measure.report("PyTorch", "torch", measure.seconds(train, 5) / options.steps * 1e3)
