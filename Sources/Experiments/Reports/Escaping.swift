/// Text from outside as it may stand in a page: nothing in it can begin an element, an attribute or a link.
package enum Escaping {
    /// For HTML, between tags and between the quotes of attributes.
    static func html(_ text: String) -> String {
        var escaped = ""
        for scalar in printable(text).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// For Markdown (CommonMark with GitHub's tables), within a line.
    static func markdown(_ text: String) -> String {
        var escaped = ""
        for scalar in printable(text).unicodeScalars {
            switch scalar {
            // Renderers pass HTML on: it must not be any.
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\\", "`", "*", "_", "[", "]", "#", "|", "~", "!", "$":
                escaped += "\\"
                escaped.unicodeScalars.append(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// For Markdown, as code within a line: between more backticks than there are inside.
    static func markdownCode(_ text: String) -> String {
        // A vertical bar would end a table's cell, even within code.
        let text = printable(text).replacing("|", with: "\\|")
        let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
        let needsRoom = text.hasPrefix("`") || text.hasSuffix("`") || text.isEmpty
        return needsRoom ? "\(fence) \(text) \(fence)" : fence + text + fence
    }

    /// For Markdown, as a block of code.
    static func markdownBlock(_ lines: [String], language: String) -> String {
        let lines = lines.map(printable)
        let longest = lines.map { longestRun(of: "`", in: $0) }.max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return ([fence + language] + lines + [fence]).joined(separator: "\n")
    }

    /// A word as a shell takes it, quoted where it has to be.
    static func shell(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil
                    || "-_./=,:+@%".unicodeScalars.contains($0)
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }

    /// Line breaks and other control characters, and marks that turn the direction of writing, become blanks: they
    /// could make a line look like another.
    package static func printable(_ text: String) -> String {
        // Nearly all text is plain, and long lists have much of it.
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
            result.unicodeScalars.append(isControl ? " " : scalar)
        }
        return result
    }

    private static func longestRun(of character: Character, in text: String) -> Int {
        var (longest, run) = (0, 0)
        for each in text {
            run = each == character ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
