/// Points in the plane whose colour is a third value: parameters of trials coloured by their objective or its rank.
public struct ValueScatter: Chart {
    public let x: [Double]
    public let y: [Double]
    /// What the colours show, `[n]`; points without a number are grey.
    public let values: [Double]
    public var xAxis: Axis
    public var yAxis: Axis
    /// The title, scale and range of the colours.
    public var valueAxis: Axis
    /// Whether the key to the colours stands at the right; one of several charts in a row suffices.
    public var showsKey: Bool

    public init(
        x: [Double], y: [Double], values: [Double], xAxis: Axis = .automatic, yAxis: Axis = .automatic,
        valueAxis: Axis = .automatic, showsKey: Bool = true
    ) {
        precondition(
            x.count == y.count && x.count == values.count,
            "points need as many x as y and values: \(x.count), \(y.count), \(values.count)")
        self.x = x
        self.y = y
        self.values = values
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.valueAxis = valueAxis
        self.showsKey = showsKey
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let frame = CartesianFrame(
            xAxis: xAxis, yAxis: yAxis, xLimits: xAxis.limits(showing: x, padding: 0.04, zeroWithin: 0),
            yLimits: yAxis.limits(showing: y, padding: 0.05, zeroWithin: 0), size: size, measuring: measure)
        let key = ColorBar(valueAxis, showing: values, height: size.height, measuring: measure)
        var insets = frame.insets
        if showsKey { insets.right = max(insets.right, key.width) }
        return ChartPlan(insets: insets) { plot in
            frame.commands(in: plot) + [.clipped(to: plot.expanded(by: 4), dots(frame, key, in: plot))]
                + (showsKey ? key.commands(rightOf: plot) : [])
        }
    }

    private func dots(_ frame: CartesianFrame, _ key: ColorBar, in plot: Rectangle) -> [DrawingCommand] {
        let radius = min(max(28 / Double(max(x.count, 1)).squareRoot(), 1.4), 3.2)
        var places: [Point] = [], colors: [Color] = []
        for index in x.indices {
            guard let place = frame.place(x[index], y[index], in: plot) else { continue }
            places.append(place)
            colors.append(key.color(of: values[index]) ?? Palette.noise)
        }
        // A rim keeps pale points apart from the paper and dark ones from each other.
        return zip(places, colors).flatMap { place, color -> [DrawingCommand] in
            [
                .dots([place], colorIndices: [0], colors: [Ink.text], radius: radius + 0.5),
                .dots([place], colorIndices: [0], colors: [color], radius: radius),
            ]
        }
    }
}
