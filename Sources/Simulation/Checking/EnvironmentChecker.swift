/// Holds anyone's task to the contract of `Environment`, and says everything that is wrong with it.
///
/// A test of a task of one's own is
/// ```swift
/// @Test func `keeps the contract of an environment`() {
///     #expect(EnvironmentChecker(Corridor(), stepLimit: 200).run().findings == [])
/// }
/// ```
/// The task is lived through with random, extreme, constant and heuristic actions; beside copies that are fresh, that
/// have lived before, and that were given its state; and in batches. A task that traps ends the process: listen to
/// `announcing` to know where.
public struct EnvironmentChecker<Task: Environment> {
    let task: Task
    let stepLimit: Int?
    let seed: UInt64
    /// Of each course of the check.
    let steps: Int

    /// - Parameters:
    ///   - task: the bare task, without `TimeLimit`.
    ///   - stepLimit: the step at which episodes will be truncated; nil for a task whose episodes end by themselves.
    ///   - steps: how long each of some dozen courses is.
    public init(_ task: Task, stepLimit: Int? = nil, seed: UInt64 = 0, steps: Int = 2000) {
        precondition(steps > 0, "a check of \(steps) steps sees nothing")
        self.task = task
        self.stepLimit = stepLimit
        self.seed = seed
        self.steps = steps
    }

    /// Checks every rule that applies to the task, but for the one about mutated states.
    ///
    /// - Parameter announce: is told what is done next, before it is done.
    public func run(announcing announce: (String) -> Void = { _ in }) -> EnvironmentReport {
        withoutActuallyEscaping(announce) { announce in
            var notes = CheckNotes(announcing: announce)
            run(&notes)
            return notes.report
        }
    }

    /// Gives the task decoded states with extreme numbers in them, as a damaged checkpoint may hold: it may refuse them,
    /// and must not trap in a step. Only for a process that may end: another one than that of `run`, with whose report
    /// this one is merged.
    ///
    /// - Parameter announce: is told which state is next.
    public func runMutatedStates(announcing announce: (String) -> Void = { _ in }) -> EnvironmentReport {
        withoutActuallyEscaping(announce) { announce in
            var notes = CheckNotes(announcing: announce)
            notes.begin("the same in another process")
            notes.fingerprint = Trace(of: task, seed: seed, steps: steps).fingerprint
            notes.count(steps: steps)
            checkMutatedStates(&notes)
            return notes.report
        }
    }

    func run(_ notes: inout CheckNotes) {
        checkDescription(&notes)
        // Nothing can be lived through without spaces and actions.
        if notes.hasError(.spacesAreValid) || notes.hasError(.actionFitsSpace) { return }
        checkLife(&notes)
        checkCopies(&notes)
        if !notes.hasError(.copiesShareNothing) {
            checkReproduction(&notes)
            if !notes.hasError(.isReproducible) {
                checkInterleaving(&notes)
                checkSeeds(&notes)
                checkFreshness(&notes)
                checkState(&notes)
                checkVector(&notes)
                checkParameters(&notes)
            }
        }
        // What follows would only say again what is known.
        if !notes.hasErrors { checkBatches(&notes) }
    }
}

/// Holds a task to the contract of `Environment`; see `EnvironmentChecker`, which says all that it finds.
///
/// - Throws: an `EnvironmentError` that names every rule that is broken.
public func checkEnvironment(
    _ task: some Environment, stepLimit: Int? = nil, seed: UInt64 = 0, steps: Int = 2000
) throws {
    try EnvironmentChecker(task, stepLimit: stepLimit, seed: seed, steps: steps).run().validate()
}

extension EnvironmentSpecification {
    /// Holds the task to the contract of `Environment`; see `EnvironmentChecker`.
    ///
    /// - Parameters:
    ///   - stopwatch: seconds since whenever, for the rule about `stepCost`, which is left out without one.
    ///   - announce: is told what is done next, before it is done.
    public func report(
        seed: UInt64 = 0, steps: Int = 2000, stopwatch: (() -> Double)? = nil,
        announcing announce: (String) -> Void = { _ in }
    ) -> EnvironmentReport {
        withoutActuallyEscaping(announce) { announce in
            var notes = CheckNotes(announcing: announce)
            func run(_ task: some Environment) {
                EnvironmentChecker(task, stepLimit: stepLimit, seed: seed, steps: steps).run(&notes)
            }
            run(task)
            if let stopwatch, !notes.hasErrors { checkStepCost(seed: seed, stopwatch, &notes) }
            return notes.report
        }
    }

    /// Gives the task decoded states with extreme numbers in them; see `EnvironmentChecker.runMutatedStates`. Only for a
    /// process that may end.
    public func reportOnMutatedStates(
        seed: UInt64 = 0, steps: Int = 2000, announcing announce: (String) -> Void = { _ in }
    ) -> EnvironmentReport {
        func run(_ task: some Environment) -> EnvironmentReport {
            EnvironmentChecker(task, stepLimit: stepLimit, seed: seed, steps: steps).runMutatedStates(
                announcing: announce)
        }
        return run(task)
    }

    /// Holds the task to the contract of `Environment`; see `EnvironmentChecker`.
    ///
    /// - Throws: an `EnvironmentError` that names every rule that is broken.
    public func check(seed: UInt64 = 0) throws {
        try report(seed: seed).validate()
    }
}
