import FileFormats
import Randomness

extension EnvironmentChecker {
    /// Gives copies of the task states in which one number is another, extreme one. Their `init(from:)` may refuse them;
    /// one that it accepts must not make a step trap. (Nor does it have to lead to anything sensible.)
    func checkMutatedStates(_ notes: inout CheckNotes) {
        notes.begin("states with extreme numbers", .nothingTraps)
        var life = CheckedLife(task, seed: seed, purpose: "mutations", steps: steps)
        var choices = RandomStream(seed: seed, purpose: "places")
        for moment in 0..<6 {
            for _ in 0..<moment * 7 {
                if !life.isRunning { life.begin() }
                if let action = life.chooseAction() { _ = life.act(action) } else { life.breakOff() }
            }
            if !life.isRunning { life.begin() }
            var archive = Archive()
            guard (try? archive.encode("state", life.task.state)) != nil,
                let tree: StateTree = try? archive.decode("state")
            else { continue }
            let count = tree.numberCount
            // Of long states some numbers only: to restore one may take as long as the episode did.
            let places = count <= 12 ? Array(0..<count) : (0..<12).map { _ in choices.index(below: count) }
            for place in places {
                for extreme in StateTree.extremes { check(tree.replacing(place, with: extreme), life, &notes) }
            }
        }
        notes.count(steps: life.stepCount)
    }

    private func check(_ tree: StateTree, _ life: CheckedLife<Task>, _ notes: inout CheckNotes) {
        var archive = Archive()
        guard (try? archive.encode("state", tree)) != nil,
            let state = try? archive.decode("state", as: Task.State.self)
        else { return }
        notes.announceDetail("the state \(brief(state))")
        var life = life
        life.task.state = state
        notes.count(steps: 4)
        for _ in 0..<4 where life.isRunning {
            _ = life.task.observation()
            guard let action = life.chooseAction() else { break }
            _ = life.act(action)
        }
        _ = life.task.observation()
        life.begin()
    }
}

/// An encoded state, whatever it is made of.
private indirect enum StateTree: Codable, Sendable {
    case null
    case boolean(Bool)
    case whole(Int64)
    case real(Double)
    case text(String)
    case list([StateTree])
    case members([String: StateTree])

    static let extremes: [StateTree] = [
        .whole(0), .whole(-1), .whole(1), .whole(7), .whole(255), .whole(-1_000_000_007), .whole(1_000_000_007),
        .whole(.max), .whole(.min), .real(0.5), .real(1e30), .real(-1e30), .real(1e300), .real(-1e300),
        .real(1e-300),
    ]

    init(from decoder: any Decoder) throws {
        if let members = try? [String: StateTree](from: decoder) {
            self = .members(members)
        } else if let list = try? [StateTree](from: decoder) {
            self = .list(list)
        } else {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .null
            } else if let boolean = try? value.decode(Bool.self) {
                self = .boolean(boolean)
            } else if let whole = try? value.decode(Int64.self) {
                self = .whole(whole)
            } else if let text = try? value.decode(String.self) {
                // "Infinity" is a number too.
                self = .text(text)
            } else {
                self = .real(try value.decode(Double.self))
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .boolean(let boolean): try value.encode(boolean)
        case .whole(let whole): try value.encode(whole)
        case .real(let real): try value.encode(real)
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        case .members(let members): try value.encode(members)
        }
    }

    var numberCount: Int {
        switch self {
        case .whole, .real: 1
        case .null, .boolean, .text: 0
        case .list(let list): list.reduce(0) { $0 + $1.numberCount }
        case .members(let members): members.values.reduce(0) { $0 + $1.numberCount }
        }
    }

    /// The tree with another number at place `place` of all of them; members are in the order of their names.
    func replacing(_ place: Int, with number: StateTree) -> StateTree {
        var rest = place
        return replacing(&rest, with: number)
    }

    private func replacing(_ rest: inout Int, with number: StateTree) -> StateTree {
        switch self {
        case .null, .boolean, .text: return self
        case .whole, .real:
            rest -= 1
            return rest == -1 ? number : self
        case .list(let list): return .list(list.map { $0.replacing(&rest, with: number) })
        case .members(let members):
            var replaced = members
            for name in members.keys.sorted() { replaced[name] = members[name]?.replacing(&rest, with: number) }
            return .members(replaced)
        }
    }
}
