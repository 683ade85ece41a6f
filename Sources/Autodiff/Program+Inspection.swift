import CKernels

/// Looking inside a program: what it does, where its memory goes, and where a value first went wrong.
extension Program {
    /// The bytes that the program holds besides the parameters; known before it runs.
    public var memorySize: Int { memory.size }

    /// Runs the program again, looking at every value as it is made.
    ///
    /// - Returns: the first operation whose result is not finite, and the line that traced it; nil if all are finite.
    public func firstNonFinite() -> String? {
        for segment in once.indices {
            for (step, instruction) in zip(plan.segments[segment].once, once[segment]) {
                if let found = runChecked(step, instruction, rows: batch) { return found }
            }
            for (instructions, rows) in zip(shards[segment], memory.shards) {
                for (step, instruction) in zip(plan.segments[segment].shard, instructions) {
                    if let found = runChecked(step, instruction, rows: rows.count) { return found }
                }
            }
            reduce(segment)
        }
        return nil
    }

    private func runChecked(_ step: Plan.Step, _ instruction: ck_instruction, rows: Int) -> String? {
        withUnsafePointer(to: instruction) { ck_run($0, 1) }
        let shape = plan.graph.nodes[step.node].shape
        for index in 0..<shape.extents(batch: rows).count where !instruction.operands.out[index].isFinite {
            let line = plan.graph.source(of: step.node).map { ", traced at \($0)" } ?? ""
            let value = instruction.operands.out[index]
            return "\(step.operation.name) \(shape) gave \(value.isNaN ? "nan" : "\(value)")\(line)"
        }
        return nil
    }

    /// The program as text: each instruction with its result, shape, operation, inputs, place, and the line that traced
    /// it.
    public func listing() -> String {
        var lines = ["batch \(batch), \(memory.shards.count) shards, \(memorySize) bytes"]
        func line(_ step: Plan.Step) -> String {
            let node = plan.graph.nodes[step.node]
            let inputs = step.inputs.map { input in
                let operation = plan.graph.nodes[input].operation
                return operation is any Leaf ? operation.name : "%\(input)"
            }
            let place = plan.locations[step.node].map { "\($0)" } ?? ""
            let source = plan.graph.source(of: step.node).map { "  // \($0)" } ?? ""
            return
                "  %\(step.node) \(node.shape) = \(step.operation.name)(\(inputs.joined(separator: ", "))) → \(place)"
                + source
        }
        for (index, segment) in plan.segments.enumerated() {
            lines.append("segment \(index), once:")
            lines += segment.once.map(line)
            lines.append("segment \(index), each shard:")
            lines += segment.shard.map(line)
        }
        return lines.joined(separator: "\n")
    }

    /// The time that each kind of operation takes in one run of the first shard, longest first.
    ///
    /// - Parameter clock: the present time in any unit; this module has no clock of its own.
    public func profile(clock: () -> Double) -> [(operation: String, time: Double)] {
        var times: [String: Double] = [:]
        for segment in shards.indices {
            for (step, instruction) in zip(plan.segments[segment].shard, shards[segment][0]) {
                let start = clock()
                withUnsafePointer(to: instruction) { ck_run($0, 1) }
                times["\(step.operation.name) \(plan.graph.nodes[step.node].shape)", default: 0] += clock() - start
            }
        }
        return times.map { ($0.key, $0.value) }.sorted { ($1.time, $0.operation) < ($0.time, $1.operation) }
    }
}
