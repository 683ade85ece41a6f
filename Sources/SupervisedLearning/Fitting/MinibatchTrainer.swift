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
    private let features: EncodedFeatures
    private let targets: Targets?
    private let augmentation: ImageAugmentation?
    private let mixup: Mixup?
    private let step: GradientStep
    private let pool: WorkerPool
    private let inference: BatchedInference

    private let seed: UInt64
    private let split: ValidationSplit
    /// The training rows in this epoch's order.
    private var order: [Int32]
    /// The result by which the training is measured.
    private let measuredLoss: String
    private var epoch = 0
    /// How many samples of this epoch have been learned from.
    private var cursor = 0
    private var earlyStopping: EarlyStopping?
    private var plateau: PlateauSchedule?
    private var isFinished = false

    /// - Parameters:
    ///   - targets: what is predicted; nil where the features themselves are.
    ///   - evaluation: the loss by which the network is validated; nil where it is the same.
    ///   - loss: the loss over the inputs `features` and `labels` or `targets`; where there are classes it names their
    ///     scores `prediction`. Where what is minimised is more than that, it names the plain loss `measuredLoss`.
    /// - Throws: `InvalidSetting`; `ShapeError` where the loss's operations do not fit.
    package convenience init(
        _ settings: any MinibatchSettings, features: EncodedFeatures, targets: Targets?, split: ValidationSplit,
        parameters: ParameterStore, seed: UInt64, pool: WorkerPool, loss: (inout Trace) throws -> Tensor
    ) throws {
        try self.init(
            settings, features: features, targets: targets, split: split, parameters: parameters, seed: seed,
            pool: pool, augmentation: nil, mixup: nil, evaluation: loss, loss: loss)
    }

    init(
        _ settings: any MinibatchSettings, features: EncodedFeatures, targets: Targets?, split: ValidationSplit,
        parameters: ParameterStore, seed: UInt64, pool: WorkerPool, augmentation: ImageAugmentation?, mixup: Mixup?,
        evaluation: (inout Trace) throws -> Tensor, loss: (inout Trace) throws -> Tensor
    ) throws {
        try settings.validateMinibatches()
        self.settings = settings
        self.features = features
        self.targets = targets
        self.split = split
        self.seed = seed
        self.pool = pool
        self.augmentation = augmentation
        self.mixup = mixup
        order = split.training
        var hasMeasuredLoss = false
        step = try GradientStep(parameters: parameters, settings: settings, seed: seed, pool: pool) { trace in
            let value = try loss(&trace)
            hasMeasuredLoss = trace.hasOutput("measuredLoss")
            return value
        }
        measuredLoss = hasMeasuredLoss ? "measuredLoss" : "loss"
        inference = try BatchedInference(parameters: parameters, pool: pool) { trace in
            trace.output("loss", try evaluation(&trace))
        }
        plateau = settings.makePlateauSchedule()
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
            augmentation?(program, step: step.stepCount, on: pool)
            mixup?(program, targets, rows: order, from: cursor, step: step.stepCount)
            measurements.learningRate = learningRate
            try step.run(program, learningRate: measurements.learningRate)
            lossSum += Double(program.scalar(measuredLoss)) * Double(program.batch)
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
        return settings.learningRate(progress: progress) * (plateau?.factor ?? 1)
    }

    /// Steps at the rates of `range` until it has seen enough. What is learned meanwhile is of no use.
    func explore(_ range: inout LearningRateRange) throws {
        while let rate = range.nextRate {
            if cursor == 0 { shuffle() }
            let program = step.program(batch: min(settings.batchSize, order.count - cursor))
            program.gather(features, targets, rows: order, from: cursor)
            do {
                try step.run(program, learningRate: rate)
            } catch is DivergedTraining {
                range.observe(loss: .infinity)
                return
            }
            range.observe(loss: Double(program.scalar(measuredLoss)))
            cursor += program.batch
            if cursor >= order.count { (cursor, epoch) = (0, epoch + 1) }
        }
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
        guard !split.validation.isEmpty else {
            if isFinished { step.showAveraged() }
            return
        }
        step.showAveraged()
        validate()
        _ = plateau?.observe(loss: measurements.validationLoss)
        earlyStopping?.observe(loss: measurements.validationLoss, parameters: step.parameters.values)
        isFinished = isFinished || earlyStopping?.stops == true
        // At the end what was shown stays.
        if isFinished { earlyStopping?.restoreBest(in: step.parameters.values) } else { step.showTraining() }
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
        if let plateau { try archive.encode("plateau", plateau) }
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
        if plateau != nil { plateau = try archive.decode("plateau") }
        (epoch, cursor, isFinished) = (saved.epoch, saved.cursor, saved.isFinished)
        if cursor > 0 { shuffle() }
    }
}
