internal import FileFormats
internal import Foundation
public import Plotting

/// Figures of runs as files whose kind their name says.
public enum FigureFile: String, CaseIterable, Sendable {
    case png, svg, pdf

    /// Draws the runs that lie in `folders` into the file at `path`.
    ///
    /// - Parameter command: what asked for it.
    /// - Throws: `ExperimentError` if a run cannot be drawn or lacks what is asked for, if the name is of no kind of
    ///   picture, or if the file cannot be written.
    public static func write(
        _ content: FigureRequest.Content, of folders: [RunFolder], theme: Theme = .light, command: [String],
        to path: String
    ) throws {
        let file = try FigureFile(of: path)
        // A run named twice is one.
        let folders = folders.enumerated().filter { index, folder in !folders[..<index].contains(folder) }.map(
            \.element)
        let runs = try folders.map { try StoredRun(reading: $0) }
        let request = try FigureRequest(content, of: runs, in: folders, theme: theme, command: command)
        try write(try file.bytes(of: request.figure(of: runs), theme: theme), to: path)
    }

    /// Draws a figure into the file at `path`.
    ///
    /// - Throws: `ExperimentError` if the name is of no kind of picture, or if the file cannot be written.
    public static func write(_ figure: Figure, theme: Theme = .light, to path: String) throws {
        try write(try FigureFile(of: path).bytes(of: figure, theme: theme), to: path)
    }

    /// The kind of file that `path` names.
    ///
    /// - Throws: `ExperimentError` if it ends in no kind of picture.
    public init(of path: String) throws {
        guard let file = FigureFile(rawValue: (path as NSString).pathExtension.lowercased()) else {
            throw ExperimentError(
                .usage, "'\(path)' names no kind of picture that there is",
                advice: "let it end in " + FigureFile.allCases.map { "." + $0.rawValue }.joined(separator: ", "))
        }
        self = file
    }

    func bytes(of figure: Figure, theme: Theme) throws -> [UInt8] {
        switch self {
        case .png: try figure.png(theme: theme)
        case .svg: try figure.svg(theme: theme)
        case .pdf: try figure.pdf(theme: theme)
        }
    }

    /// The text that a figure's file keeps under `keyword`; nil if there is none.
    ///
    /// - Throws: `FileFormatError` if a PNG file is damaged.
    func text(_ keyword: String, in bytes: [UInt8], name: String) throws -> String? {
        switch self {
        case .png: return try PNG.decode(bytes, name: name).text.first { $0.keyword == keyword }?.text
        case .svg: return Self.svgText(keyword, in: bytes)
        case .pdf: return Self.pdfText(keyword, in: bytes)
        }
    }

    /// SVG files keep their texts as a JSON object in the element `metadata`.
    private static func svgText(_ keyword: String, in bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let start = text.firstRange(of: "<metadata>"), let end = text.firstRange(of: "</metadata>"),
            start.upperBound <= end.lowerBound
        else { return nil }
        let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")]
        let json = escapes.reduce(String(text[start.upperBound..<end.lowerBound])) { $0.replacing($1.0, with: $1.1) }
        return (try? JSONText.decode([String: String].self, from: Array(json.utf8)))?[keyword]
    }

    /// PDF files keep their texts in the field `Subject`, one a line, as UTF-16 in hexadecimal digits where there is
    /// more than ASCII.
    private static func pdfText(_ keyword: String, in bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: Unicode.ASCII.self)
        guard let field = text.firstRange(of: "/Subject ") else { return nil }
        let rest = text[field.upperBound...]
        let subject: String
        if rest.hasPrefix("<") {
            let digits = rest.dropFirst().prefix { $0 != ">" }.filter(\.isHexDigit)
            let units = stride(from: 0, to: digits.count - 3, by: 4).compactMap { place in
                let start = digits.index(digits.startIndex, offsetBy: place)
                return UInt16(digits[start..<digits.index(start, offsetBy: 4)], radix: 16)
            }
            subject = String(decoding: units.drop { $0 == 0xFEFF }, as: UTF16.self)
        } else {
            subject = literal(rest)
        }
        let start = keyword + ": "
        return subject.split(separator: "\n").first { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    }

    /// The string in parentheses that `text` begins with, in which a backslash stands before what would end it.
    private static func literal(_ text: Substring) -> String {
        var result = ""
        var isEscaped = false
        for letter in text.dropFirst() {
            if isEscaped {
                result.append(letter == "n" ? "\n" : letter)
                isEscaped = false
            } else if letter == "\\" {
                isEscaped = true
            } else if letter == ")" {
                break
            } else {
                result.append(letter)
            }
        }
        return result
    }

    /// - Throws: `ExperimentError` of the kind `inputOutput` if the disk is full, else `cannotCreate`.
    public static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try writeFile(bytes, to: path)
        } catch {
            throw ExperimentError(writing: error)
        }
    }

    /// What `--json` says of the file.
    public static func json(of path: String) throws -> String { try JSONText.line(["figures": [path]]) }
}
