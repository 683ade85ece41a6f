import FileFormats
import Plotting
import Testing

@Suite struct ThemeTests {
    private static let paper = Color.paper

    @Test func `lines and marks keep a contrast of 3 on dark paper`() {
        let tone = ThemeTests.paper.tone(in: .dark)
        for index in 0..<30 {
            #expect(Palette.color(index).onDark.contrast(with: tone) >= 3, "series \(index)")
            #expect(Palette.groupColor(index).onDark.contrast(with: tone) >= 3, "group \(index)")
        }
    }

    @Test(arguments: Theme.allCases) func `every text of every figure has a contrast of 4.5 to what it stands on`(
        theme: Theme
    ) {
        for (name, figure) in SampleFigures.all {
            var texts = 0
            // What covers a place: the paper, or the filled rectangle drawn last.
            var fills: [(Rectangle, Color)] = []
            for command in figure.scene().commands {
                if case .rectangle(let place, _, let fill?, _) = command, fill.alpha == 1 {
                    fills.append((place, fill))
                }
                guard case .text(let line) = command else { continue }
                texts += 1
                let ground = fills.last { $0.0.contains(line.bounds, tolerance: 1) }?.1 ?? .paper
                let contrast = line.color.tone(in: theme).contrast(with: ground.tone(in: theme))
                #expect(contrast >= 4.5, "\(name): \(line.string) \(contrast)")
            }
            #expect(texts > 10)
        }
    }

    @Test func `contrast is that of the Web Content Accessibility Guidelines`() {
        let black = Color.Tone(red: 0, green: 0, blue: 0), white = Color.Tone(red: 1, green: 1, blue: 1)
        #expect(abs(black.contrast(with: white) - 21) < 1e-9)
        // #767676 is the lightest grey that passes on white: 4.54.
        let grey = Color.Tone(red: 118.0 / 255, green: 118.0 / 255, blue: 118.0 / 255)
        #expect(abs(grey.contrast(with: white) - 4.54) < 0.005)
    }

    @Test func `a colour without a tone for dark paper gets one that can be seen there`() {
        let paper = Color.paper.onDark
        #expect(Color(hex: 0xFFFFFF).onDark == paper)
        for hex: UInt32 in [0x000000, 0x000080, 0x4B0082, 0x8B0000, 0xFF0000, 0xFFD700] {
            #expect(Color(hex: hex).onDark.contrast(with: paper) >= 3)
        }
    }

    @Test func `the shades of a heat map go away from the paper, step by step`() {
        for theme in Theme.allCases {
            let paper = Color.paper.tone(in: theme)
            let contrasts = (0...20).map { Palette.shade(Double($0) / 20).tone(in: theme).contrast(with: paper) }
            #expect(zip(contrasts, contrasts.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test func `the two papers differ in the picture and nothing else does`() throws {
        let light = try SampleFigures.clusters.image(scale: 1, theme: .light)
        let dark = try SampleFigures.clusters.image(scale: 1, theme: .dark)
        #expect(Array(light.pixels[0..<3]) == [255, 255, 255])
        #expect(Array(dark.pixels[0..<3]) == [0x14, 0x19, 0x1F])
        #expect(light.width == dark.width && light.height == dark.height)
    }
}
