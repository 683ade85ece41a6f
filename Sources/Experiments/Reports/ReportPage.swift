internal import Plotting

/// What a report says, independent of the format it is written in.
struct ReportPage: Sendable {
    /// Says the result in one line.
    var title: String
    /// What was done, when and with what.
    var subtitle: Prose
    var sections: [ReportSection]
}

/// A part of a report under a heading.
struct ReportSection: Sendable {
    /// Unique in the page; what a link leads to.
    var id: String
    var title: String
    /// 2 for a part of the page, 3 for a part of that.
    var level: Int
    var blocks: [ReportBlock]

    init(_ id: String, _ title: String, level: Int = 2, _ blocks: [ReportBlock]) {
        self.id = id
        self.title = title
        self.level = level
        self.blocks = blocks
    }
}

/// What sections consist of.
indirect enum ReportBlock: Sendable {
    case paragraph(Prose)
    case list([Prose])
    case table(ReportTable)
    case figure(ReportFigure)
    /// Lines to be typed into a shell.
    case commands([String])
    /// A finding of a diagnostic rule.
    case finding(Finding)
    /// What is shown when it is asked for.
    case details(String, [ReportBlock])
    /// Links to sections, with a few words about each.
    case contents([(id: String, title: String, about: Prose)])
}

/// Rows under a header; columns of numbers are set flush right.
struct ReportTable: Sendable {
    var header: [String]
    var rows: [[Prose]]
    /// The columns that hold numbers.
    var numbers: Set<Int> = []
    /// The row that matters most.
    var emphasized: Int?

    init(_ header: [String], _ rows: [[Prose]], numbers: Set<Int> = [], emphasized: Int? = nil) {
        self.header = header
        self.rows = rows
        self.numbers = numbers
        self.emphasized = emphasized
    }
}

/// A figure in the renditions that a page needs: for wide and for narrow windows.
struct ReportFigure: Sendable {
    /// The stem of its file's name, unique in the page.
    var name: String
    /// For those who cannot see it.
    var alternative: String
    var caption: Prose
    var wide: Figure
    var narrow: Figure
    /// With its own title, as it lies in the run's folder.
    var original: Figure
}
