import Testing

/// A word and the modules it may be written in.
private struct Rule: CustomTestStringConvertible, Sendable {
    let words: [String]
    let rooms: Set<String>
    let reason: String

    var testDescription: String { words.joined(separator: ", ") }
}

private let rules = [
    Rule(words: ["cblas_", "openblas_"], rooms: ["LinearAlgebra"], reason: "products belong to LinearAlgebra"),
    Rule(words: ["cairo_"], rooms: ["Plotting"], reason: "drawing belongs to Plotting"),
    Rule(words: ["png_"], rooms: ["FileFormats"], reason: "PNG files belong to FileFormats"),
    Rule(
        words: ["UnsafePointer", "UnsafeMutablePointer", "UnsafeRawPointer", "UnsafeMutableRawPointer", "SIMD"],
        // FileFormats and Plotting speak to zlib, libpng and Cairo, whose functions take pointers; Optimizers hold the
        // table of CKernels' fused optimizer loops.
        rooms: ["LinearAlgebra", "Autodiff", "FileFormats", "Plotting", "Optimizers"],
        reason: "pointers and vectors belong to CKernels, LinearAlgebra and the executor of Autodiff"),
    Rule(
        words: ["print("], rooms: ["FledgeCommand", "Benchmarks", "Gallery"],
        reason: "only the command prints; others report to an observer"),
    Rule(
        words: ["ContinuousClock", "SuspendingClock", "Date()", "clock_gettime", "gettimeofday"],
        rooms: ["Experiments", "FledgeCommand", "Benchmarks"],
        reason: "other floors are handed a stopwatch"),
    Rule(
        words: ["exit("], rooms: ["FledgeCommand", "Benchmarks", "Gallery"], reason: "only the command ends the process"
    ),
]

/// Whether `word` stands in `text` by itself or, if it ends in "_", as a beginning: `debugPrint(` is not `print(`.
private func contains(_ text: String, _ word: String) -> Bool {
    var rest = text[...]
    while let found = rest.firstRange(of: word) {
        let before = found.lowerBound > text.startIndex ? text[text.index(before: found.lowerBound)] : " "
        if !(before.isLetter || before.isNumber || before == "_" || before == ".") { return true }
        rest = rest[found.upperBound...]
    }
    return false
}

@Suite struct RoomTests {
    @Test(arguments: rules)
    private func `a word stays in its room`(rule: Rule) {
        for file in SourceTree.package.sources where !rule.rooms.contains(file.module) {
            for (number, text) in file.code {
                for word in rule.words where contains(text, word) {
                    Issue.record("\(file.path):\(number) says \(word): \(rule.reason)")
                }
            }
        }
    }

    @Test func `a word is found by itself and not inside of another`() {
        #expect(contains("    print(1)", "print("))
        #expect(contains("let x = cblas_sgemm(1)", "cblas_"))
        #expect(contains("UnsafePointer<Float>", "UnsafePointer"))
        #expect(!contains("debugPrint(1)", "Print("))
        #expect(!contains("log.print(1); blueprint(2)", "print("))
    }
}

@Suite struct FileTests {
    @Test func `no file is named after nothing in particular`() {
        for file in SourceTree.package.files {
            let name = file.path.split(separator: "/").last.map { $0.lowercased() } ?? ""
            for word in ["util", "helper", "common", "manager", "misc"] {
                #expect(!name.contains(word), "\(file.path) is named after nothing in particular")
            }
        }
    }

    @Test func `no file is longer than 400 lines`() {
        for file in SourceTree.package.files {
            #expect(file.lines.count <= 401, "\(file.path) has \(file.lines.count - 1) lines; split it")
        }
    }
}
