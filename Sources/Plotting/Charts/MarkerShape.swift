/// Marks along a line that tell it from others of its colour.
enum MarkerShape: CaseIterable {
    case circle, square, triangle

    private static let reach = 3.0

    /// A hollow mark around `place`.
    func commands(at place: Point, _ color: Color) -> [DrawingCommand] {
        let reach = MarkerShape.reach
        let stroke = Stroke(color, width: 1.3)
        switch self {
        case .circle, .square:
            let side = self == .circle ? reach : 0.9 * reach
            let box = Rectangle(left: place.x - side, top: place.y - side, width: 2 * side, height: 2 * side)
            return [.rectangle(box, cornerRadius: self == .circle ? side : 0, fill: .paper, stroke: stroke)]
        case .triangle:
            let corners = [
                place.moved(0, -1.15 * reach), place.moved(1.1 * reach, 0.85 * reach),
                place.moved(-1.1 * reach, 0.85 * reach),
            ]
            return [.polygon(corners, fill: .paper), .polyline(corners + [corners[0], corners[1]], stroke)]
        }
    }
}
