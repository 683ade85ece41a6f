import Foundation

/// The package's own source files.
struct SourceTree {
    struct File {
        /// The path below the package, such as "Sources/Randomness/Philox.swift".
        let path: String
        /// The module that the file belongs to.
        let module: String
        let lines: [String]
    }

    let files: [File]

    static let package = SourceTree(root: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../.."))

    private init(root: URL) {
        let root = root.standardizedFileURL
        files = ["Sources", "Environments", "Tests"].flatMap { folder in
            let all = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.allObjects ?? []
            return all.compactMap { $0 as? String }.sorted().compactMap { name -> File? in
                guard name.hasSuffix(".swift") else { return nil }
                guard let text = try? String(contentsOf: root.appending(path: "\(folder)/\(name)"), encoding: .utf8)
                else {
                    return nil
                }
                let module = folder == "Environments" ? folder : String(name.prefix { $0 != "/" })
                return File(
                    path: "\(folder)/\(name)", module: module,
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
            }
        }
    }

    /// The files that are not tests.
    var sources: [File] { files.filter { !$0.path.hasPrefix("Tests/") } }
}

extension SourceTree.File {
    /// The lines of code, numbered from 1, without comments and without what stands between quotes on one line.
    var code: [(number: Int, text: String)] {
        lines.enumerated().compactMap { index, line in
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            guard !trimmed.hasPrefix("//") else { return nil }
            let quoted = line.split(separator: "\"", omittingEmptySubsequences: false)
            let unquoted = quoted.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined(
                separator: "\"\"")
            return (index + 1, unquoted.components(separatedBy: "// ")[0])
        }
    }

    /// The modules of this package that the file imports, with their lines.
    func imports(among modules: Set<String>) -> [(number: Int, module: String)] {
        code.compactMap { number, text in
            let words = text.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place <= 2, place + 1 < words.count else { return nil }
            // `import struct Module.Type` names the module too.
            let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
            let name = kinds.contains(words[place + 1]) && place + 2 < words.count ? words[place + 2] : words[place + 1]
            let module = String(name.prefix { $0 != "." })
            return modules.contains(module) ? (number, module) : nil
        }
    }
}
