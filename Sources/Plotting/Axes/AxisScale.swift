/// How values are spread along an axis.
public enum AxisScale: Sendable, Equatable { case linear, logarithmic }
