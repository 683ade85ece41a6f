import CKernels
import LinearAlgebra

/// A traced computation, planned for one batch size: a flat list of kernel calls with resolved addresses.
///
/// Running it is a loop over that list; nothing is allocated and nothing is looked up. The rows of the batch are cut into
/// shards (their number depends on the batch size alone) that run on the worker pool, so that the result is the same for
/// any number of workers.
///
/// A program owns its inputs, outputs and scratch memory; it belongs to one task at a time.
public final class Program: @unchecked Sendable {
    /// The number of rows in the batch.
    public let batch: Int

    let plan: Plan
    let memory: ProgramMemory
    let pool: WorkerPool
    let kernels: UnsafePointer<ck_flat_kernels>
    let outputs: [(name: String, node: Int)]
    /// The instructions of each segment that run once.
    let once: [[ck_instruction]]
    /// The instructions of each segment, for each shard.
    let shards: [[[ck_instruction]]]
    /// What the instructions point to.
    private let details: InstructionDetails
    /// The parameters that a run finds new values for, and where these stand.
    private let updates: [(slice: ParameterSlice, values: UnsafeMutablePointer<Float>)]
    /// The parts of the sums that each segment ends with.
    private let reductions: [[Range<Int>]]

    init(
        _ trace: Trace, parameters: ParameterStore, sums: FloatBuffer, batch: Int, pool: WorkerPool, level: Int32
    ) {
        precondition(batch > 0, "a batch of \(batch) rows")
        let plan = Plan(trace, batch: batch)
        outputs = trace.outputs.map { ($0.name, $0.tensor.node) }
        let memory = ProgramMemory(
            plan, outputs: outputs.map(\.node), parameters: parameters.values, sums: sums, batch: batch)
        self.batch = batch
        self.plan = plan
        self.memory = memory
        self.pool = pool
        kernels = ck_flat(level)
        updates = trace.updates.map { ($0.slice, memory.place($0.node, shard: nil, writes: false).floats) }
        let details = InstructionDetails()
        self.details = details

        func instruction(_ step: Plan.Step, shard: Int?) -> ck_instruction {
            step.operation.instruction(
                Lowering(
                    output: memory.place(step.node, shard: shard, writes: true),
                    inputs: step.inputs.map { memory.place($0, shard: shard, writes: false) }, batch: batch,
                    firstRow: shard.map { memory.shards[$0].lowerBound } ?? 0, level: level,
                    scratch: (shard.map { memory.shardScratch[$0] } ?? memory.commonScratch).base, details: details))
        }
        once = plan.segments.map { $0.once.map { instruction($0, shard: nil) } }
        shards = plan.segments.map { segment in
            memory.shards.indices.map { shard in segment.shard.map { instruction($0, shard: shard) } }
        }
        reductions = plan.segments.map { Self.chunks(of: $0.reductions) }
    }

    // MARK: Running

    /// Runs the program on what its inputs hold.
    public func run() {
        for segment in once.indices {
            once[segment].withUnsafeBufferPointer { ck_run($0.baseAddress, $0.count) }
            runShards(of: segment)
            reduce(segment)
        }
    }

    /// Gives the parameters that are not stepped, such as running statistics, the values that the latest run found.
    public func applyUpdates() {
        for (slice, values) in updates {
            (memory.parameters.base + slice.offset).update(from: values, count: slice.count)
        }
    }

    /// The multiply-adds of one row of the batch: what a speed is compared with a machine's by.
    public var multiplyAddsPerRow: Int { plan.multiplyAddsPerRow }

    private func runShards(of segment: Int) {
        guard !plan.segments[segment].shard.isEmpty else { return }
        pool.run(memory.shards.count) { shard in
            shards[segment][shard].withUnsafeBufferPointer { ck_run($0.baseAddress, $0.count) }
        }
    }

    /// Adds the shards' parts of the sums that end a segment.
    func reduce(_ segment: Int) {
        guard memory.shards.count > 1 else { return }
        let chunks = reductions[segment]
        if chunks.count == 1 {
            reduce(chunks[0])
        } else if chunks.count > 1 {
            pool.run(chunks.count) { reduce(chunks[$0]) }
        }
    }

    /// Adds a part of the shards' sums in a fixed tree: neighbours first, then neighbours of neighbours.
    private func reduce(_ range: Range<Int>) {
        let (start, parts) = (range.lowerBound, memory.partialSums)
        var width = 1
        while width < parts.count {
            let isLast = width * 2 >= parts.count
            for left in stride(from: 0, to: parts.count - width, by: 2 * width) {
                let target = isLast ? memory.sums : parts[left]
                kernels.pointee.add(
                    target.base + start, parts[left].base + start, parts[left + width].base + start, range.count)
            }
            width *= 2
        }
    }

    /// The ranges in pieces that are worth a worker's while.
    private static func chunks(of ranges: [Range<Int>]) -> [Range<Int>] {
        let largest = 16_384
        return ranges.flatMap { range in
            stride(from: range.lowerBound, to: range.upperBound, by: largest).map {
                $0..<min($0 + largest, range.upperBound)
            }
        }
    }

    // MARK: Inputs and outputs

    /// The rows of an input, `[batch, …]`, to be filled before a run.
    public func input(_ label: String) -> FloatBuffer {
        for index in memory.inputs.indices where memory.inputs[index].label == label {
            return memory.inputs[index].buffer
        }
        let known = memory.inputs.map(\.label).joined(separator: ", ")
        preconditionFailure("no input is called \(label); there are \(known)")
    }

    /// Whether the computation uses an input of this name.
    public func hasInput(_ label: String) -> Bool { memory.inputs.contains { $0.label == label } }

    /// Fills an input of whole numbers, `[batch]` or `[batch, length]`.
    public func setIndices(_ label: String, _ indices: [Int32]) {
        let count = input(label).count
        precondition(indices.count == count, "\(indices.count) indices for \(label), which takes \(count)")
        indices.withUnsafeBufferPointer { indexInput(label).update(from: $0.baseAddress!, count: count) }
    }

    /// Fills a scalar input.
    public func setScalar(_ label: String, _ value: Float) { input(label)[0] = value }

    /// Whether the computation draws random numbers.
    public var isRandom: Bool { hasInput(RandomKey.label) }

    /// What the next run draws its random numbers from; a pair of seed and step has its own.
    public func setRandomKey(seed: UInt64, step: Int) {
        guard isRandom else { return }
        let words = input(RandomKey.label).base
        for (place, word) in [seed, seed >> 32, UInt64(step), UInt64(step) >> 32].enumerated() {
            words[place] = Float(bitPattern: UInt32(truncatingIfNeeded: word))
        }
    }

    /// Where an input of whole numbers stands.
    package func indexInput(_ label: String) -> UnsafeMutablePointer<Int32> {
        UnsafeMutableRawPointer(input(label).base).assumingMemoryBound(to: Int32.self)
    }

    /// A scalar result of the latest run.
    public func scalar(_ name: String) -> Float {
        let node = outputs[index(ofOutput: name)].node
        switch plan.locations[node] ?? .leaf {
        case .sums(let offset): return memory.sums.base[offset]
        case .commonArena(let offset): return memory.commonArena.base[offset]
        default: preconditionFailure("\(name) has a row for each row of the batch")
        }
    }

    /// A result with a row for each row of the batch, of the latest run.
    public func rows(_ name: String) -> FloatBuffer {
        guard let buffer = memory.outputs[index(ofOutput: name)] else { preconditionFailure("\(name) is a scalar") }
        return buffer
    }

    private func index(ofOutput name: String) -> Int {
        for index in outputs.indices where outputs[index].name == name { return index }
        preconditionFailure("no result is called \(name); there are \(outputs.map(\.name).joined(separator: ", "))")
    }
}
