"""A convolutional network on Fashion-MNIST, two convolutions of 3 × 3 with 16 and 32 channels, each rectified and pooled,
and a dense layer; batch 128, Adam 1e-3, one epoch: samples/s, test accuracy. --memory-format contiguous_format or
channels_last."""
import measure

options = measure.arguments(("--memory-format", "contiguous_format"), ("--seeds", 1))

import torch
from torch import nn

torch.set_num_threads(options.threads)
order = getattr(torch, options.memory_format)
(images, labels), (test_images, test_labels) = (
    ((torch.tensor(x).view(-1, 1, 28, 28) / 255).contiguous(memory_format=order), torch.tensor(y).long())
    for x, y in map(measure.fashion_mnist, ("train", "t10k")))


def run(seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(7 * 7 * 32, 10)).to(memory_format=order)
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)

    def step(rows):
        optimizer.zero_grad(set_to_none=True)
        nn.functional.cross_entropy(network(images[rows]), labels[rows]).backward()
        optimizer.step()

    def train():
        for rows in torch.randperm(len(images)).split(128):
            step(rows)

    nn.functional.cross_entropy(network(images[:128]), labels[:128]).backward()
    elapsed = measure.seconds(train)
    with torch.no_grad():
        classes = torch.cat([network(part).argmax(1) for part in test_images.split(1000)])
        return elapsed, (classes == test_labels).float().mean().item()


runs = [run(seed) for seed in range(options.seeds)]
elapsed = sorted(run[0] for run in runs)[len(runs) // 2]
accuracy = sum(run[1] for run in runs) / len(runs)
name = "PyTorch, channels last," if options.memory_format == "channels_last" else "PyTorch"
measure.report(name, "torch", len(images) / elapsed, f"accuracy {100 * accuracy:.1f} %")
