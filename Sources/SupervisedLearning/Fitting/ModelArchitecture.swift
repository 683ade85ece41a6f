import Datasets
import NeuralNetworks

extension FittingSettings {
    /// The network that these settings mean for samples so prepared.
    ///
    /// - Parameter outputs: classes, or values.
    /// - Throws: `InvalidSetting` if the kind of network is not one for such samples.
    func network(for preprocessing: Preprocessing, outputs: Int) throws -> NetworkDescription {
        let features = try input(of: preprocessing)
        switch (model, features) {
        case (.cnn, .features(let dimensions)) where dimensions.count == 3:
            return NetworkDescription(input: features, layers: convolutions(dimensions) + head(outputs))
        case (.mlp, .features(let dimensions)):
            return NetworkDescription(
                input: .features([dimensions.reduce(1, *)]), layers: dense(hiddenSizes) + [.dense(width: outputs)])
        case (.linear, .features(let dimensions)):
            return NetworkDescription(
                input: .features([dimensions.reduce(1, *)]), layers: [.dense(width: outputs)])
        case (.linear, .tokens(_, _, areWeighted: true)):
            return NetworkDescription(input: features, layers: [.embeddingBag(width: outputs, averages: false), .bias])
        case (.mlp, .tokens(_, _, areWeighted: true)):
            let first = hiddenSizes.first ?? outputs
            var layers: [LayerDescription] = [.embeddingBag(width: first, averages: false), .bias]
            if hiddenSizes.isEmpty { return NetworkDescription(input: features, layers: layers) }
            layers += [.activation(activation)] + (dropout > 0 ? [.dropout(rate: dropout)] : [])
            return NetworkDescription(
                input: features, layers: layers + dense(Array(hiddenSizes.dropFirst())) + [.dense(width: outputs)])
        case (.text, .tokens(_, _, areWeighted: false)):
            return NetworkDescription(input: features, layers: reading + head(outputs))
        case (.factorization, .tokens(length: 2, _, areWeighted: false)):
            return NetworkDescription(input: features, layers: [.factorization(width: embeddingSize)])
        default:
            throw InvalidSetting("model", model.rawValue, "is not for \(preprocessing.kind)")
        }
    }

    private func input(of preprocessing: Preprocessing) throws -> NetworkDescription.Input {
        switch preprocessing {
        case .matrix(let matrix):
            guard let image = matrix.image else { return .features([matrix.columnCount]) }
            return .features([image.height, image.width, image.channels])
        case .table(let table): return .features([table.featureNames.count])
        case .terms(let terms): return .tokens(length: terms.width, entries: terms.terms.count, areWeighted: true)
        case .words(let words): return .tokens(length: words.width, entries: words.tokenCount, areWeighted: false)
        case .identifiers(let index): return .tokens(length: 2, entries: index.tokenCount, areWeighted: false)
        }
    }

    /// For each hidden width a dense layer, its normalisation, activation and dropout.
    private func dense(_ widths: [Int]) -> [LayerDescription] {
        widths.flatMap { width -> [LayerDescription] in
            [.dense(width: width)] + (batchNormalization ? [.batchNormalization] : []) + [.activation(activation)]
                + (dropout > 0 ? [.dropout(rate: dropout)] : [])
        }
    }

    private func head(_ outputs: Int) -> [LayerDescription] {
        (dropout > 0 ? [.dropout(rate: dropout)] : []) + dense(hiddenSizes) + [.dense(width: outputs)]
    }

    /// Convolutions of 3 × 3, each halving the image by its largest elements as long as there is something to halve.
    private func convolutions(_ dimensions: [Int]) -> [LayerDescription] {
        var side = min(dimensions[0], dimensions[1])
        var layers: [LayerDescription] = []
        for count in channels {
            layers.append(.convolution(channels: count, size: 3, padding: 1))
            if batchNormalization { layers.append(.batchNormalization) }
            layers.append(.activation(activation))
            guard side >= 4 else { continue }
            layers.append(.maximumPooling(size: 2, stride: 2))
            side /= 2
        }
        return layers + [.flatten]
    }

    /// From words to one vector.
    private var reading: [LayerDescription] {
        switch textEncoder {
        case .mean: [.embeddingBag(width: embeddingSize, averages: true)]
        case .lstm: [.embedding(width: embeddingSize), .lstm(width: embeddingSize)]
        case .gru: [.embedding(width: embeddingSize), .gru(width: embeddingSize)]
        case .attention:
            [
                .embedding(width: embeddingSize),
                .residual([.layerNormalization, .attention(heads: 4)]), .layerNormalization, .meanOfSteps,
            ]
        }
    }
}
