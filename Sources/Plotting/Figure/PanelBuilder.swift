/// Lets a figure list its panels, with conditions and loops.
@resultBuilder
public enum PanelBuilder {
    public static func buildExpression(_ panel: Panel) -> [Panel] { [panel] }
    public static func buildExpression(_ panels: [Panel]) -> [Panel] { panels }
    public static func buildBlock(_ panels: [Panel]...) -> [Panel] { panels.flatMap { $0 } }
    public static func buildOptional(_ panels: [Panel]?) -> [Panel] { panels ?? [] }
    public static func buildEither(first panels: [Panel]) -> [Panel] { panels }
    public static func buildEither(second panels: [Panel]) -> [Panel] { panels }
    public static func buildArray(_ panels: [[Panel]]) -> [Panel] { panels.flatMap { $0 } }
}
