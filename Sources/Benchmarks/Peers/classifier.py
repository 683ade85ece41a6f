"""A classifier 784-256-128-10 on Fashion-MNIST, batch 128, Adam 1e-3, 5 epochs: samples/s, test accuracy; the mean of
several seeds."""
import measure

options = measure.arguments(("--seeds", 3), ("--epochs", 5))

import torch
from torch import nn

torch.set_num_threads(options.threads)
(images, labels), (test_images, test_labels) = (
    (torch.tensor(x) / 255, torch.tensor(y).long()) for x, y in map(measure.fashion_mnist, ("train", "t10k")))


def run(seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)

    def train():
        for _ in range(options.epochs):
            for rows in torch.randperm(len(images)).split(128):
                optimizer.zero_grad(set_to_none=True)
                nn.functional.cross_entropy(network(images[rows]), labels[rows]).backward()
                optimizer.step()

    elapsed = measure.seconds(train)
    with torch.no_grad():
        return elapsed, (network(test_images).argmax(1) == test_labels).float().mean().item()


runs = [run(seed) for seed in range(options.seeds)]
elapsed = sorted(run[0] for run in runs)[len(runs) // 2]
accuracy = sum(run[1] for run in runs) / len(runs)
measure.report("PyTorch", "torch", len(images) * options.epochs / elapsed, f"accuracy {100 * accuracy:.2f} %")
