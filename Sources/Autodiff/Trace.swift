/// What a closure over tensors is given to write a computation with: its inputs, the parameters, and names for its results.
public struct Trace {
    /// What a computation is traced for: dropout and batch normalisation do one thing while a model learns, and another
    /// when it predicts.
    public enum Mode: Sendable { case training, inference }

    let graph: Graph
    let layout: ParameterLayout
    private(set) var outputs: [(name: String, tensor: Tensor)] = []
    private(set) var gradients: [(slice: ParameterSlice, node: Int)] = []

    init(layout: ParameterLayout, mode: Mode) {
        self.layout = layout
        graph = Graph(mode: mode)
    }

    var updates: [(slice: ParameterSlice, node: Int)] { graph.updates }

    /// A batch of rows that the caller provides: `[batch, dimensions…]`.
    public func input(_ label: String, _ dimensions: Int...) -> Tensor { input(label, dimensions) }

    /// A batch of rows that the caller provides: `[batch, dimensions…]`.
    public func input(_ label: String, _ dimensions: [Int]) -> Tensor {
        graph.record(Input(label: label, dimensions: dimensions), [])
    }

    /// A batch of whole numbers that the caller provides, such as class labels: `[batch]`.
    public func indices(_ label: String) -> Tensor { graph.record(IndexInput(label: label), []) }

    /// A batch of rows of whole numbers that the caller provides, such as tokens: `[batch, length]`.
    public func indices(_ label: String, length: Int) -> Tensor {
        graph.record(IndexInput(label: label, dimensions: [length]), [])
    }

    /// A number that the caller provides before each run, the same for the whole batch: `[]`.
    public func scalar(_ label: String) -> Tensor { graph.record(ScalarInput(label: label), []) }

    /// A number that is known now.
    public func constant(_ value: Float) -> Tensor { graph.constant(value) }

    /// The parameters that `slice` names.
    public func parameter(_ slice: ParameterSlice) -> Tensor { graph.record(Parameter(slice: slice), []) }

    /// Makes `tensor` a result under `name`: a scalar, or one row for each row of the batch.
    public mutating func output(_ name: String, _ tensor: Tensor) {
        precondition(!outputs.contains { $0.name == name }, "two results are called \(name)")
        outputs.append((name, owned(tensor, label: name, among: outputs.map(\.tensor.node))))
    }

    /// Whether there is a result of this name.
    public func hasOutput(_ name: String) -> Bool { outputs.contains { $0.name == name } }

    /// Extends the trace by the gradient of `loss`, a scalar, with respect to every parameter that it depends on.
    public mutating func differentiate(_ loss: Tensor) {
        precondition(gradients.isEmpty, "a trace differentiates one loss")
        let slices = layout.slices.filter(\.isTrainable)
        let parameters = slices.map { parameter($0) }
        for (slice, gradient) in zip(slices, loss.gradients(withRespectTo: parameters)) {
            guard let gradient else { continue }
            gradients.append((slice, owned(gradient, label: slice.name, among: gradients.map(\.node)).node))
        }
    }

    /// `tensor`, or a copy where another name owns its place.
    private func owned(_ tensor: Tensor, label: String, among taken: [Int]) -> Tensor {
        let root = graph.tensor(graph.root(of: tensor.node))
        let isFree = !(graph.nodes[root.node].operation is any Leaf) && !taken.contains(tensor.node)
        return isFree && root.node == tensor.node ? tensor : tensor.applying(Copy(label: label))
    }
}
