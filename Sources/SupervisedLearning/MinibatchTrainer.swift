package import Autodiff
package import FileFormats
package import LinearAlgebra
import Optimizers
import Randomness

/// Epochs of minibatches over shuffled rows, with validation and early stopping: what classifier, regression and
/// autoencoder have in common.
///
/// An update is a few thousand samples, so that progress moves often and rows of metrics are few; an epoch's end ends an
/// update too, and validates.
package final class MinibatchTrainer: @unchecked Sendable {
    /// What the latest update measured; NaN where it measured nothing.
    package struct Measurements: Sendable {
        /// Samples seen over samples in an epoch.
        package var epoch = Double.nan
        /// Mean over the update's samples, each seen before the step that learned from it.
        package var trainingLoss = Double.nan
        package var trainingAccuracy = Double.nan
        /// At an epoch's end, over all held-back samples.
        package var validationLoss = Double.nan
        package var validationAccuracy = Double.nan
        /// At the update's last step.
        package var learningRate = Double.nan
        /// ‖g‖₂ at the update's last step, before clipping.
        package var gradientNorm = Double.nan
    }

    private static let samplesPerUpdate = 8_192

    package private(set) var measurements = Measurements()
    private let settings: any MinibatchSettings
    private let features: ScaledFeatures
    private let targets: Targets?
    private let step: GradientStep
    private let inference: BatchedInference

    private let seed: UInt64
    private let split: ValidationSplit
    /// The training rows in this epoch's order.
    private var order: [Int32]
    private var epoch = 0
    /// How many samples of this epoch have been learned from.
    private var cursor = 0
    private var earlyStopping: EarlyStopping?
    private var isFinished = false

    /// - Parameters:
    ///   - targets: what is predicted; nil where the features themselves are.
    ///   - loss: the loss over the inputs `features` and `labels` or `targets`; where there are classes it names their
    ///     scores `prediction`.
    /// - Throws: `InvalidSetting`; `ShapeError` where the loss's operations do not fit.
    package init(
        _ settings: any MinibatchSettings, features: ScaledFeatures, targets: Targets?, split: ValidationSplit,
        parameters: ParameterStore, seed: UInt64, pool: WorkerPool, loss: (inout Trace) throws -> Tensor
    ) throws {
        try settings.validateMinibatches()
        self.settings = settings
        self.features = features
        self.targets = targets
        self.split = split
        self.seed = seed
        order = split.training
        step = try GradientStep(
            parameters: parameters,
            optimizer: settings.optimizer.optimizer(
                layout: parameters.layout, weightDecay: settings.weightDecay),
            maximumGradientNorm: settings.maximumGradientNorm > 0 ? settings.maximumGradientNorm : nil,
            pool: pool, loss: loss)
        inference = try BatchedInference(parameters: parameters, pool: pool) { trace in
            trace.output("loss", try loss(&trace))
        }
        if settings.earlyStoppingPatience > 0 {
            earlyStopping = EarlyStopping(
                patience: settings.earlyStoppingPatience, parameterCount: parameters.layout.count)
        }
        // Everything is planned now, so that updates allocate nothing.
        if order.count >= settings.batchSize { _ = step.program(batch: settings.batchSize) }
        if order.count % settings.batchSize > 0 { _ = step.program(batch: order.count % settings.batchSize) }
        inference.prepare(count: split.validation.count)
    }

    /// Learns from the next samples; nil when all epochs are done, or patience has ended.
    package func advance() throws -> Progress? {
        guard !isFinished else { return nil }
        if cursor == 0 { shuffle() }
        measurements = Measurements()
        let start = cursor
        let end = min(cursor + Self.samplesPerUpdate, order.count)
        var lossSum = 0.0
        var correct = 0
        while cursor < end {
            let program = step.program(batch: min(settings.batchSize, order.count - cursor))
            program.gather(features, targets, rows: order, from: cursor)
            measurements.learningRate = learningRate
            try step.run(program, learningRate: measurements.learningRate)
            lossSum += Double(program.scalar("loss")) * Double(program.batch)
            correct += correctCount(program, rows: order, from: cursor)
            cursor += program.batch
        }
        let count = Double(cursor - start)
        measurements.trainingLoss = lossSum / count
        measurements.trainingAccuracy = hasClasses ? Double(correct) / count : .nan
        measurements.gradientNorm = step.gradientNorm
        measurements.epoch = Double(epoch) + Double(cursor) / Double(order.count)
        let samplesSeen = epoch * order.count + cursor
        if cursor == order.count { endEpoch() }
        return Progress(completed: samplesSeen, of: settings.epochs * order.count)
    }

    /// The step size of the next step.
    private var learningRate: Double {
        let stepsPerEpoch = (order.count + settings.batchSize - 1) / settings.batchSize
        let progress = Double(step.stepCount) / Double(settings.epochs * stepsPerEpoch)
        return settings.learningRate * settings.learningRateSchedule.factor(progress: progress)
    }

    /// Every epoch has a stream of its own, so that an epoch can be taken up in its middle.
    private func shuffle() {
        for index in order.indices { order[index] = split.training[index] }
        var random = RandomStream(seed: seed, purpose: "shuffle", lane: epoch)
        random.shuffle(&order)
    }

    private func endEpoch() {
        epoch += 1
        cursor = 0
        isFinished = epoch == settings.epochs
        guard !split.validation.isEmpty else { return }
        validate()
        guard earlyStopping != nil else { return }
        earlyStopping?.observe(loss: measurements.validationLoss, parameters: step.parameters.values)
        isFinished = isFinished || earlyStopping?.stops == true
        if isFinished { earlyStopping?.restoreBest(in: step.parameters.values) }
    }

    private func validate() {
        var lossSum = 0.0
        var correct = 0
        inference.run(features, targets, rows: split.validation) { program, range in
            lossSum += Double(program.scalar("loss")) * Double(range.count)
            correct += correctCount(program, rows: split.validation, from: range.lowerBound)
        }
        let count = Double(split.validation.count)
        measurements.validationLoss = lossSum / count
        measurements.validationAccuracy = hasClasses ? Double(correct) / count : .nan
    }

    private var hasClasses: Bool {
        if case .classes? = targets { true } else { false }
    }

    private func correctCount(_ program: Program, rows: [Int32], from start: Int) -> Int {
        guard case .classes(let labels, let classes)? = targets else { return 0 }
        return program.correctCount(labels, classes: classes, rows: rows, from: start)
    }

    /// Mixes in the parameters, and where in the data the work is.
    package func hash(into hash: inout StateHash) {
        hash.combine(epoch)
        hash.combine(cursor)
        step.parameters.hash(into: &hash)
    }

    // MARK: Saving

    private struct Cursor: Codable {
        var seed: UInt64
        var epoch: Int
        var cursor: Int
        var isFinished: Bool
    }

    package func save(into archive: inout Archive) throws {
        try step.save(into: &archive)
        try archive.encode("cursor", Cursor(seed: seed, epoch: epoch, cursor: cursor, isFinished: isFinished))
        guard let earlyStopping else { return }
        var best = Archive()
        try earlyStopping.save(into: &best)
        archive.add("earlyStopping", best)
    }

    /// - Throws: `FileFormatError` if something is missing or does not fit these settings; `InvalidSetting` if the archive
    ///   belongs to another seed or other samples.
    package func restore(from archive: Archive) throws {
        let saved = try archive.decode("cursor", as: Cursor.self)
        guard saved.seed == seed else { throw InvalidSetting("seed", seed, "must be \(saved.seed), as in the archive") }
        guard saved.epoch >= 0, saved.epoch <= settings.epochs, saved.cursor >= 0, saved.cursor < order.count
        else {
            throw InvalidSetting(
                "cursor", "sample \(saved.cursor) of epoch \(saved.epoch)",
                "must lie within \(settings.epochs) epochs of \(order.count) samples")
        }
        try step.restore(from: archive)
        try earlyStopping?.restore(from: archive.part("earlyStopping"))
        (epoch, cursor, isFinished) = (saved.epoch, saved.cursor, saved.isFinished)
        if cursor > 0 { shuffle() }
    }
}
