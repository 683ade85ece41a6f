/// Whether there is a value, and within `distance` of the expected one.
func isNear(_ value: Double?, _ expected: Double, within distance: Double = 1e-12) -> Bool {
    guard let value else { return false }
    return abs(value - expected) <= distance
}
