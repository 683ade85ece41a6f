import Autodiff

/// Builds layers one after the other, knowing the shape that each of them gets.
struct NetworkBuilder {
    var layout: ParameterLayout
    /// Of what the next layer gets, for one sample.
    var dimensions: [Int]
    /// The number of different tokens, until an embedding has turned them into numbers.
    var entries: Int?
    var isTokens: Bool { entries != nil && !hasEmbedded }
    private(set) var hasEmbedded = false
    private(set) var usesLengths = false
    private(set) var summary: [Network.Summary] = []

    /// The most numbers that a layer puts out for a sample: 256 MB of them.
    static let mostElements = 1 << 26
    /// The most parameters of a network: 4 GB of them.
    static let mostParameters = 1 << 30

    init(layout: ParameterLayout, dimensions: [Int]) {
        self.layout = layout
        self.dimensions = dimensions
    }

    mutating func build(_ layers: [LayerDescription], prefix: String) throws -> Sequential {
        var built: [any Layer] = []
        for (index, layer) in layers.enumerated() {
            let place = Place(name: prefix + "\(index)", next: Self.activation(in: layers[(index + 1)...]))
            let parametersBefore = layout.slices.count
            let summaryBefore = summary.count
            let (made, multiplyAdds) = try build(layer, at: place)
            try checkElements(place)
            built.append(made)
            // What is made of layers has said all in their rows.
            guard summary.count == summaryBefore else { continue }
            summary.append(
                Network.Summary(
                    name: place.name, title: layer.title, output: dimensions,
                    parameterCount: layout.slices[parametersBefore...].filter(\.isTrainable).reduce(0) {
                        $0 + $1.count
                    },
                    multiplyAdds: multiplyAdds))
        }
        return Sequential(built)
    }

    /// A layer's name, and the activation that follows it.
    private struct Place {
        var name: String
        var next: Activation
        var initializer: VarianceScaling { next.initializer }
        func failure(_ problem: String) -> NetworkError { NetworkError(layer: name, problem: problem) }
    }

    /// The activation that follows a layer, past what only adds or normalises.
    private static func activation(in layers: ArraySlice<LayerDescription>) -> Activation {
        for layer in layers {
            switch layer {
            case .activation(let activation): return activation
            case .bias, .batchNormalization, .layerNormalization, .dropout, .maximumPooling, .averagePooling: continue
            default: return .identity
            }
        }
        return .identity
    }

    private mutating func build(_ layer: LayerDescription, at place: Place) throws -> (any Layer, multiplyAdds: Int) {
        switch layer {
        case .dense(let width):
            try numbers(place)
            try check(place, width >= 1 && width <= 1 << 24, "a width of \(width)")
            let inputs = last
            try check(place, parameters: inputs, width)
            dimensions[dimensions.count - 1] = width
            let dense = Dense(place.name, from: inputs, to: width, initializer: place.initializer, in: &layout)
            return (dense, inputs * elements)
        case .bias:
            try numbers(place)
            let slice = layout.declare(
                "\(place.name).bias", shape: [last], initializer: Constant(0), decays: false)
            return (Formula { x, _ in x + x.parameter(slice) }, 0)
        case .activation(let activation):
            try numbers(place)
            return (Formula { x, _ in activation(x) }, 0)
        case .convolution, .maximumPooling, .averagePooling, .globalAveragePooling, .globalMaximumPooling:
            return try buildWindow(layer, at: place)
        case .sequenceConvolution(let channels, let size, let stride, let padding, let dilation, let groups):
            let inputs = try sequence(place)
            try check(place, channels: channels, inputs: inputs, size, stride, padding, dilation, groups)
            let room = dimensions[0] + 2 * padding - (size - 1) * dilation - 1
            try check(place, room >= 0, "a window of \(size) does not fit into \(dimensions[0]) steps")
            dimensions = [room / stride + 1, channels]
            try checkElements(place)
            let convolution = Convolution1D(
                place.name, from: inputs, to: channels, size: size, stride: stride, padding: padding,
                dilation: dilation, groups: groups, initializer: place.initializer, in: &layout)
            return (convolution, elements * size * inputs / groups)
        case .batchNormalization:
            try numbers(place)
            return (BatchNormalization(place.name, channels: last, in: &layout), elements)
        case .layerNormalization:
            try numbers(place)
            return (LayerNormalization(place.name, width: last, in: &layout), elements)
        case .dropout(let rate):
            try check(place, rate >= 0 && rate < 1, "a dropout rate of \(rate); it is at least 0 and less than 1")
            return (Formula { x, _ in x.droppingOut(Float(rate)) }, 0)
        case .flatten:
            try numbers(place)
            let count = elements
            dimensions = [count]
            return (Formula { x, _ in x.channelsFirst().reshaped(to: [count]) }, 0)
        case .embedding, .embeddingBag, .factorization: return try buildLookup(layer, at: place)
        case .lstm, .gru, .attention, .meanOfSteps: return try buildSequence(layer, at: place)
        case .residual(let layers):
            let before = dimensions
            let body = try build(layers, prefix: place.name + ".")
            try check(
                place, dimensions == before, "its layers turn \(before) into \(dimensions), which cannot be added to it"
            )
            return (Residual(body), 0)
        case .parallel(let branches):
            try check(place, !branches.isEmpty, "no branches")
            let before = dimensions
            var bodies: [Sequential] = []
            var outputs: [[Int]] = []
            for (index, branch) in branches.enumerated() {
                dimensions = before
                bodies.append(try build(branch, prefix: "\(place.name).\(index)."))
                outputs.append(dimensions)
            }
            try check(
                place, outputs.allSatisfy { $0.dropLast() == outputs[0].dropLast() },
                "branches give \(outputs.map(\.description).joined(separator: " and ")), which do not stand side by side"
            )
            dimensions = outputs[0].dropLast() + [outputs.reduce(0) { $0 + ($1.last ?? 0) }]
            return (Parallel(bodies), 0)
        }
    }

    private mutating func buildWindow(_ layer: LayerDescription, at place: Place) throws -> (any Layer, Int) {
        let inputs = try image(place)
        let (height, width) = (dimensions[0], dimensions[1])
        switch layer {
        case .convolution(let channels, let size, let stride, let padding, let dilation, let groups):
            try check(place, channels: channels, inputs: inputs, size, stride, padding, dilation, groups)
            let window = Window(
                .init(size, size), stride: .init(stride, stride), padding: .init(padding, padding),
                dilation: .init(dilation, dilation), groups: groups)
            try shrink(place, size: (size - 1) * dilation + 1, stride: stride, padding: padding, channels: channels)
            let convolution = Convolution2D(
                place.name, from: inputs, to: channels, window: window, initializer: place.initializer, in: &layout)
            return (convolution, elements * size * size * inputs / groups)
        case .maximumPooling(let size, let stride), .averagePooling(let size, let stride):
            try check(
                place, size >= 1 && stride >= 1 && max(size, stride) < 1 << 16, "a window of \(size), stride \(stride)")
            try shrink(place, size: size, stride: stride, padding: 0, channels: inputs)
            let window = Window(.init(size, size), stride: .init(stride, stride))
            if case .maximumPooling = layer { return (Formula { x, _ in x.maximumPooled(window) }, 0) }
            return (Formula { x, _ in x.averagePooled(window) }, 0)
        default:
            let window = Window(.init(height, width))
            dimensions = [inputs]
            if case .globalMaximumPooling = layer {
                return (Formula { x, _ in x.maximumPooled(window).reshaped(to: [inputs]) }, 0)
            }
            return (Formula { x, _ in x.averagePooled(window).reshaped(to: [inputs]) }, 0)
        }
    }

    private mutating func buildLookup(_ layer: LayerDescription, at place: Place) throws -> (any Layer, Int) {
        guard let entries, !hasEmbedded else {
            throw place.failure("\(layer.title) takes tokens, and gets \(dimensions)")
        }
        hasEmbedded = true
        let length = dimensions[0]
        switch layer {
        case .embedding(let width):
            try check(place, width >= 1 && width <= 1 << 20, "a width of \(width)")
            try check(place, parameters: entries, width)
            dimensions = [length, width]
            let initializer = Normal(deviation: 1)
            return (Embedding(place.name, entries: entries, width: width, initializer: initializer, in: &layout), 0)
        case .embeddingBag(let width, let averages):
            try check(place, width >= 1 && width <= 1 << 20, "a width of \(width)")
            try check(place, parameters: entries, width)
            dimensions = [width]
            // A linear model begins at zero; where an activation follows, all its inputs at zero would stay there.
            let isLinear = !averages && place.next == .identity
            let bag = EmbeddingBag(
                place.name, entries: entries, width: width, averages: averages,
                initializer: Normal(deviation: isLinear ? 0 : 0.1), in: &layout)
            return (bag, length * width)
        case .factorization(let width):
            try check(place, width >= 1 && width <= 1 << 20, "a width of \(width)")
            try check(place, length == 2, "it takes two tokens, a user and an item, and gets \(length)")
            try check(place, parameters: entries, width + 1)
            dimensions = [1]
            return (Factorization(place.name, entries: entries, width: width, in: &layout), width)
        default: throw place.failure("\(layer.title) looks nothing up")
        }
    }

    private mutating func buildSequence(_ layer: LayerDescription, at place: Place) throws -> (any Layer, Int) {
        let inputs = try sequence(place)
        let steps = dimensions[0]
        usesLengths = true
        switch layer {
        case .lstm(let width, let returnsSequence), .gru(let width, let returnsSequence):
            try check(place, width >= 1 && width <= 1 << 16, "a width of \(width)")
            try check(place, parameters: 4 * width, inputs + width)
            dimensions = returnsSequence ? [steps, width] : [width]
            if case .lstm = layer {
                let lstm = LongShortTermMemory(
                    place.name, from: inputs, to: width, returnsSequence: returnsSequence, in: &layout)
                return (lstm, steps * 4 * width * (inputs + width))
            }
            let gru = GatedRecurrentUnit(
                place.name, from: inputs, to: width, returnsSequence: returnsSequence, in: &layout)
            return (gru, steps * 3 * width * (inputs + width))
        case .attention(let heads, let isCausal):
            try check(place, heads >= 1 && inputs % heads == 0, "a width of \(inputs) in \(heads) heads")
            try check(place, parameters: 4 * inputs, inputs)
            try check(
                place, steps <= 1 << 13 && heads * steps * steps <= Self.mostElements,
                "\(steps) steps in \(heads) heads look at each other \(heads) · \(steps)² times, too often")
            let attention = MultiHeadAttention(place.name, width: inputs, heads: heads, isCausal: isCausal, in: &layout)
            return (attention, steps * inputs * (4 * inputs + 2 * steps))
        default:
            dimensions = [inputs]
            return (MeanOfSteps(), steps * inputs)
        }
    }

    // MARK: What a layer asks of its input

    private var last: Int { dimensions[dimensions.count - 1] }
    private var elements: Int { dimensions.reduce(1, *) }

    private func check(_ place: Place, _ isValid: Bool, _ problem: String) throws {
        if !isValid { throw place.failure(problem) }
    }

    private func numbers(_ place: Place) throws {
        try check(place, !isTokens, "it takes numbers, and gets tokens: put an embedding before it")
    }

    private func image(_ place: Place) throws -> Int {
        try numbers(place)
        try check(place, dimensions.count == 3, "it takes images [height, width, channels], and gets \(dimensions)")
        return dimensions[2]
    }

    private func sequence(_ place: Place) throws -> Int {
        try numbers(place)
        try check(place, dimensions.count == 2, "it takes sequences [steps, width], and gets \(dimensions)")
        return dimensions[1]
    }

    private func check(
        _ place: Place, channels: Int, inputs: Int, _ size: Int, _ stride: Int, _ padding: Int, _ dilation: Int,
        _ groups: Int
    ) throws {
        let extents = [channels, size, stride, dilation, groups]
        try check(
            place, extents.allSatisfy { (1...1 << 15).contains($0) } && (0...1 << 15).contains(padding),
            "\(channels) channels, a window of \(size), stride \(stride), padding \(padding), dilation \(dilation), "
                + "\(groups) groups: none is below 1, or padding below 0")
        try check(
            place, inputs % groups == 0 && channels % groups == 0,
            "\(inputs) channels to \(channels) in \(groups) groups, which do not divide them")
        let windowed = dimensions.count - 1
        try check(place, parameters: [channels, inputs / groups] + Array(repeating: size, count: windowed))
    }

    private func check(_ place: Place, parameters factors: Int...) throws { try check(place, parameters: factors) }

    /// - Throws: unless there is room for parameters of these dimensions.
    private func check(_ place: Place, parameters factors: [Int]) throws {
        try check(
            place, Self.product(factors) <= Self.mostParameters - layout.count,
            "parameters \(factors), with which the network has more than \(Self.mostParameters)")
    }

    /// - Throws: unless the output for a sample can be held.
    private func checkElements(_ place: Place) throws {
        try check(
            place, Self.product(dimensions) <= Self.mostElements,
            "an output of \(dimensions) for a sample, which are more than \(Self.mostElements) numbers")
    }

    /// The product of positive factors; the largest number where there is none so large.
    static func product(_ factors: [Int]) -> Int {
        factors.reduce(1) { product, factor in
            let (next, overflows) = product.multipliedReportingOverflow(by: factor)
            return overflows ? .max : next
        }
    }

    private mutating func shrink(_ place: Place, size: Int, stride: Int, padding: Int, channels: Int) throws {
        let rooms = (dimensions[0] + 2 * padding - size, dimensions[1] + 2 * padding - size)
        try check(
            place, rooms.0 >= 0 && rooms.1 >= 0,
            "a window of \(size) does not fit into an image of \(dimensions[0]) × \(dimensions[1])")
        dimensions = [rooms.0 / stride + 1, rooms.1 / stride + 1, channels]
        try checkElements(place)
    }
}

extension Activation {
    /// How the weights before this activation are drawn.
    public var initializer: VarianceScaling {
        switch self {
        case .relu, .leakyReLU, .elu, .gelu, .geluTanh, .silu, .softplus: .heUniform
        default: .glorotUniform
        }
    }
}
