"""An autoencoder 784-256-64-256-784 (ReLU, sigmoid at the end, mean squared error) on Fashion-MNIST, batch 128, Adam
1e-3, 5 epochs: samples/s, test error; the mean of several seeds."""
import measure

options = measure.arguments(("--seeds", 3), ("--epochs", 5))

import torch
from torch import nn

torch.set_num_threads(options.threads)
images, test_images = (torch.tensor(measure.fashion_mnist(part)[0]) / 255 for part in ("train", "t10k"))


def run(seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 64), nn.ReLU(),
        nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 784), nn.Sigmoid())
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)

    def train():
        for _ in range(options.epochs):
            for rows in torch.randperm(len(images)).split(128):
                minibatch = images[rows]
                optimizer.zero_grad(set_to_none=True)
                nn.functional.mse_loss(network(minibatch), minibatch).backward()
                optimizer.step()

    elapsed = measure.seconds(train)
    with torch.no_grad():
        return elapsed, nn.functional.mse_loss(network(test_images), test_images).item()


runs = [run(seed) for seed in range(options.seeds)]
elapsed = sorted(run[0] for run in runs)[len(runs) // 2]
error = sum(run[1] for run in runs) / len(runs)
measure.report("PyTorch", "torch", len(images) * options.epochs / elapsed, f"test error {error:.5f}")
