"""PPO on CartPole with CleanRL's settings, the way CleanRL does it (PyTorch, Gymnasium's synchronous vector of four):
steps/s of the whole training."""
import measure

options = measure.arguments(("--steps", 51_200), ("--seed", 1))

import gymnasium
import numpy
import torch

import policy

torch.set_num_threads(options.threads)
policy.seed(options.seed)
LANES, STEPS, MINIBATCHES, EPOCHS, DISCOUNT, LAMBDA = 4, 128, 4, 4, 0.99, 0.95
BATCH = LANES * STEPS
updates = options.steps // BATCH

environments = gymnasium.vector.SyncVectorEnv(
    [lambda: gymnasium.wrappers.RecordEpisodeStatistics(gymnasium.make("CartPole-v1"))] * LANES,
    autoreset_mode=gymnasium.vector.AutoresetMode.SAME_STEP)
agent = policy.Agent()
observations = torch.zeros(STEPS, LANES, 4)
actions = torch.zeros(STEPS, LANES, dtype=torch.long)
log_probabilities, rewards, begins, values, advantages = (torch.zeros(STEPS, LANES) for _ in range(5))
returns_of_episodes = []


def train():
    now = torch.as_tensor(environments.reset(seed=options.seed)[0])
    begun = torch.zeros(LANES)
    for update in range(updates):
        agent.optimizer.param_groups[0]["lr"] = 2.5e-4 * (1 - update / updates)
        for step in range(STEPS):
            observations[step], begins[step] = now, begun
            actions[step], log_probabilities[step], values[step] = agent.act(now)
            following, reward, terminated, truncated, details = environments.step(actions[step].numpy())
            rewards[step] = torch.as_tensor(reward)
            now = torch.as_tensor(following)
            begun = torch.as_tensor(numpy.logical_or(terminated, truncated), dtype=torch.float32)
            if "final_info" in details:
                ended = details["_final_info"]
                returns_of_episodes.extend(details["final_info"]["episode"]["r"][ended].tolist())
        with torch.no_grad():
            next_value, next_begun, advantage = agent.critic(now).flatten(), begun, torch.zeros(LANES)
            for step in reversed(range(STEPS)):
                error = rewards[step] + DISCOUNT * next_value * (1 - next_begun) - values[step]
                advantage = error + DISCOUNT * LAMBDA * (1 - next_begun) * advantage
                advantages[step] = advantage
                next_value, next_begun = values[step], begins[step]
        returns = advantages + values
        rows = [x.flatten(0, 1) for x in (observations, actions, log_probabilities, advantages, returns, values)]
        order = numpy.arange(BATCH)
        for _ in range(EPOCHS):
            numpy.random.shuffle(order)
            for chosen in numpy.split(order, MINIBATCHES):
                agent.learn(*(x[chosen] for x in rows))


elapsed = measure.seconds(train)
latest = returns_of_episodes[-20:]
measure.report(
    "PyTorch as CleanRL", "torch", updates * BATCH / elapsed,
    f"mean return of the last 20 episodes {sum(latest) / len(latest):.0f} after {updates * BATCH:,} steps")
