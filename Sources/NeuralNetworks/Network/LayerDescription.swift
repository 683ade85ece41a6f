/// A layer as a value: what a model's file says of it. Its input's shape is known from the layers before.
public indirect enum LayerDescription: Codable, Sendable, Equatable {
    /// x · Wᵀ + b of the last dimension.
    case dense(width: Int)
    /// A number added to each column.
    case bias
    case activation(Activation)
    /// Over images `[height, width, channels]`.
    case convolution(channels: Int, size: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1, groups: Int = 1)
    /// Over sequences `[steps, width]`.
    case sequenceConvolution(
        channels: Int, size: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1, groups: Int = 1)
    case maximumPooling(size: Int, stride: Int)
    case averagePooling(size: Int, stride: Int)
    /// The mean of each channel over the image: `[channels]`.
    case globalAveragePooling
    /// The largest element of each channel of the image: `[channels]`.
    case globalMaximumPooling
    case batchNormalization
    case layerNormalization
    /// Each element is zero with probability `rate` while the network learns.
    case dropout(rate: Double)
    /// All elements in one dimension; those of images channel by channel, as PyTorch has them.
    case flatten
    /// A vector for each token: `[length, width]`.
    case embedding(width: Int)
    /// The weighted sum, or the mean, of the tokens' vectors: `[width]`.
    case embeddingBag(width: Int, averages: Bool)
    /// The last hidden state `[width]`, or all of them `[steps, width]`.
    case lstm(width: Int, returnsSequence: Bool = false)
    /// The last hidden state `[width]`, or all of them `[steps, width]`.
    case gru(width: Int, returnsSequence: Bool = false)
    case attention(heads: Int, isCausal: Bool = false)
    /// The mean over the steps of a sequence: `[width]`.
    case meanOfSteps
    /// bias(user) + bias(item) + vector(user) · vector(item) of two tokens: `[1]`.
    case factorization(width: Int)
    /// x + layers(x)
    case residual([LayerDescription])
    /// Several ways through the same input, side by side.
    case parallel([[LayerDescription]])

    /// As tables name it.
    public var title: String {
        switch self {
        case .dense(let width): "dense \(width)"
        case .bias: "bias"
        case .activation(let activation): activation.rawValue
        case .convolution(let channels, let size, let stride, let padding, let dilation, let groups):
            "convolution \(size) × \(size), \(channels)" + Self.options(stride, padding, dilation, groups)
        case .sequenceConvolution(let channels, let size, let stride, let padding, let dilation, let groups):
            "convolution \(size), \(channels)" + Self.options(stride, padding, dilation, groups)
        case .maximumPooling(let size, _): "maximum of \(size) × \(size)"
        case .averagePooling(let size, _): "mean of \(size) × \(size)"
        case .globalAveragePooling: "mean of the image"
        case .globalMaximumPooling: "maximum of the image"
        case .batchNormalization: "batch normalization"
        case .layerNormalization: "layer normalization"
        case .dropout(let rate): "dropout \(rate)"
        case .flatten: "flatten"
        case .embedding(let width): "embedding \(width)"
        case .embeddingBag(let width, let averages): "\(averages ? "mean" : "sum") of embeddings \(width)"
        case .lstm(let width, _): "LSTM \(width)"
        case .gru(let width, _): "GRU \(width)"
        case .attention(let heads, let isCausal): (isCausal ? "causal " : "") + "attention in \(heads) heads"
        case .meanOfSteps: "mean of the steps"
        case .factorization(let width): "factorization \(width)"
        case .residual: "residual"
        case .parallel: "parallel"
        }
    }

    private static func options(_ stride: Int, _ padding: Int, _ dilation: Int, _ groups: Int) -> String {
        (stride > 1 ? ", stride \(stride)" : "") + (padding > 0 ? ", padding \(padding)" : "")
            + (dilation > 1 ? ", dilation \(dilation)" : "") + (groups > 1 ? ", \(groups) groups" : "")
    }
}
