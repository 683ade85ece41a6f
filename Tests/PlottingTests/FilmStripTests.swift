import Foundation
import Plotting
import Testing

@Suite struct FilmStripTests {
    private func strip(_ count: Int, aspectRatio: Double, columns: Int = 5) -> FilmStrip {
        let sketch = Sketch(
            x: 0...aspectRatio, y: 0...1,
            shapes: [.polygon([.init(0, 0), .init(aspectRatio, 0), .init(aspectRatio, 1), .init(0, 1)], .body)])
        return FilmStrip((0..<count).map { .init("step \($0)", note: "return \($0)", sketch) }, columns: columns)
    }

    /// The corners of every picture that was drawn.
    private func pictures(_ figure: Figure) -> [(left: Double, right: Double, top: Double, bottom: Double)] {
        figure.scene().commands.compactMap { command in
            guard case .clipped(_, let inner) = command, case .polygon(let corners, _)? = inner.first else {
                return nil
            }
            let (xs, ys) = (corners.map(\.x), corners.map(\.y))
            return (xs.min()!, xs.max()!, ys.min()!, ys.max()!)
        }
    }

    private func figure(_ strip: FilmStrip, width: Double) -> Figure {
        Figure(
            title: "Film", width: width,
            rowHeights: [strip.height(width: width - 40, columns: strip.columns ?? 5)]
        ) { Panel("", strip) }
    }

    @Test(arguments: [3.2, 1.0, 0.5], [380.0, 825, 1200])
    func `pictures keep their proportions, their order and apart`(aspectRatio: Double, width: Double) {
        let drawn = pictures(figure(strip(10, aspectRatio: aspectRatio), width: width))
        #expect(drawn.count == 10)
        for (index, picture) in drawn.enumerated() {
            let (w, h) = (picture.right - picture.left, picture.bottom - picture.top)
            #expect(abs(w / h - aspectRatio) < 1e-6 * aspectRatio)
            #expect(w > 30 && picture.left >= 0 && picture.right <= width)
            for other in drawn[..<index] {
                let isRight = picture.left >= other.right - 1e-9
                let isBelow = picture.top >= other.bottom - 1e-9
                #expect(isRight || isBelow)
            }
        }
    }

    @Test func `there are two lines of words beneath each picture`() {
        for columns in [2, 5, 10] {
            let scene = figure(strip(10, aspectRatio: 1, columns: columns), width: 825).scene()
            #expect(scene.texts.filter { $0.string.hasPrefix("step ") }.count == 10)
            #expect(scene.texts.filter { $0.string.hasPrefix("return ") }.count == 10)
        }
    }

    /// A sketch 4 wide and 2 high in a square: scaled by the width, in the middle of the height.
    @Test func `an arrow ends at its tip and its head points along it`() throws {
        let sketch = Sketch(x: 0...4, y: 0...2, shapes: [.arrow([.init(1, 1), .init(3, 1)], .action)])
        let scene = figure(FilmStrip([.init("step 0", note: "", sketch)], columns: 1), width: 380).scene()
        let inner = try #require(
            scene.commands.compactMap { if case .clipped(let area, let inner) = $0 { (area, inner) } else { nil } }
                .first)
        guard case .polygon(let head, _)? = inner.1.last else { return #expect(Bool(false), "no head") }
        #expect(abs(head[0].x - (inner.0.left + 0.75 * inner.0.width)) < 1e-9)
        #expect(abs(head[0].y - inner.0.center.y) < 1e-9)
        #expect(head[1].x < head[0].x && head[2].x == head[1].x)
    }
}
