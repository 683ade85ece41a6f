/// A tensor's value in double precision: what the reference executor computes with.
package struct ReferenceTensor: Sendable {
    package var values: [Double]
    package let shape: Shape
    let extents: Extents

    package init(values: [Double], shape: Shape, batch: Int) {
        self.values = values
        self.shape = shape
        extents = shape.extents(batch: batch)
        precondition(
            values.count == extents.count,
            "\(values.count) values for \(shape) with \(batch) rows, which needs \(extents.count)")
    }

    init(shape: Shape, batch: Int, _ element: (_ row: Int, _ column: Int) -> Double) {
        self.shape = shape
        extents = shape.extents(batch: batch)
        values = []
        values.reserveCapacity(extents.count)
        for row in 0..<extents.rows {
            for column in 0..<extents.columns { values.append(element(row, column)) }
        }
    }

    subscript(row: Int, column: Int) -> Double { values[row * extents.columns + column] }

    /// The element that stands at (row, column) once this tensor is repeated to `target`.
    func broadcast(_ row: Int, _ column: Int, to target: Shape) -> Double {
        values[Repetition(of: shape, in: target).source(of: row * columns(of: target) + column)]
    }

    private func columns(of target: Shape) -> Int { target.extents(batch: 1).columns }
}

/// Runs a trace in double precision with plain loops, one node after the other over the whole batch: slow, short, and
/// what the planned program is checked against.
package struct ReferenceExecutor {
    let graph: Graph
    package let batch: Int
    private var computed: [Int: ReferenceTensor] = [:]

    /// - Parameters:
    ///   - inputs: values of every input, by label; indices as whole numbers.
    ///   - parameters: the parameters' values in the layout's order.
    init(graph: Graph, batch: Int, inputs: [String: [Double]], parameters: [Double]) {
        self.graph = graph
        self.batch = batch
        for (index, node) in graph.nodes.enumerated() {
            let values: [Double]
            switch node.operation {
            case let input as Input: values = inputs[input.label] ?? []
            case let input as IndexInput: values = inputs[input.label] ?? []
            case let input as ScalarInput: values = inputs[input.label] ?? []
            case is RandomKey: values = inputs[RandomKey.label] ?? [0, 0, 0, 0]
            case let parameter as Parameter:
                values = Array(parameters[parameter.slice.offset..<parameter.slice.offset + parameter.slice.count])
            case let constant as Constant:
                values = [Double(constant.value) / (constant.dividesByBatch ? Double(batch) : 1)]
            case let constant as any BatchConstant: values = [Double(constant.value(batch: batch))]
            default: continue
            }
            computed[index] = ReferenceTensor(values: values, shape: node.shape, batch: batch)
        }
    }

    /// The value of `tensor`.
    mutating func value(of tensor: Tensor) -> ReferenceTensor {
        for index in 0...tensor.node where computed[index] == nil {
            let node = graph.nodes[index]
            computed[index] = node.operation.reference(
                node.inputs.compactMap { computed[$0] }, shape: node.shape, batch: batch)
        }
        guard let value = computed[tensor.node] else { preconditionFailure("node \(tensor.node) is not in this trace") }
        return value
    }
}
