/// A figure laid out: its size in points and what to draw, in order. Independent of the library that draws it.
public struct Scene: Sendable, Equatable {
    public let size: Size
    public let commands: [DrawingCommand]

    public init(size: Size, commands: [DrawingCommand]) {
        self.size = size
        self.commands = commands
    }

    /// Every line of text in drawing order, for checks of the layout.
    public var texts: [TextLine] { Scene.texts(in: commands) }

    private static func texts(in commands: [DrawingCommand]) -> [TextLine] {
        commands.flatMap { command -> [TextLine] in
            switch command {
            case .text(let line): [line]
            case .clipped(_, let inner): texts(in: inner)
            default: []
            }
        }
    }
}
