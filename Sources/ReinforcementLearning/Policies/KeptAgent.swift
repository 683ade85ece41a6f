package import Autodiff
import FileFormats

/// The agent that a training keeps: the one that did best in the evaluations along the way, since a policy may collapse
/// after it had solved its task. Of equally good ones it is the latest.
package struct KeptAgent: Sendable {
    package let parameters: ParameterStore
    package private(set) var normalizer: ObservationNormalizer?
    /// What a value of the critic is multiplied by to be in units of the rewards.
    package private(set) var valueScale = 1.0
    private var bestReturn = -Double.infinity

    package init(_ parameters: ParameterStore, normalizer: ObservationNormalizer?) {
        self.parameters = ParameterStore(copying: parameters)
        self.normalizer = normalizer
    }

    /// Keeps the present agent if its mean return is at least the best so far.
    package mutating func consider(
        _ present: ParameterStore, normalizer presentNormalizer: ObservationNormalizer?,
        valueScale presentScale: Double = 1, meanReturn: Double
    ) {
        guard meanReturn >= bestReturn else { return }
        bestReturn = meanReturn
        parameters.values.copy(from: present.values)
        normalizer = presentNormalizer
        valueScale = presentScale
    }

    /// Writes the agent as it is used: networks and, where there is one, the observation normalizer.
    func saveAgent(into archive: inout Archive) {
        parameters.save(into: &archive)
        guard let normalizer else { return }
        var moments = Archive()
        normalizer.save(into: &moments)
        archive.add("observationNormalizer", moments)
    }

    /// Takes over an agent that `saveAgent` wrote, of which it is not known yet how well it does.
    ///
    /// - Throws: if its networks are of other sizes, or it has no normalizer where this one has.
    mutating func restoreAgent(from archive: Archive) throws {
        try parameters.restore(from: archive)
        try normalizer?.restore(from: archive.part("observationNormalizer"))
        bestReturn = -.infinity
    }

    func save(into archive: inout Archive) {
        saveAgent(into: &archive)
        archive.set("bestReturn", [bestReturn])
        archive.set("valueScale", [valueScale])
    }

    mutating func restore(from archive: Archive) throws {
        try parameters.restore(from: archive)
        try normalizer?.restore(from: archive.part("observationNormalizer"))
        bestReturn = try archive.doubles("bestReturn", shape: [1])[0]
        valueScale = try archive.doubles("valueScale", shape: [1])[0]
    }
}
