import Foundation
import FoundationXML
import Plotting
import Testing

@Suite struct FigureFilesTests {
    /// What an SVG file holds, read by an XML parser.
    private final class Contents: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        var texts: [String] = []
        var metadata = ""
        private var path: [String] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements.append((name, attributes))
            path.append(name)
            if name == "text" { texts.append("") }
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            path.removeLast()
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if path.last == "text" { texts[texts.count - 1] += string }
            if path.last == "metadata" { metadata += string }
        }
    }

    private func contents(_ svg: [UInt8]) throws -> Contents {
        let contents = Contents()
        let parser = XMLParser(data: Data(svg))
        parser.delegate = contents
        try #require(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
        return contents
    }

    @Test(arguments: SampleFigures.all.indices)
    func `an SVG holds every line of text as text, and no id`(index: Int) throws {
        let figure = SampleFigures.all[index].figure
        let contents = try contents(figure.svg())
        let expected = figure.scene().texts.map(\.string).filter { $0.contains { !$0.isWhitespace } }
        #expect(contents.texts == expected)
        for (name, attributes) in contents.elements {
            #expect(attributes["id"] == nil && attributes["class"] == nil, "\(name)")
            #expect(!attributes.values.contains { $0.contains("url(") || $0.contains("nan") || $0.contains("inf") })
        }
        #expect(contents.elements.contains { $0.name == "svg" && $0.attributes["aria-label"] == figure.title })
    }

    @Test func `an SVG says where the figure comes from, whatever characters that has`() throws {
        let origin = "a <b> & \"c\"\u{1}\nd–e"
        let figure = Figure(title: "<&\">", metadata: [("Command", origin)]) {
            Panel("p", LineChart(Series(x: [0, 1], y: [0, 1])))
        }
        let contents = try contents(figure.svg())
        let metadata = try JSONDecoder().decode([String: String].self, from: Data(contents.metadata.utf8))
        #expect(metadata["Command"] == origin)
        #expect(metadata["Title"] == "<&\">")
    }

    @Test func `a cloud of very many dots is one picture, fewer are ends of lines without length`() throws {
        func contents(_ count: Int) throws -> Contents {
            let x = (0..<count).map { Double($0 * 7919 % count) }
            let figure = Figure(title: "dots") {
                Panel("p", ScatterChart(x: x, y: x.reversed(), groups: (0..<count).map { $0 % 3 }))
            }
            #expect(try figure.pdf().count < 400_000)
            return try self.contents(figure.svg())
        }
        for count in [100, 9_000] {
            let dots = try contents(count).elements.compactMap { $0.attributes["d"]?.matches(of: /h0/).count }
            #expect(dots.reduce(0, +) == count)
        }
        let many = try contents(20_000).elements
        #expect(many.filter { $0.name == "image" }.count == 1)
        #expect(!many.contains { $0.attributes["d"]?.contains("h0") ?? false })
    }

    @Test(arguments: Theme.allCases) func `SVG and PDF files have the same bytes each time`(theme: Theme) throws {
        for (_, figure) in SampleFigures.all {
            #expect(try figure.svg(theme: theme) == figure.svg(theme: theme))
            #expect(try figure.pdf(theme: theme) == figure.pdf(theme: theme))
        }
        #expect(try SampleFigures.training.svg(theme: .light) != SampleFigures.training.svg(theme: .dark))
    }

    @Test func `a PDF has its title, its origin and no date`() throws {
        let bytes = try SampleFigures.training.pdf()
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("%PDF-1."))
        #expect(text.contains("/Title (PPO reaches 500 on CartPole)"))
        #expect(text.contains("/Subject"))
        #expect(text.contains("/ToUnicode"), "its text can be searched")
        #expect(!text.contains("/CreationDate") && !text.contains("/ModDate"))
    }

    @Test func `what no file can hold does not trap`() throws {
        let figure = Figure(title: "far", width: 1e6) {
            Panel("p", ScatterChart(x: [0, 1, .nan], y: [0, 1e300, 2], xAxis: Axis(range: 0...1e-9)))
        }
        #expect(try figure.svg().count > 500)
    }
}
