public import Glibc

/// Sine and cosine of `angle`, in radians, both at once and inlined into the loop that asks: the loops over thousands of
/// pendulums spend most of their time here.
///
/// As accurate as the C library's: the error is below one unit in the last place. The angle is reduced to ±π/4 in three
/// parts of π/2 (Cody and Waite, 1980), and there the minimax polynomials of Sun's fdlibm (1993) apply; beyond some ten
/// thousand turns the C library answers. Every operation is rounded by itself, so the result is the same on all machines.
@inlinable
public func sineAndCosine(of angle: Double) -> (sine: Double, cosine: Double) {
    if angle.magnitude <= 0.25 * Double.pi {
        return sineAndCosine(reduced: angle, rest: 0)
    }
    guard angle.magnitude < 1e5 else { return (sin(angle), cos(angle)) }
    let (reduced, rest, shifted) = reduced(angle)
    let (sine, cosine) = sineAndCosine(reduced: reduced, rest: rest)
    switch shifted.bitPattern & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
}

/// `angle` less the nearest multiple of π/2, what rounding took from that, and a number whose lowest two bits say how many
/// quarters of a turn were taken.
@inlinable @inline(__always)
func reduced<Number: LaneArithmetic>(_ angle: Number) -> (reduced: Number, rest: Number, quadrant: Number) {
    // Adding 1.5 · 2⁵² rounds to a whole number, which then stands in the lowest bits.
    let quadrant: Number = (2 / Double.pi) * angle + Number(0x1.8p52)
    let quarters = quadrant - Number(0x1.8p52)
    // π/2 in parts of 33 bits each, so that the first two products are exact.
    let high = angle - 0x1.921fb544p+0 * quarters
    let middle = 0x1.0b4611a6p-34 * quarters
    let low = high - middle
    let lost: Number = ((high - low) - middle) - 0x1.3198a2e037073p-69 * quarters
    let reduced = low + lost
    return (reduced, (low - reduced) + lost, quadrant)
}

/// Sine and cosine of x + rest, where |x| ≤ π/4 and `rest` is below half a unit in the last place of x.
@inlinable @inline(__always)
func sineAndCosine<Number: LaneArithmetic>(
    reduced x: Number, rest: Number
) -> (sine: Number, cosine: Number) {
    let z = x * x
    let cube = z * x
    let s5: Number = -0x1.ae5e68a2b9cebp-26 + 0x1.5d93a5acfd57cp-33 * z
    let s4: Number = 0x1.71de357b1fe7dp-19 + z * s5
    let s3: Number = -0x1.a01a019c161d5p-13 + z * s4
    let s2: Number = 0x1.111111110f8a6p-7 + z * s3
    let correction: Number = z * (0.5 * rest - cube * s2) - rest
    let sine = x - (correction + 0x1.5555555555549p-3 * cube)

    let c5: Number = 0x1.1ee9ebdb4b1c4p-29 - 0x1.8fae9be8838d4p-37 * z
    let c4: Number = -0x1.27e4f809c52adp-22 + z * c5
    let c3: Number = 0x1.a01a019cb159p-16 + z * c4
    let c2: Number = -0x1.6c16c16c15177p-10 + z * c3
    let c1: Number = 0x1.555555555554cp-5 + z * c2
    let half = 0.5 * z
    let whole: Number = 1.0 - half
    let cosine = whole + (((1.0 - whole) - half) + (z * (z * c1) - x * rest))
    return (sine, cosine)
}
