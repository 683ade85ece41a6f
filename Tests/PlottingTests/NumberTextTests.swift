import Plotting
import Testing

@Suite struct NumberTextTests {
    @Test func `fixed numbers have commas, a real minus sign and their decimals`() {
        #expect(NumberText.fixed(1_165_189) == "1,165,189")
        #expect(NumberText.fixed(-0.25, decimals: 2) == "−0.25")
        #expect(NumberText.fixed(999.999, decimals: 2) == "1,000.00")
        #expect(NumberText.fixed(-0.001, decimals: 1) == "0.0")
        #expect(NumberText.fixed(0.05, decimals: 3) == "0.050")
        #expect(NumberText.fixed(.nan) == "–")
        #expect(NumberText.fixed(-.infinity) == "−∞")
    }

    @Test func `short numbers keep their significant digits`() {
        #expect(NumberText.short(475.25) == "475")
        #expect(NumberText.short(0.011_749) == "0.0117")
        #expect(NumberText.short(97, digits: 6) == "97")
        #expect(NumberText.short(1e30) == "1×10³⁰")
        #expect(NumberText.short(0.0099) == "0.0099" && NumberText.significant(0.0099) == "0.00990")
        #expect(NumberText.significant(0.01) == "0.0100" && NumberText.significant(125.5) == "126")
        #expect(NumberText.short(-3.456e-7) == "−3.46×10⁻⁷")
        #expect(NumberText.short(0) == "0")
    }

    @Test func `scientific numbers carry over when they round up to ten`() {
        #expect(NumberText.scientific(9.999e8) == "1×10⁹")
        #expect(NumberText.scientific(1.2e9) == "1.2×10⁹")
        #expect(NumberText.scientific(.greatestFiniteMagnitude) == "1.8×10³⁰⁸")
        #expect(NumberText.scientific(.leastNonzeroMagnitude).hasSuffix("×10⁻³²⁴"))
    }
}
