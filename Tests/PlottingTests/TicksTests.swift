import Plotting
import Testing

@Suite struct TicksTests {
    @Test func `ticks are multiples of 1, 2 or 5 times a power of ten`() {
        #expect(Ticks.linear(0...100, atMost: 6).values == [0, 20, 40, 60, 80, 100])
        #expect(Ticks.linear(0...100, atMost: 6).labels == ["0", "20", "40", "60", "80", "100"])
        #expect(Ticks.linear(0...100, atMost: 3).values == [0, 50, 100])
        #expect(Ticks.linear(-1.2...1.1, atMost: 5).labels == ["−1.0", "−0.5", "0.0", "0.5", "1.0"])
        #expect(Ticks.linear(0.0035...0.0138, atMost: 3).labels == ["0.005", "0.010"])
    }

    @Test func `ticks are the decimal numbers that they are labelled with`() {
        #expect(Ticks.linear(0...1, atMost: 11).values == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
    }

    @Test func `only whole numbers are marked where others have no meaning`() {
        #expect(Ticks.linear(1...3, atMost: 8, minimumStep: 1).values == [1, 2, 3])
    }

    @Test func `thousands are separated and large values counted in words`() {
        #expect(Ticks.linear(0...40_000, atMost: 5).labels == ["0", "10,000", "20,000", "30,000", "40,000"])
        let steps = Ticks.linear(0...100_000, atMost: 6, wordsFrom: 10_000)
        #expect(steps.labels == ["0", "20", "40", "60", "80", "100"])
        #expect(steps.unit == "thousands")
        let inertia = Ticks.linear(0...1.2e9, atMost: 4)
        #expect(inertia.labels == ["0.0", "0.5", "1.0"])
        #expect(inertia.unit == "billions")
    }

    @Test func `tiny values share a power of ten`() {
        let ticks = Ticks.linear(0...3e-7, atMost: 4)
        #expect(ticks.labels == ["0", "1", "2", "3"])
        #expect(ticks.unit == "×10⁻⁷")
    }

    @Test func `a tiny range around a large number counts from that number`() {
        let ticks = Ticks.linear(999_999.999_6...1_000_000.000_4, atMost: 5)
        #expect(ticks.labels == ["−4", "−2", "0", "2", "4"])
        #expect(ticks.unit == "×10⁻⁴ + 1,000,000")
    }

    @Test func `logarithmic ticks are powers of ten with the multiples between`() {
        let ticks = Ticks.logarithmic(0.6...60, atMost: 5)
        #expect(ticks.labels == ["10⁰", "10¹"])
        #expect(
            ticks.minorValues.map { ($0 * 10).rounded() / 10 } == [
                0.6, 0.7, 0.8, 0.9, 2, 3, 4, 5, 6, 7, 8, 9, 20, 30, 40, 50, 60,
            ])
        #expect(Ticks.logarithmic(1e-6...1e6, atMost: 5).labels == ["10⁻⁶", "10⁻³", "10⁰", "10³", "10⁶"])
        #expect(Ticks.logarithmic(3...23, atMost: 4).labels == ["5", "10", "20"])
    }

    @Test func `a range that cannot be marked has no ticks`() {
        #expect(Ticks.linear(5...5, atMost: 5).values.isEmpty)
        #expect(Ticks.linear(0...Double.infinity, atMost: 5).values.isEmpty)
        #expect(Ticks.logarithmic(0...10, atMost: 5).values.isEmpty)
    }

    @Test(arguments: [1e-12, 3e-7, 0.02, 1, 47, 1.3e4, 9.9e5, 1.2e9, 7e20, 1e120])
    func `there are never more ticks than asked for and all lie in the range`(size: Double) {
        for low in [-0.37 * size, 0, 0.9 * size, 1e3 * size] {
            let range = low...low + size
            for count in 1...9 {
                let ticks = Ticks.linear(range, atMost: count)
                #expect(ticks.values.count <= count)
                #expect(
                    ticks.values.allSatisfy {
                        range.contains($0) || abs($0 - low) < 1e-6 * size || abs($0 - low - size) < 1e-6 * size
                    })
                #expect(Set(ticks.labels).count == ticks.labels.count, "\(range): \(ticks.labels)")
            }
        }
    }

    @Test func `an axis that ends a step before a round number is labelled with that number`() {
        #expect(Ticks.linear(0...99_999, atMost: 6).labels.last == "100,000")
        #expect(Ticks.linear(0...99_000, atMost: 6).labels.last == "80,000")
    }
}
