"""The two networks of PPO on CartPole in PyTorch, and the loss, as CleanRL defines them."""
import numpy
import torch
from torch import nn
from torch.distributions import Categorical


def network(outputs, gain):
    layers = []
    for inputs, width, scale in [(4, 64, 2**0.5), (64, 64, 2**0.5), (64, outputs, gain)]:
        linear = nn.Linear(inputs, width)
        nn.init.orthogonal_(linear.weight, scale)
        nn.init.zeros_(linear.bias)
        layers += [linear, nn.Tanh()]
    return nn.Sequential(*layers[:-1])


class Agent(nn.Module):
    def __init__(self):
        super().__init__()
        self.actor = network(2, 0.01)
        self.critic = network(1, 1.0)
        self.optimizer = torch.optim.Adam(self.parameters(), lr=2.5e-4, eps=1e-5)

    @torch.no_grad()
    def act(self, observations):
        policy = Categorical(logits=self.actor(observations))
        actions = policy.sample()
        return actions, policy.log_prob(actions), self.critic(observations).flatten()

    def learn(self, observations, actions, log_probabilities, advantages, returns, values):
        """One gradient step on a minibatch."""
        policy = Categorical(logits=self.actor(observations))
        ratio = (policy.log_prob(actions) - log_probabilities).exp()
        advantages = (advantages - advantages.mean()) / (advantages.std() + 1e-8)
        surrogate = torch.min(ratio * advantages, ratio.clamp(0.8, 1.2) * advantages).mean()
        predicted = self.critic(observations).flatten()
        clipped = values + (predicted - values).clamp(-0.2, 0.2)
        value_loss = 0.5 * torch.max((predicted - returns) ** 2, (clipped - returns) ** 2).mean()
        loss = -surrogate + 0.5 * value_loss - 0.01 * policy.entropy().mean()
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters(), 0.5)
        self.optimizer.step()


def seed(value):
    torch.manual_seed(value)
    numpy.random.seed(value)
