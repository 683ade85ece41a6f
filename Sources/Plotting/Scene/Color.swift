import Foundation

/// A colour of a figure: how it looks on light paper and how on dark, with one opacity for both.
public struct Color: Sendable, Equatable {
    /// Red, green and blue in sRGB, each in 0…1.
    public struct Tone: Sendable, Equatable {
        public var red: Double
        public var green: Double
        public var blue: Double

        public init(red: Double, green: Double, blue: Double) {
            self.red = red
            self.green = green
            self.blue = blue
        }

        init(hex: UInt32) {
            self.init(
                red: Double(hex >> 16 & 0xFF) / 255, green: Double(hex >> 8 & 0xFF) / 255,
                blue: Double(hex & 0xFF) / 255)
        }
    }

    public var onLight: Tone
    public var onDark: Tone
    /// 0 (invisible) … 1 (opaque).
    public var alpha: Double

    /// The tones for both papers, written as in a style sheet: `Color(hex: 0x0072B2, onDark: 0x4AA3DF)`.
    public init(hex: UInt32, onDark: UInt32) {
        self.onLight = Tone(hex: hex)
        self.onDark = Tone(hex: onDark)
        alpha = 1
    }

    /// A colour for light paper, written as in a style sheet, whose tone for dark paper is derived; see
    /// `Tone.turnedForDarkPaper`.
    public init(hex: UInt32) {
        onLight = Tone(hex: hex)
        onDark = onLight.turnedForDarkPaper
        alpha = 1
    }

    /// A colour for light paper, each component in 0…1, whose tone for dark paper is derived.
    public init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
        onLight = Tone(red: red, green: green, blue: blue)
        onDark = onLight.turnedForDarkPaper
        self.alpha = alpha
    }

    private init(_ onLight: Tone, onDark: Tone, alpha: Double) {
        self.onLight = onLight
        self.onDark = onDark
        self.alpha = alpha
    }

    /// What everything is drawn on.
    public static let paper = Color(hex: 0xFFFFFF, onDark: 0x14191F)

    public func tone(in theme: Theme) -> Tone { theme == .light ? onLight : onDark }

    /// The same colour, `alpha` opaque.
    public func opacity(_ alpha: Double) -> Color { Color(onLight, onDark: onDark, alpha: alpha) }

    /// The opaque mixture of `share` of this colour with the rest of `other`, on each paper by itself.
    public func mixed(_ share: Double, with other: Color) -> Color {
        Color(
            onLight.mixed(share, with: other.onLight), onDark: onDark.mixed(share, with: other.onDark), alpha: 1)
    }

    /// Whichever of paper and ink is easier to read on a surface of this colour.
    public var readableInk: Color {
        func better(_ theme: Theme) -> Tone {
            let fill = tone(in: theme)
            let (paper, ink) = (Color.paper.tone(in: theme), Ink.headline.tone(in: theme))
            return paper.contrast(with: fill) > ink.contrast(with: fill) ? paper : ink
        }
        return Color(better(.light), onDark: better(.dark), alpha: 1)
    }

    /// This colour with as much ink in it as text on paper needs to be readable: a contrast of 4.5.
    public var asText: Color {
        func legible(_ theme: Theme) -> Tone {
            let (paper, ink, tone) = (Color.paper.tone(in: theme), Ink.headline.tone(in: theme), tone(in: theme))
            let mixtures = stride(from: 1, through: 0, by: -1.0 / 32).lazy.map { tone.mixed($0, with: ink) }
            return mixtures.first { $0.contrast(with: paper) >= Tone.textContrast } ?? ink
        }
        return Color(legible(.light), onDark: legible(.dark), alpha: alpha)
    }
}

extension Color.Tone {
    /// What the Web Content Accessibility Guidelines 2.2 ask for: of text (1.4.3), and of lines and marks (1.4.11).
    static let textContrast = 4.5
    static let lineContrast = 3.0

    func mixed(_ share: Double, with other: Self) -> Self {
        Self(
            red: share * red + (1 - share) * other.red, green: share * green + (1 - share) * other.green,
            blue: share * blue + (1 - share) * other.blue)
    }

    /// Relative luminance, 0 (black) … 1 (white).
    var luminance: Double {
        func linear(_ value: Double) -> Double {
            value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// 1 (the same) … 21 (black on white).
    public func contrast(with other: Self) -> Double {
        let (a, b) = (luminance, other.luminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// The tone's counterpart on dark paper, where none was chosen: greys change places, white becoming paper and
    /// black nearly white; other tones are made light enough to be seen.
    fileprivate var turnedForDarkPaper: Self {
        let paper = Color.Tone(hex: 0x14191F), ink = Color.Tone(hex: 0xF2F5F8)
        let spread = max(red, green, blue) - min(red, green, blue)
        if spread < 0.14 { return paper.mixed((red + green + blue) / 3, with: ink) }
        let lighter = stride(from: 1, through: 0, by: -1.0 / 32).lazy.map { mixed($0, with: ink) }
        return lighter.first { $0.contrast(with: paper) >= Self.lineContrast } ?? ink
    }
}
