import Foundation
import LinearAlgebra
import Testing

@Suite struct `Sine and cosine at once` {
    /// Angles of all magnitudes up to `reach`, evenly on a logarithmic scale, and their opposites.
    private func angles(upTo reach: Double, count: Int = 200_000) -> [Double] {
        (0..<count).map { place in
            let share = Double(place) / Double(count)
            return (place % 2 == 0 ? 1 : -1) * reach * exp(-30 * share * share) * (1 - 1e-9 * Double(place))
        }
    }

    @Test(arguments: [0.25 * Double.pi, 20, 1e5, 1e9])
    func `are the C library's to one unit in the last place`(reach: Double) {
        var largest = 0.0
        for angle in angles(upTo: reach) {
            let (sine, cosine) = sineAndCosine(of: angle)
            largest = max(largest, abs(sine - sin(angle)) / sin(angle).ulp, abs(cosine - cos(angle)) / cos(angle).ulp)
        }
        #expect(largest <= 1)
    }

    @Test func `are exact where they are known`() {
        #expect(sineAndCosine(of: 0) == (0, 1))
        #expect(sineAndCosine(of: .infinity).sine.isNaN)
        let (sine, cosine) = sineAndCosine(of: Double.pi / 2)
        #expect(sine == 1 && abs(cosine - 6.123_233_995_736_766e-17) < 1e-32)
    }

    @Test(arguments: [0.7, 20, 1e5, 1e9])
    func `of eight angles are, bit for bit, those of each`(reach: Double) {
        let angles = angles(upTo: reach, count: 40_000)
        for first in stride(from: 0, to: angles.count, by: 8) {
            var lanes = DoubleLanes(0)
            for place in 0..<8 { lanes[place] = angles[first + place] }
            let both = DoubleLanes.sineAndCosine(of: lanes)
            for place in 0..<8 {
                let (sine, cosine) = sineAndCosine(of: angles[first + place])
                #expect(both.sine[place].bitPattern == sine.bitPattern)
                #expect(both.cosine[place].bitPattern == cosine.bitPattern)
            }
        }
    }
}
