internal import FileFormats
internal import Foundation

/// Which commit a folder has checked out, read from the files of its `.git`.
enum SourceRevision {
    /// The revision of the checkout that the program runs from; nil for an installed one.
    static var current: String? {
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return nil
        }
        return around((program as NSString).deletingLastPathComponent)
    }

    /// The revision of the checkout that `folder` lies in.
    static func around(_ folder: String) -> String? {
        var folder = folder
        while folder.count > 1 {
            let git = folder + "/.git"
            if let revision = head(of: git) { return revision }
            // The `.git` of a second work tree is a file that leads to a folder of the repository.
            if let text = text(git), text.hasPrefix("gitdir: ") {
                let path = String(text.dropFirst("gitdir: ".count))
                return head(of: path.hasPrefix("/") ? path : folder + "/" + path)
            }
            folder = (folder as NSString).deletingLastPathComponent
        }
        return nil
    }

    private static func head(of git: String) -> String? {
        guard let head = text(git + "/HEAD") else { return nil }
        guard head.hasPrefix("ref: ") else { return head }
        let name = String(head.dropFirst("ref: ".count))
        let shared = text(git + "/commondir").map { $0.hasPrefix("/") ? $0 : git + "/" + $0 }
        for folder in [git, shared].compactMap(\.self) {
            if let revision = text(folder + "/" + name) { return revision }
            let packed = text(folder + "/packed-refs")?.split(separator: "\n")
            if let line = packed?.first(where: { $0.hasSuffix(" " + name) }) {
                return String(line.prefix { $0 != " " })
            }
        }
        return nil
    }

    private static func text(_ path: String) -> String? {
        guard let bytes = try? readFile(path, limit: 16 << 20) else { return nil }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
