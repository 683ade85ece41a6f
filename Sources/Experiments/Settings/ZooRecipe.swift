internal import FileFormats
internal import Simulation

/// Reads the hyper-parameters that rl-baselines3-zoo keeps for PPO (`hyperparams/ppo.yml`): an entry an environment,
/// under Gymnasium's name of it, in the words of Stable-Baselines3.
///
/// A key without a counterpart is an error unless its value asks for what Fledge does anyway: a recipe that is read is
/// followed to the letter. What an entry leaves out has Stable-Baselines3's default, which is PPO's default here.
enum ZooRecipe {
    /// Whether the file is one of the zoo: nothing but entries, which are not settings of our algorithms.
    static func isZoo(_ file: SettingsFile) -> Bool {
        !file.members.isEmpty
            && file.members.allSatisfy { member in
                guard case .section = member.value else { return false }
                return !AlgorithmNames.all.contains(member.name)
            }
    }

    /// The settings of the environment's entry.
    ///
    /// - Throws: `ExperimentError` with file and line, if there is no entry, or one of its keys has no counterpart.
    static func settings(of environment: EnvironmentSpecification, in file: SettingsFile) throws -> [GivenSetting] {
        let names = [environment.gymnasiumID, environment.id].compactMap(\.self)
        guard let entry = file.members.first(where: { names.contains($0.name) }),
            case .section(let members) = entry.value
        else {
            let nearest = names.lazy.compactMap { nearestName(to: $0, among: file.members.map(\.name)) }.first
            throw ExperimentError(
                .configuration, "\(file.path) has no entry for \(names[0])",
                advice: (nearest.map { "the nearest is '\($0)'; " } ?? "") + "copy one and call it \(names[0])")
        }
        let isStateDependent = members.contains { $0.name == "use_sde" && $0.value != .words("false") }
        return try members.flatMap { member in
            // The noise of state-dependent exploration is drawn anew so often; without it the number means nothing.
            if member.name == "sde_sample_freq", !isStateDependent { return [GivenSetting]() }
            return try settings(of: member)
        }
    }

    private static let plainNames = [
        "n_timesteps": "totalSteps", "n_envs": "environments", "n_steps": "stepsPerRollout",
        "batch_size": "minibatchSize", "n_epochs": "epochs", "gamma": "discount", "gae_lambda": "lambda",
        "ent_coef": "entropyCoefficient", "vf_coef": "valueCoefficient", "max_grad_norm": "maximumGradientNorm",
        "normalize_advantage": "normalizeAdvantages",
    ]

    /// Keys with one value that Fledge's PPO keeps to, and what another one would ask for.
    private static let fixedValues: [String: (values: [String], lack: String)] = [
        "policy": (["MlpPolicy"], "policies other than multilayer perceptrons"),
        "use_sde": (["false"], "state-dependent exploration"),
        "frame_stack": (["1"], "stacked observations"),
        "env_wrapper": (["null"], "wrappers of Gymnasium"),
        "clip_range_vf": (["null"], "a clip range of its own for values"),
        "target_kl": (["null"], "an early end of an update by its KL divergence"),
    ]

    private static let otherNames = ["learning_rate", "clip_range", "normalize", "policy_kwargs", "sde_sample_freq"]

    private static func settings(of member: SettingsFile.Member) throws -> [GivenSetting] {
        if let name = plainNames[member.name] { return [member.setting(name, member.value.given)] }
        if let (values, lack) = fixedValues[member.name] {
            guard values.contains(member.value.plainText) else {
                throw member.error(
                    "Fledge has no \(lack), which '\(member.name): \(member.value.plainText)' asks for",
                    advice: "delete the line to train without it")
            }
            return []
        }
        switch member.name {
        case "learning_rate": return schedule(of: member, "learningRate", decay: "learningRateDecay")
        case "clip_range": return schedule(of: member, "clipRange", decay: "clipRangeDecay")
        case "normalize": return try normalization(of: member)
        case "policy_kwargs": return try policy(of: member)
        default:
            let known = plainNames.keys.sorted() + fixedValues.keys.sorted() + otherNames
            throw member.error(
                "Fledge has nothing like the zoo's key '\(member.name)'",
                advice: nearestName(to: member.name, among: known).map { "did you mean '\($0)'?" }
                    ?? "delete the line to train without it")
        }
    }

    /// `lin_0.001` falls to zero, `0.001` stays.
    private static func schedule(of member: SettingsFile.Member, _ name: String, decay: String) -> [GivenSetting] {
        let text = member.value.plainText
        let isLinear = text.hasPrefix("lin_")
        return [
            member.setting(name, .words(isLinear ? String(text.dropFirst(4)) : text)),
            member.setting(decay, .words(isLinear ? "linear" : "constant")),
        ]
    }

    /// `true`, or which of the two: `{'norm_obs': False, 'norm_reward': True}`.
    private static func normalization(of member: SettingsFile.Member) throws -> [GivenSetting] {
        var (observations, returns) = (true, true)
        switch member.value {
        case .words("true"): break
        case .words("false"): (observations, returns) = (false, false)
        default:
            for (name, value) in try member.arguments() {
                guard case .boolean(let isOn) = value, ["norm_obs", "norm_reward"].contains(name) else {
                    throw member.error(
                        "of 'normalize' Fledge knows norm_obs and norm_reward, each True or False, not '\(name)'",
                        advice: "delete it")
                }
                if name == "norm_obs" { observations = isOn } else { returns = isOn }
            }
        }
        return [
            member.setting("normalizeObservations", .words("\(observations)")),
            member.setting("normalizeReturns", .words("\(returns)")),
        ]
    }

    /// `dict(net_arch=dict(pi=[64, 64], vf=[64, 64]), activation_fn=nn.Tanh, log_std_init=-2)`
    private static func policy(of member: SettingsFile.Member) throws -> [GivenSetting] {
        try member.arguments().compactMap { name, value in
            switch (name, value) {
            case ("net_arch", _):
                guard let sizes = value.layerSizes else {
                    throw member.error(
                        "the 'net_arch' in 'policy_kwargs' is not one that Fledge has",
                        advice: "policy and value function have hidden layers of the same sizes: net_arch=[64, 64]")
                }
                return member.setting("hiddenSizes", .json("[" + sizes.joined(separator: ",") + "]"))
            case ("activation_fn", .name(let function)):
                let word = function.split(separator: ".").last?.lowercased() ?? ""
                return member.setting("activation", .words(word))
            case ("log_std_init", .number(let number)):
                return member.setting("initialLogStandardDeviation", .words(number))
            case ("ortho_init", .boolean(true)): return nil
            case ("ortho_init", .boolean(false)):
                throw member.error(
                    "Fledge starts from orthogonal weights, which 'ortho_init=False' in 'policy_kwargs' is against",
                    advice: "delete it to start from them")
            default:
                throw member.error(
                    "Fledge has nothing like '\(name)' in 'policy_kwargs'", advice: "delete it to train without it")
            }
        }
    }
}

extension PythonLiteral {
    /// The sizes of the hidden layers, if policy and value function have the same: `[64, 64]`,
    /// `dict(pi=[64, 64], vf=[64, 64])`, or that in a list, as older files have it.
    fileprivate var layerSizes: [String]? {
        switch self {
        case .list(let elements):
            if elements.count == 1, case .dictionary = elements[0] { return elements[0].layerSizes }
            let numbers = elements.compactMap { element -> String? in
                if case .number(let text) = element { text } else { nil }
            }
            return numbers.count == elements.count ? numbers : nil
        case .dictionary(let members):
            guard members.map(\.name).sorted() == ["pi", "vf"], members[0].value == members[1].value else { return nil }
            return members[0].value.layerSizes
        default: return nil
        }
    }
}

extension SettingsFile.Value {
    /// A single value without quotes; what else it is as JSON.
    fileprivate var plainText: String {
        if case .json(let text) = self, text.hasPrefix("\"") { return String(text.dropFirst().dropLast()) }
        return given.text
    }
}

extension SettingsFile.Member {
    fileprivate func setting(_ name: String, _ value: SettingsDecoder.Given) -> GivenSetting {
        GivenSetting(name, value, source: "recipe \(place.name)", place: place)
    }

    fileprivate func error(_ problem: String, advice: String) -> ExperimentError {
        ExperimentError(.configuration, place.prefix + problem, advice: advice)
    }

    /// The members of a `dict(…)`, of a dictionary in braces, or of a mapping of YAML.
    fileprivate func arguments() throws -> [(name: String, value: PythonLiteral)] {
        let literal: PythonLiteral
        do {
            literal = try value.literal
        } catch let problem {
            throw error(
                "the value of '\(name)' cannot be read: \(problem)", advice: "write \(name): \"dict(name=value)\"")
        }
        guard case .dictionary(let members) = literal else {
            throw error("the value of '\(name)' is not a dictionary", advice: "write \(name): \"dict(name=value)\"")
        }
        return members.map { ($0.name, $0.value) }
    }
}

extension SettingsFile.Value {
    /// The text as Python source, or the mapping of YAML as the dictionary that it is.
    fileprivate var literal: PythonLiteral {
        get throws(PythonLiteral.Problem) {
            switch self {
            case .section(let members):
                var read: [PythonLiteral.Member] = []
                for member in members { read.append(.init(name: member.name, value: try member.value.literal)) }
                return .dictionary(read)
            case .list(let values):
                var read: [PythonLiteral] = []
                for value in values { read.append(try value.literal) }
                return .list(read)
            case .words("true"): return .boolean(true)
            case .words("false"): return .boolean(false)
            default: return try PythonLiteral(text)
            }
        }
    }

    private var text: String {
        if case .json(let text) = self, let string = try? JSONText.decode(String.self, from: Array(text.utf8)) {
            return string
        }
        return plainText
    }
}
