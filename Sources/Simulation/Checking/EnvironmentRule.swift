/// One rule of the contract of `Environment`, as `EnvironmentChecker` holds a task to it.
public enum EnvironmentRule: String, CaseIterable, Sendable, Codable {
    // What the task says about itself.
    case spacesAreValid, actionFitsSpace, spacesStay, playersAreCounted, maskIsAnnounced
    // What it shows.
    case observationIsComplete, observationIgnoresRow, observationIsFinite, observationIsInside, observationVaries
    case lookingChangesNothing, maskIsComplete, maskLeavesAChoice, endIsShown
    // What a step brings.
    case rewardIsFinite, rewardIsModerate, truncationIsLeft, episodesEnd, actionsMatter
    // Turns, and the policy that the task knows.
    case turnsChange, rewardIsTheActors, heuristicIsAllowed
    // Copies, streams and episodes.
    case streamIsKept, copiesShareNothing, isReproducible, seedsMatter, startsAfresh
    // The state.
    case stateEqualsItself, stateIsSettable, stateSurvivesCoding, stateIsComplete, vectorIsTheState
    // Constants.
    case parametersAreSound, parametersMatter, parameterRangesHold
    // Many copies.
    case batchesAgree, batchIsRestored, stepCostIsTold
    // The process.
    case nothingTraps

    /// What a task that keeps the rule does: "writes every element of the observation".
    public var statement: String {
        switch self {
        case .spacesAreValid: "has spaces with members"
        case .actionFitsSpace: "has an action type that fits its action space"
        case .spacesStay: "keeps its spaces, whatever happens and whatever its constants are"
        case .playersAreCounted: "has one or two players, and says which of them is on turn"
        case .maskIsAnnounced: "has an action mask if, and only if, it says so"
        case .observationIsComplete: "writes every element of the observation"
        case .observationIgnoresRow: "writes observations that do not depend on what the row held"
        case .observationIsFinite: "writes finite numbers"
        case .observationIsInside: "shows observations inside of their space"
        case .observationVaries: "shows nothing that is always the same"
        case .lookingChangesNothing: "can be looked at twice, and shows the same"
        case .maskIsComplete: "writes every element of the action mask"
        case .maskLeavesAChoice: "allows at least one choice for each component"
        case .endIsShown: "stays at an episode's end until it is reset"
        case .rewardIsFinite: "gives finite rewards, as Float too"
        case .rewardIsModerate: "gives rewards of a moderate size"
        case .truncationIsLeft: "leaves truncation to TimeLimit"
        case .episodesEnd: "has episodes that end"
        case .actionsMatter: "does something else for another action"
        case .turnsChange: "lets both players move"
        case .rewardIsTheActors: "rewards the player who acted"
        case .heuristicIsAllowed: "has a heuristic that takes allowed actions only"
        case .streamIsKept: "draws from the stream that it is handed, and does nothing else to it"
        case .copiesShareNothing: "shares nothing between copies"
        case .isReproducible: "lives through the same with the same stream and actions"
        case .seedsMatter: "makes something of what it draws from the stream"
        case .startsAfresh: "keeps nothing of an episode beyond the reset"
        case .stateEqualsItself: "has a state that equals itself"
        case .stateIsSettable: "has the state that it was given"
        case .stateSurvivesCoding: "has a state that is the same after encoding and decoding"
        case .stateIsComplete: "goes on exactly from a state that it was given"
        case .vectorIsTheState: "has a state that is its vector of named numbers"
        case .parametersAreSound: "has constants with names of their own, inside their ranges"
        case .parametersMatter: "has constants with an effect"
        case .parameterRangesHold: "stays finite at the ends of its constants' ranges"
        case .batchesAgree: "does the same in a batch as on its own, on any number of threads"
        case .batchIsRestored: "goes on exactly in a batch that was saved and restored"
        case .stepCostIsTold: "tells about how long a step takes"
        case .nothingTraps: "never ends the process"
        }
    }

    /// What to do about a task that breaks the rule.
    var advice: String {
        switch self {
        case .spacesAreValid: "give at least one choice or element, and bounds with low ≤ high"
        case .actionFitsSpace:
            "use Int for a discrete space, InlineArray<k, Int> for a multi-discrete or binary one of k components, "
                + "InlineArray<k, Float> for a box of k numbers"
        case .spacesStay: "let observationSpace and actionSpace depend on nothing that changes"
        case .playersAreCounted: "let playerCount be 1 or 2, and player one of 0 ..< playerCount"
        case .maskIsAnnounced: "set hasActionMask to whether writeActionMask can forbid a choice"
        case .observationIsComplete: "write row[i] for every i, zeros too: the row holds whatever was there before"
        case .observationIgnoresRow: "assign to row[i]; do not add to it or read it"
        case .observationIsFinite: "clamp what can overflow, and keep clear of 0/0 and roots of negative numbers"
        case .observationIsInside: "widen the bounds of observationSpace, or end the episode or clamp before them"
        case .observationVaries: "leave the element out, or look whether it is computed from what changes"
        case .lookingChangesNothing: "let observe, writeActionMask and heuristicAction only read, and draw nothing"
        case .maskIsComplete: "write row[i] for every i, false too"
        case .maskLeavesAChoice: "allow a move that does nothing, or end the episode in the step that leads there"
        case .endIsShown: "do not begin the next episode in step: the batch calls reset after it has observed the end"
        case .rewardIsFinite: "look for overflow, division by zero and logarithms of zero in the reward"
        case .rewardIsModerate: "scale the rewards, or wrap the task in ScaledReward: networks learn numbers around 1"
        case .truncationIsLeft:
            "return .terminated for an end of the task itself, and wrap it in TimeLimit for the rest"
        case .episodesEnd: "wrap the task in TimeLimit, or name its stepLimit"
        case .actionsMatter: "look whether step reads its action"
        case .turnsChange: "let player change in step"
        case .rewardIsTheActors: "give the reward as the player who acted sees it: winning is positive for both"
        case .heuristicIsAllowed: "let heuristicAction choose among what writeActionMask allows"
        case .streamIsKept: "do not assign to the stream or to its position: whoever makes the batch seeds it"
        case .copiesShareNothing: "keep everything in structs: no classes, no static variables"
        case .isReproducible:
            "draw from the stream that reset and step are handed, and from nothing else: no clock, no system random "
                + "numbers, no order of a Set or Dictionary, no static variables"
        case .seedsMatter: "use the stream that reset is handed, and no stream with a seed of the task's own"
        case .startsAfresh: "set every property that changes in an episode anew in reset"
        case .stateEqualsItself: "keep NaN out of the state, and compare all of it in =="
        case .stateIsSettable: "let the setter of state take over each property that the getter reads"
        case .stateSurvivesCoding: "encode every property, and Double as Double"
        case .stateIsComplete:
            "move every property that changes in step or reset into State, and recompute what is derived from it"
        case .vectorIsTheState: "let vector and init(vector:) list the same numbers in the order of names"
        case .parametersAreSound: "give each field a name of its own and a range that holds its default"
        case .parametersMatter: "compute with parameters in reset and step, and not with a copy made earlier"
        case .parameterRangesHold: "narrow the field's range"
        case .batchesAgree:
            "let the lane-parallel motion do what step does, in the same order of operations; keep everything in structs"
        case .batchIsRestored: "move every property that changes in step or reset into State"
        case .stepCostIsTold: "set stepCost to about the nanoseconds that a step takes"
        case .nothingTraps:
            "check numbers before they index or overflow; let init(from:) of State throw for states that cannot be"
        }
    }
}
