/// Which programs made a run.
public struct Versions: Codable, Sendable, Equatable {
    public var fledge: String
    public var swift: String

    /// Those of this process.
    public static let current = Versions(fledge: "0.1.0", swift: compiler)

    private static var compiler: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
