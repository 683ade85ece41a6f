extension Double {
    /// Whether a picture can show the value: finite, and so far from the largest numbers that differences of two
    /// values cannot overflow.
    var isPlottable: Bool { magnitude < 1e150 }
}
