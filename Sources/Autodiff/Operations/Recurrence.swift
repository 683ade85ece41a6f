import CKernels

#if canImport(Glibc)
    import Glibc
#endif

/// The two recurrent layers. Both take, for each step, their gates' sums over the inputs `[batch, steps, gates · width]`.
enum Recurrence: String, Hashable, Sendable {
    /// Input, forget, candidate and output gate: Hochreiter and Schmidhuber (1997).
    case lstm = "LSTM"
    /// Reset and update gate and candidate: Cho et al. (2014), the reset gate after the recurrent product.
    case gru = "GRU"

    var gateCount: Int { self == .lstm ? 4 : 3 }
    /// The vectors that a state is made of; the hidden state is the last.
    var fieldCount: Int { self == .lstm ? 6 : 5 }
    /// The vectors that a gradient is made of.
    var gradientCount: Int { self == .lstm ? 4 : 6 }
}

/// All that a recurrent layer goes through: `[batch, steps, fields · width]`, of which the hidden state is the last field.
///
/// Inputs are the gates' sums over the inputs, the recurrent weights `[gates · width, width]`, for a GRU the recurrent
/// bias `[gates · width]`, and where given the length of each sequence, `[batch]`: past it the state stays.
/// It is differentiated through `HiddenStates`.
struct RecurrentStates: Operation {
    var recurrence: Recurrence
    var hasLengths: Bool
    var name: String { "\(recurrence.rawValue) states" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        let (sums, weights) = (inputs[0], inputs[1])
        guard sums.isBatched, sums.dimensions.count == 2, weights.dimensions.count == 2,
            sums.dimensions[1] == weights.dimensions[0],
            weights.dimensions[0] == recurrence.gateCount * weights.dimensions[1]
        else {
            let gates = "\(recurrence.gateCount) · width"
            throw Misfit("\(sums) with weights \(weights): it takes [batch, steps, \(gates)] and [\(gates), width]")
        }
        return .batch(sums.dimensions[0], recurrence.fieldCount * weights.dimensions[1])
    }

    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let width = inputs[1].extents.columns
        let (steps, gates, fields) = (shape.dimensions[0], recurrence.gateCount, recurrence.fieldCount)
        let lengths = hasLengths ? inputs[inputs.count - 1].values : []
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        for row in 0..<batch {
            var (hidden, cell) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
            for step in 0..<steps {
                let isPast = !lengths.isEmpty && Double(step) >= lengths[row]
                let before = hidden
                for unit in 0..<width {
                    func input(_ gate: Int) -> Double {
                        inputs[0].values[((row * steps + step) * gates + gate) * width + unit]
                    }
                    func recurrent(_ gate: Int) -> Double {
                        let weights = inputs[1].values[
                            (gate * width + unit) * width..<(gate * width + unit + 1) * width]
                        let bias = recurrence == .gru ? inputs[2].values[gate * width + unit] : 0
                        return zip(weights, before).reduce(bias) { $0 + $1.0 * $1.1 }
                    }
                    var state = [Double](repeating: 0, count: fields)
                    if isPast {
                        if recurrence == .lstm { state[4] = cell[unit] }
                        state[fields - 1] = hidden[unit]
                    } else if recurrence == .lstm {
                        for gate in 0..<4 {
                            let sum = input(gate) + recurrent(gate)
                            state[gate] = gate == 2 ? tanh(sum) : sigmoid(sum)
                        }
                        cell[unit] = state[1] * cell[unit] + state[0] * state[2]
                        state[4] = cell[unit]
                        state[5] = state[3] * tanh(cell[unit])
                    } else {
                        state[0] = sigmoid(input(0) + recurrent(0))
                        state[1] = sigmoid(input(1) + recurrent(1))
                        state[3] = recurrent(2)
                        state[2] = tanh(input(2) + state[0] * state[3])
                        state[4] = (1 - state[1]) * state[2] + state[1] * before[unit]
                    }
                    hidden[unit] = state[fields - 1]
                    for field in 0..<fields {
                        result.values[((row * steps + step) * fields + field) * width + unit] = state[field]
                    }
                }
            }
        }
        return result
    }

    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] { inputs.map { _ in nil } }

    func multiplyAdds(_ inputs: [Shape], output: Shape) -> Int { output.dimensions[0] * inputs[1].elementsPerRow }
    func scratchCount(_ inputs: [Shape], output: Shape, rows: Int) -> Int {
        recurrence.scratchCount(steps: output.dimensions[0], width: inputs[1].dimensions[1], rows: rows)
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let details = ck_recurrence(
            steps: Int32(operands.output.shape.dimensions[0]), width: Int32(operands.inputs[1].shape.dimensions[1]))
        let count = operands.inputs.count - (hasLengths ? 1 : 0)
        return operands.layer(
            recurrence == .lstm ? CK_LAYER_lstm : CK_LAYER_gru, Array(operands.inputs.prefix(count)), details: details,
            indices: hasLengths ? operands.inputs[count] : nil)
    }
}

/// The hidden states of a recurrent layer, `[batch, steps, width]`: the last field of its states.
///
/// Inputs are those of `RecurrentStates`, then its result: so that the gradient reaches the former with the states at
/// hand.
struct HiddenStates: Operation {
    var recurrence: Recurrence
    var hasLengths: Bool
    var name: String { "\(recurrence.rawValue) hidden states" }

    private func range(_ states: Shape) -> Range<Int> {
        let width = states.dimensions[1] / recurrence.fieldCount
        return (recurrence.fieldCount - 1) * width..<recurrence.fieldCount * width
    }
    func shape(of inputs: [Shape]) -> Shape {
        let states = inputs[inputs.count - 1]
        return .batch(states.dimensions[0], states.dimensions[1] / recurrence.fieldCount)
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let states = inputs[inputs.count - 1]
        return Slice(range: range(states.shape)).reference([states], shape: shape, batch: batch)
    }

    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let (weights, states) = (inputs[1], inputs[inputs.count - 1])
        let width = weights.shape.dimensions[1]
        let operation = RecurrentGradient(recurrence: recurrence, hasLengths: hasLengths)
        let lengths = hasLengths ? [inputs[inputs.count - 2]] : []
        let gradients = output.graph.record(
            operation, [states, weights, gradient.broadcast(to: output.shape)] + lengths)
        let gates = recurrence.gateCount * width
        let (bySums, byProducts) =
            recurrence == .lstm
            ? (gradients, gradients) : (gradients.columns(0..<gates), gradients.columns(gates..<2 * gates))
        let before = output.detached().applying(Delay())
        let byWeights = byProducts.applying(MatrixProduct(transposesFirst: true), before)
        var result: [Tensor?] = [bySums, byWeights]
        if recurrence == .gru { result.append(byProducts.sumOverPlaces()) }
        return result + inputs.dropFirst(result.count).map { _ in nil }
    }

    func instruction(_ operands: Lowering) -> ck_instruction {
        var narrow = operands
        narrow.inputs = [operands.inputs[operands.inputs.count - 1]]
        return Slice(range: range(narrow.inputs[0].shape)).instruction(narrow)
    }
}

/// Backpropagation through time: from the states, the recurrent weights and the gradient of the hidden states, the
/// derivatives by the gates' sums over the inputs; for a GRU, after them, those by its recurrent sums.
struct RecurrentGradient: Operation {
    var recurrence: Recurrence
    var hasLengths: Bool
    var name: String { "\(recurrence.rawValue) gradient" }

    func shape(of inputs: [Shape]) -> Shape {
        .batch(inputs[0].dimensions[0], recurrence.gradientCount * inputs[1].dimensions[1])
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let width = inputs[1].extents.columns
        let (steps, gates, fields) = (shape.dimensions[0], recurrence.gateCount, recurrence.fieldCount)
        let lengths = hasLengths ? inputs[3].values : []
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        for row in 0..<batch {
            var (hidden, cell) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
            for step in stride(from: steps - 1, through: 0, by: -1) {
                func state(_ field: Int, _ unit: Int, step: Int) -> Double {
                    step < 0 ? 0 : inputs[0].values[((row * steps + step) * fields + field) * width + unit]
                }
                func set(_ place: Int, _ unit: Int, _ value: Double) {
                    result.values[((row * steps + step) * recurrence.gradientCount + place) * width + unit] = value
                }
                let isPast = !lengths.isEmpty && Double(step) >= lengths[row]
                var next = [Double](repeating: 0, count: width)
                var recurrent = [Double](repeating: 0, count: gates * width)
                for unit in 0..<width {
                    let dh = hidden[unit] + inputs[2].values[(row * steps + step) * width + unit]
                    if isPast {
                        next[unit] = dh
                        continue
                    }
                    let s = (0..<fields).map { state($0, unit, step: step) }
                    let d: [Double]
                    if recurrence == .lstm {
                        let held = tanh(s[4])
                        let dc = cell[unit] + dh * s[3] * (1 - held * held)
                        d = [
                            dc * s[2] * s[0] * (1 - s[0]), dc * state(4, unit, step: step - 1) * s[1] * (1 - s[1]),
                            dc * s[0] * (1 - s[2] * s[2]), dh * held * s[3] * (1 - s[3]),
                        ]
                        cell[unit] = dc * s[1]
                    } else {
                        let dn = dh * (1 - s[1]) * (1 - s[2] * s[2])
                        let dr = dn * s[3] * s[0] * (1 - s[0])
                        let dz = dh * (state(4, unit, step: step - 1) - s[2]) * s[1] * (1 - s[1])
                        d = [dr, dz, dn, dr, dz, dn * s[0]]
                        next[unit] = dh * s[1]
                    }
                    for (place, value) in d.enumerated() { set(place, unit, value) }
                    for gate in 0..<gates { recurrent[gate * width + unit] = d[d.count - gates + gate] }
                }
                for unit in 0..<width {
                    for gate in 0..<gates * width {
                        next[unit] += recurrent[gate] * inputs[1].values[gate * width + unit]
                    }
                }
                hidden = next
            }
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        output.graph.fail(
            recurrence.rawValue, "has a kernel for its derivative and cannot be differentiated twice")
        return inputs.map { _ in nil }
    }
    func multiplyAdds(_ inputs: [Shape], output: Shape) -> Int { output.dimensions[0] * inputs[1].elementsPerRow }
    func scratchCount(_ inputs: [Shape], output: Shape, rows: Int) -> Int {
        recurrence.scratchCount(steps: output.dimensions[0], width: inputs[1].dimensions[1], rows: rows)
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let details = ck_recurrence(
            steps: Int32(operands.output.shape.dimensions[0]), width: Int32(operands.inputs[1].shape.dimensions[1]))
        return operands.layer(
            recurrence == .lstm ? CK_LAYER_lstm_gradient : CK_LAYER_gru_gradient, Array(operands.inputs.prefix(3)),
            details: details, indices: hasLengths ? operands.inputs[3] : nil)
    }
}

extension Recurrence {
    fileprivate func scratchCount(steps: Int, width: Int, rows: Int) -> Int {
        var details = ck_recurrence(steps: Int32(steps), width: Int32(width))
        return ck_recurrence_scratch(&details, Int32(gateCount), rows)
    }
}

/// 1 for each step below a sequence's length, else 0: lengths `[batch]` → `[batch, steps]`.
struct StepMask: Operation {
    var steps: Int
    var name: String { "step mask" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard inputs[0] == .batch() else { throw Misfit("lengths \(inputs[0]): it takes [batch]") }
        return .batch(steps)
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(shape: shape, batch: batch) { row, step in Double(step) < inputs[0][row, 0] ? 1 : 0 }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] { [nil] }
    func instruction(_ operands: Lowering) -> ck_instruction {
        operands.layer(CK_LAYER_step_mask, [], details: Int32(0), indices: operands.inputs[0])
    }
}

extension Tensor {
    /// For lengths of sequences `[batch]`, 1 for each step below and else 0: `[batch, steps]`.
    public func stepMask(steps: Int) -> Tensor { applying(StepMask(steps: steps)) }
}

/// A sequence one step later: zeros, then all steps but the last, or its transpose, one step earlier.
struct Delay: Operation {
    var isReversed = false
    var name: String { isReversed ? "advance" : "delay" }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let width = shape.elementsPerRow / shape.dimensions[0]
        return ReferenceTensor(shape: shape, batch: batch) { row, column in
            let from = isReversed ? column + width : column - width
            return from >= 0 && from < shape.elementsPerRow ? inputs[0][row, from] : 0
        }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        [gradient.broadcast(to: output.shape).applying(Delay(isReversed: !isReversed))]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        // The row without its last step, or its first, among zeros.
        let shape = operands.output.shape
        let width = shape.elementsPerRow / shape.dimensions[0]
        let kept = shape.elementsPerRow - width
        let details = ck_columns(
            from: Int32(isReversed ? 0 : width), count: Int32(kept), width: Int32(shape.elementsPerRow))
        var call = operands.layer(CK_LAYER_shift, operands.inputs, details: details)
        call.operands.inner = isReversed ? width : 0
        return call
    }
}

/// The hidden states of a recurrent layer for every step: `[batch, steps, width]`.
func recurrentStates(
    _ recurrence: Recurrence, sums: Tensor, weights: Tensor, bias: Tensor?, lengths: Tensor?
) -> Tensor {
    let inputs = [sums, weights] + [bias, lengths].compactMap(\.self)
    let states = sums.graph.record(
        RecurrentStates(recurrence: recurrence, hasLengths: lengths != nil), inputs)
    return sums.graph.record(
        HiddenStates(recurrence: recurrence, hasLengths: lengths != nil), inputs + [states])
}

/// Long short-term memory: Hochreiter and Schmidhuber (1997), with forget gates. Gates stand as input, forget, candidate,
/// output, as in PyTorch.
///
/// - Parameters:
///   - sums: the gates' sums over the inputs with their biases, `[batch, steps, 4 · width]`.
///   - weights: `[4 · width, width]`, times the hidden state.
///   - lengths: of each sequence, `[batch]`; past its end the state stays as it was.
/// - Returns: the hidden state after each step, `[batch, steps, width]`.
public func longShortTermMemory(_ sums: Tensor, weights: Tensor, lengths: Tensor? = nil) -> Tensor {
    recurrentStates(.lstm, sums: sums, weights: weights, bias: nil, lengths: lengths)
}

/// The gated recurrent unit: Cho et al. (2014), the reset gate after the recurrent product, as in PyTorch. Gates stand as
/// reset, update, candidate.
///
/// - Parameters:
///   - sums: the gates' sums over the inputs with their biases, `[batch, steps, 3 · width]`.
///   - weights: `[3 · width, width]`, times the hidden state.
///   - bias: of the recurrent products, `[3 · width]`.
///   - lengths: of each sequence, `[batch]`; past its end the state stays as it was.
/// - Returns: the hidden state after each step, `[batch, steps, width]`.
public func gatedRecurrentUnit(_ sums: Tensor, weights: Tensor, bias: Tensor, lengths: Tensor? = nil) -> Tensor {
    recurrentStates(.gru, sums: sums, weights: weights, bias: bias, lengths: lengths)
}
