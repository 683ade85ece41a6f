import FileFormats
import Testing

struct NearestNameTests {
    @Test(arguments: [
        ("", "", 0), ("kitten", "sitting", 3), ("abc", "", 3), ("digist", "digits", 1), ("ca", "abc", 3),
    ])
    func `distances are those worked by hand`(a: String, b: String, distance: Int) {
        #expect(editDistance(a, b) == distance)
        #expect(editDistance(b, a) == distance)
    }

    @Test func `slips, case and beginnings are understood, strangers are not`() {
        let names = ["cart-pole", "pendulum", "fashion-mnist", "digits"]
        #expect(nearestName(to: "cartpole", among: names) == "cart-pole")
        #expect(nearestName(to: "Pendulm", among: names) == "pendulum")
        #expect(nearestName(to: "fashion", among: names) == "fashion-mnist")
        #expect(nearestName(to: "digist", among: names) == "digits")
        #expect(nearestName(to: "atari", among: names) == nil)
        #expect(nearestName(to: "x", among: []) == nil)
    }
}
