extension Tensor {
    /// The derivatives of this scalar with respect to `targets`, in reverse mode: new tensors of the same trace, which can
    /// be differentiated again. Nil for a target that this tensor does not depend on.
    public func gradients(withRespectTo targets: [Tensor]) -> [Tensor?] {
        guard shape.elementsPerRow == 1, !shape.isBatched else {
            graph.fail("gradient", "\(shape) is not a scalar; take its mean or sum first")
            return targets.map { _ in nil }
        }
        // Which nodes lie on a way from a target to this tensor.
        var depends = [Bool](repeating: false, count: node + 1)
        for target in targets where target.node <= node { depends[target.node] = true }
        for index in 0...node where graph.nodes[index].inputs.contains(where: { depends[$0] }) {
            depends[index] = true
        }
        guard depends[node] else { return targets.map { _ in nil } }

        var adjoints = [Tensor?](repeating: nil, count: node + 1)
        adjoints[node] = graph.constant(1).broadcast(to: shape)
        for index in stride(from: node, through: 0, by: -1) where depends[index] {
            guard let adjoint = adjoints[index] else { continue }
            let inputs = graph.nodes[index].inputs
            guard inputs.contains(where: { depends[$0] }) else { continue }
            let derivatives = graph.nodes[index].operation.derivative(
                of: graph.tensor(index), inputs: inputs.map(graph.tensor), gradient: adjoint)
            for (input, derivative) in zip(inputs, derivatives) where depends[input] {
                guard let derivative else { continue }
                adjoints[input] = adjoints[input].map { $0 + derivative } ?? derivative
            }
        }
        return targets.map { target in
            target.node <= node ? adjoints[target.node].map { $0.broadcast(to: target.shape) } : nil
        }
    }
}
