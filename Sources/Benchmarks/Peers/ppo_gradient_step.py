"""PPO's gradient step on CartPole's networks, 128 rows: µs."""
import measure

options = measure.arguments(("--batch", 128))

import torch

import policy

torch.set_num_threads(options.threads)
policy.seed(1)
agent = policy.Agent()
batch = options.batch
minibatch = (
    torch.randn(batch, 4), torch.randint(2, (batch,)), torch.full((batch,), -0.69), torch.randn(batch),
    torch.randn(batch), torch.randn(batch))


def steps():
    for _ in range(500):
        agent.learn(*minibatch)


steps()
measure.report("PyTorch", "torch", measure.seconds(steps, 3) / 500 * 1e6)
