"""Models of PyTorch whose parameters go to and fro as safetensors: `interchange.py write FOLDER` saves each model as
NAME.safetensors, and an input with the model's output as NAME-data.safetensors; `interchange.py read FOLDER` loads such
files and fails unless the outputs agree to 1e-5."""
import sys

import torch
from safetensors.torch import load_file, save_file
from torch import nn

torch.set_num_threads(1)


class Recurrent(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.recurrent = kind(6, 10, batch_first=True)
        self.head = nn.Linear(10, 3)

    def forward(self, x):
        return self.head(self.recurrent(x)[0][:, -1])


class TransformerBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(12), nn.LayerNorm(12)
        self.attention = nn.MultiheadAttention(12, 3, batch_first=True)
        self.linear1, self.linear2 = nn.Linear(12, 20), nn.Linear(20, 12)

    def forward(self, x):
        y = self.norm1(x)
        x = x + self.attention(y, y, y, need_weights=False)[0]
        return x + self.linear2(torch.relu(self.linear1(self.norm2(x))))


models = {
    "convolutional": (
        nn.Sequential(
            nn.Conv2d(2, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 8, 3, stride=2, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.Flatten(), nn.Linear(32, 5)),
        (2, 12, 12)),
    "lstm": (Recurrent(nn.LSTM), (7, 6)),
    "gru": (Recurrent(nn.GRU), (7, 6)),
    "transformer": (TransformerBlock(), (5, 12)),
}

mode, folder = sys.argv[1:]
torch.manual_seed(1)
for name, (model, shape) in models.items():
    weights, data = f"{folder}/{name}.safetensors", f"{folder}/{name}-data.safetensors"
    if mode == "write":
        x = torch.randn(4, *shape)
        with torch.no_grad():
            for _ in range(3):
                model.train()(torch.randn(64, *shape) + 0.5)
            for parameter in model.parameters():
                parameter += 0.1 * torch.randn_like(parameter)
            y = model.eval()(x)
        save_file(model.state_dict(), weights)
        save_file({"input": x, "output": y}, data)
    else:
        model.load_state_dict(load_file(weights), strict=True)
        values = load_file(data)
        with torch.no_grad():
            error = (model.eval()(values["input"]) - values["output"]).abs().max().item()
        if not error < 1e-5:
            sys.exit(f"{name}: the outputs differ by {error}")
