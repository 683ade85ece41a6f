import Autodiff
import Optimizers

/// The rules by which the fitting of a network steps.
public enum OptimizerRule: String, Sendable, Codable, CaseIterable {
    /// Plain stochastic gradient descent.
    case sgd
    /// With heavy-ball momentum 0.9.
    case momentum
    /// With Nesterov's momentum 0.9.
    case nesterov
    case rmsprop
    case adagrad
    case adam
    /// Adam whose steps never grow again.
    case amsgrad
    /// Adam with decoupled weight decay.
    case adamW
    /// Steps by the sign; its learning rate is three to ten times smaller than Adam's.
    case lion
    /// Orthogonal steps for hidden weights, AdamW for the rest.
    case muon
    /// AdamW with an average in place of a falling learning rate; its schedule is `constant`, with a warm-up.
    case scheduleFree

    /// The optimizer of this rule for parameters in `layout`.
    func optimizer(layout: ParameterLayout, weightDecay: Double) -> any Optimizer {
        switch self {
        case .sgd, .momentum, .nesterov:
            var settings = GradientDescent.Settings()
            settings.momentum = self == .sgd ? 0 : 0.9
            settings.nesterov = self == .nesterov
            settings.weightDecay = weightDecay
            return GradientDescent(layout: layout, settings: settings)
        case .rmsprop:
            var settings = RMSprop.Settings()
            settings.weightDecay = weightDecay
            return RMSprop(layout: layout, settings: settings)
        case .adagrad:
            var settings = Adagrad.Settings()
            settings.weightDecay = weightDecay
            return Adagrad(layout: layout, settings: settings)
        case .adam, .amsgrad, .adamW:
            var settings = Adam.Settings()
            settings.weightDecay = weightDecay
            settings.decouplesWeightDecay = self == .adamW
            settings.keepsLargestMoment = self == .amsgrad
            return Adam(layout: layout, settings: settings)
        case .lion:
            var settings = Lion.Settings()
            settings.weightDecay = weightDecay
            return Lion(layout: layout, settings: settings)
        case .muon:
            var settings = Muon.Settings()
            settings.weightDecay = weightDecay
            return Muon(layout: layout, settings: settings)
        case .scheduleFree:
            var settings = ScheduleFreeAdam.Settings()
            settings.weightDecay = weightDecay
            return ScheduleFreeAdam(layout: layout, settings: settings)
        }
    }
}
