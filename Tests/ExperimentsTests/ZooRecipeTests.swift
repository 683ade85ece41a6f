import Fledge
import Foundation
import Testing

/// Files in the manner of rl-baselines3-zoo's `hyperparams/ppo.yml`.
struct ZooRecipeTests {
    private func settings(_ text: String, environment: String = "cart-pole") throws -> PPOSettings {
        let folder = try TemporaryFolder()
        let path = folder.path + "/ppo.yml"
        try Data(text.utf8).write(to: URL(filePath: path))
        let recipe = try Recipe(named: path, for: try Environments.named(environment))
        #expect(recipe.algorithm == "ppo")
        var layers = try SettingsLayers(defaults: PPOSettings())
        try layers.apply(recipe)
        return try layers.resolve { try $0.validate() }.settings
    }

    private static let file = """
        default:
          n_timesteps: !!float 1e6
          policy: 'MlpPolicy'

        # Tuned
        CartPole-v1:
          n_envs: 8
          n_timesteps: !!float 1e5
          policy: 'MlpPolicy'
          n_steps: 32
          batch_size: 256
          gae_lambda: 0.8
          gamma: 0.98
          n_epochs: 20
          ent_coef: 0.0
          learning_rate: lin_0.001
          clip_range: lin_0.2

        Swing-v0: &swing-defaults
          normalize: true
          n_timesteps: !!float 2e4
          max_grad_norm: 5
          vf_coef: 0.19
          learning_rate: !!float 7.77e-05
          sde_sample_freq: 4
          policy_kwargs: "dict(log_std_init=-2,
                               activation_fn=nn.ReLU,
                               net_arch=dict(pi=[256, 128], vf=[256, 128]),
                               )"

        Pendulum-v1:
          <<: *swing-defaults
          normalize: "{'norm_obs': False, 'norm_reward': True}"
          use_sde: False
        """

    @Test func `the environment's entry has the settings of the recipe that comes with Fledge`() throws {
        let read = try settings(Self.file)
        let environment = try Environments.named("cart-pole")
        var layers = try SettingsLayers(defaults: PPOSettings())
        try layers.apply(try Recipe(named: "zoo", for: environment))
        #expect(try layers.resolve { try $0.validate() }.settings == read)
    }

    @Test func `anchors, schedules and keyword arguments are read`() throws {
        let read = try settings(Self.file, environment: "pendulum")
        var expected = PPOSettings()
        expected.totalSteps = 20_000
        expected.maximumGradientNorm = 5
        expected.valueCoefficient = 0.19
        expected.learningRate = 7.77e-5
        expected.initialLogStandardDeviation = -2
        expected.activation = .relu
        expected.hiddenSizes = [256, 128]
        expected.normalizeReturns = true
        #expect(read == expected)
    }

    @Test(arguments: [
        ("net_arch=[64, 32]", [64, 32]), ("net_arch=[dict(pi=[8], vf=[8])]", [8]), ("net_arch=[]", []),
    ])
    func `hidden layers are written in several ways`(arguments: String, sizes: [Int]) throws {
        #expect(try settings("CartPole-v1:\n  policy_kwargs: \"dict(\(arguments))\"\n").hiddenSizes == sizes)
    }

    @Test(arguments: [
        ("use_sde: True", "line 2, column 3: Fledge has no state-dependent exploration"),
        ("env_wrapper:\n    - a.b", "Fledge has no wrappers"), ("frame_stack: 4", "stacked observations"),
        ("policy: 'CnnPolicy'", "asks for; delete the line"), ("gama: 0.9", "did you mean 'gamma'?"),
        ("buffer_size: 5", "nothing like the zoo's key 'buffer_size'"), ("gamma: lots", "takes a number, not 'lots'"),
        ("learning_rate: exp_0.1", "takes a number"), ("normalize: \"{'gamma': 0.9}\"", "not 'gamma'"),
        ("policy_kwargs: \"dict(ortho_init=False)\"", "orthogonal"),
        ("policy_kwargs: \"dict(net_arch=dict(pi=[8], vf=[9]))\"", "the same sizes"),
        ("policy_kwargs: \"dict(activation_fn=nn.Mish)\"", "one of identity, tanh"),
        ("policy_kwargs: \"dict(share=True)\"", "nothing like 'share'"),
        ("policy_kwargs: \"__import__('os').system('ls')\"", "would have to be run"),
        ("policy_kwargs: \"dict(a=open('x'))\"", "would have to be run"), ("policy_kwargs: \"dict(a=\"", "expected"),
        ("policy_kwargs: \"dict(a=1, a=2)\"", "given twice"), ("policy_kwargs: 3", "not a dictionary"),
    ])
    func `what Fledge lacks is an error by name`(line: String, problem: String) throws {
        let error = #expect(throws: ExperimentError.self) { try settings("CartPole-v1:\n  \(line)\n") }
        #expect(error?.kind == .configuration)
        #expect(error?.description.contains("ppo.yml, line 2, column 3") == true)
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    @Test func `an environment without an entry is told the nearest`() throws {
        let error = #expect(throws: ExperimentError.self) {
            try settings("CartPole-v0:\n  gamma: 1\nAcrobot-v1:\n  gamma: 1\n")
        }
        #expect(error?.description.contains("no entry for CartPole-v1; the nearest is 'CartPole-v0'") == true)
    }
}
