import Foundation

/// Values computed by PyTorch, read from `Fixtures/pytorch.json`.
struct PyTorchValues: Decodable {
    struct Linear: Decodable {
        var weight, input, output, outputWeight, weightGradient, inputGradient: [[Double]]
        var bias, biasGradient: [Double]
    }
    struct ActivationCase: Decodable { var output, gradient: [Double] }
    struct CategoricalCase: Decodable {
        var logits: [[Double]]
        var choices: [Int32]
        var logProbabilities, entropies: [Double]
    }
    struct NormalCase: Decodable { var means, deviations, values, logProbabilities, entropies: [[Double]] }

    var linear: Linear
    var activationInput: [Double]
    var activations: [String: ActivationCase]
    var categorical: CategoricalCase
    var normal: NormalCase

    static func load() throws -> PyTorchValues {
        try JSONDecoder().decode(PyTorchValues.self, from: Data(PackageResources.pytorch_json))
    }
}

/// The largest difference between ours in single and theirs in double precision, over 1 or theirs, whichever is larger.
///
/// Inputs are rounded to 2⁻²⁴ ≈ 6e-8 of themselves, and a few roundings follow: 2e-6 holds with room, while a wrong
/// formula is off by far more.
func largestError(_ ours: [Float], _ theirs: [Double]) -> Double {
    precondition(ours.count == theirs.count, "\(ours.count) values, \(theirs.count) of PyTorch")
    return zip(ours, theirs).map { abs(Double($0) - $1) / max(1, abs($1)) }.max() ?? 0
}

let singlePrecision = 2e-6
