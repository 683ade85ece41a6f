"""PPO on CartPole with RL Zoo's tuned settings, 100,000 steps by Stable-Baselines3: s."""
import measure

options = measure.arguments(("--steps", 100_000), ("--seed", 1))

import torch
from stable_baselines3 import PPO
from stable_baselines3.common.env_util import make_vec_env
from stable_baselines3.common.evaluation import evaluate_policy

torch.set_num_threads(options.threads)
learner = PPO(
    "MlpPolicy", make_vec_env("CartPole-v1", n_envs=8, seed=options.seed), seed=options.seed, device="cpu",
    n_steps=32, batch_size=256, gae_lambda=0.8, gamma=0.98, n_epochs=20, ent_coef=0.0,
    learning_rate=lambda remaining: 1e-3 * remaining, clip_range=lambda remaining: 0.2 * remaining)
elapsed = measure.seconds(lambda: learner.learn(options.steps))
mean, _ = evaluate_policy(learner, make_vec_env("CartPole-v1", n_envs=8, seed=1000), n_eval_episodes=20)
measure.report("Stable-Baselines3", "stable-baselines3", elapsed, f"evaluation return {mean:.0f}")
