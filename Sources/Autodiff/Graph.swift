import Runtime

/// What a closure over symbolic tensors did: one node an operation, in the order of tracing.
///
/// Equal operations on equal inputs are one node. The first mistake (shapes that do not fit) is kept and thrown when the
/// trace ends, so that formulas read without `try`.
final class Graph {
    struct Node {
        var operation: any Operation
        var inputs: [Int]
        var shape: Shape
        /// Where the node was traced, as raw return addresses: turned into file and line only if somebody asks.
        var trace: Backtrace?
    }

    private struct Key: Hashable {
        var operation: AnyHashable
        var inputs: [Int]
    }

    let mode: Trace.Mode
    private(set) var nodes: [Node] = []
    /// New values of parameters that are not stepped, by node.
    private(set) var updates: [(slice: ParameterSlice, node: Int)] = []
    private var maskCount: UInt32 = 0
    private var known: [Key: Int] = [:]
    private(set) var failure: ShapeError?

    init(mode: Trace.Mode) { self.mode = mode }

    /// Tells one random mask of the trace from another.
    func nextMask() -> UInt32 {
        defer { maskCount += 1 }
        return maskCount
    }

    func update(_ slice: ParameterSlice, to value: Tensor) { updates.append((slice, value.node)) }

    func tensor(_ node: Int) -> Tensor { Tensor(graph: self, node: node) }

    /// The node whose place `node` shares: itself but for aliases.
    func root(of node: Int) -> Int {
        var root = node
        while nodes[root].operation.isAlias { root = nodes[root].inputs[0] }
        return root
    }

    /// Records `operation` on `inputs`. Where their shapes do not fit, the mistake is kept and the first input stands in
    /// for the result, so that tracing goes on.
    func record(_ operation: some Operation, _ inputs: [Tensor]) -> Tensor {
        for input in inputs {
            precondition(input.graph === self, "\(operation.name): its inputs belong to two different traces")
        }
        let key = Key(operation: AnyHashable(operation), inputs: inputs.map(\.node))
        if let node = known[key] { return tensor(node) }
        let shape: Shape
        do {
            shape = try operation.shape(of: inputs.map(\.shape))
        } catch {
            fail(operation.name, error.explanation)
            return inputs.first ?? constant(0)
        }
        nodes.append(
            Node(operation: operation, inputs: key.inputs, shape: shape, trace: callStack()))
        known[key] = nodes.count - 1
        return tensor(nodes.count - 1)
    }

    func constant(_ value: Float) -> Tensor { record(Constant(value: value, dividesByBatch: false), []) }

    /// Keeps the trace's first mistake.
    func fail(_ operation: String, _ explanation: String) {
        guard failure == nil else { return }
        failure = ShapeError(
            operation: operation, explanation: explanation, source: SourceLine(of: callStack()))
    }

    /// The line that traced `node`.
    func source(of node: Int) -> SourceLine? { SourceLine(of: nodes[node].trace) }
}

/// The return addresses of the calls that led here: raw, since reading debug information takes milliseconds.
private func callStack() -> Backtrace? {
    try? Backtrace.capture(algorithm: .fast, limit: 24, top: 0, images: loadedImages)
}

/// The program and its libraries, as mapped into memory; read once, since they do not move.
private let loadedImages = ImageMap.capture()

/// A line of source code.
public struct SourceLine: Sendable, Hashable, CustomStringConvertible {
    public let file: String
    public let line: Int
    public var description: String { "\(file):\(line)" }

    /// The innermost line of a call stack that lies outside this module; nil where the binary has no debug information.
    init?(of trace: Backtrace?) {
        guard let frames = trace?.symbolicated()?.frames else { return nil }
        let lines = frames.compactMap { $0.symbol?.sourceLocation }.filter { !$0.path.isEmpty && $0.line > 0 }
        guard let outside = lines.first(where: { !$0.path.contains("Sources/Autodiff/") }) else { return nil }
        file = String(outside.path.split(separator: "/").last ?? "")
        line = outside.line
    }
}

/// Tensors that do not fit the operation they were given to: which operation, why, and the line that traced it.
public struct ShapeError: Error, CustomStringConvertible, Sendable {
    public let operation: String
    public let explanation: String
    public let source: SourceLine?

    public var description: String {
        (source.map { "\($0): " } ?? "") + "\(operation): \(explanation)"
    }
}
