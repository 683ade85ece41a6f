/// Moves markers that would cover each other apart.
enum MarkerLayout {
    struct Item {
        let label: String
        let group: Int
        /// Where the marker points to.
        let target: Point
        let size: Size
    }

    private static let rounds = 60

    /// A box for each item, at its target where there is room, else pushed away from its neighbours.
    static func boxes(of items: [Item], inside plot: Rectangle) -> [Rectangle] {
        var boxes = items.map { item in
            Rectangle(
                left: item.target.x - item.size.width / 2, top: item.target.y - item.size.height / 2,
                width: item.size.width, height: item.size.height)
        }
        for _ in 0..<rounds {
            var moved = false
            for a in boxes.indices {
                for b in boxes.indices where b > a {
                    guard boxes[a].expanded(by: 1).overlaps(boxes[b].expanded(by: 1)) else { continue }
                    separate(&boxes, a, b)
                    moved = true
                }
            }
            for index in boxes.indices {
                boxes[index].left = min(max(boxes[index].left, plot.left), plot.right - boxes[index].width)
                boxes[index].top = min(max(boxes[index].top, plot.top), plot.bottom - boxes[index].height)
            }
            if !moved { break }
        }
        return boxes
    }

    /// Pushes two boxes apart along the axis on which they overlap less.
    private static func separate(_ boxes: inout [Rectangle], _ a: Int, _ b: Int) {
        let (first, second) = (boxes[a], boxes[b])
        let across = min(first.right, second.right) - max(first.left, second.left) + 2
        let down = min(first.bottom, second.bottom) - max(first.top, second.top) + 2
        if across < down {
            let push = (first.center.x <= second.center.x ? 1 : -1) * (across / 2 + 0.1)
            boxes[a].left -= push
            boxes[b].left += push
        } else {
            let push = (first.center.y <= second.center.y ? 1 : -1) * (down / 2 + 0.1)
            boxes[a].top -= push
            boxes[b].top += push
        }
    }
}
