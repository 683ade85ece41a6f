import Fledge
import Foundation
import Testing

struct ReportTests {
    /// A table that does its worst: markup, quotes and bars in the names of columns and classes.
    private static let hostile = """
        "<script>alert(1)</script>","a&b ""q"" 'r'","it|s `code` _and_ *more*",class
        """
    private static let classNames = ["<b onclick=x>", "\"' onerror=y", "plain & simple"]

    private let folder: TemporaryFolder
    private let fit: RunFolder
    private let train: RunFolder

    /// Runs a fit of a hostile table and the training of an agent.
    init() throws {
        folder = try TemporaryFolder()
        let path = folder.path + "/hostile <i>.csv"
        let rows = (0..<60).map { row in
            let name = Self.classNames[row % 3].replacing("\"", with: "\"\"")
            return "\(row % 3),\(Double(row % 7) / 7),\(Double(row % 5) / 5),\"\(name)\""
        }
        try writeFile(Array(([Self.hostile] + rows).joined(separator: "\n").utf8), to: path)
        var options = ExperimentDriver.Options(name: "fit", command: ["fledge", "fit", path, "--name", "fit"])
        options.root = folder.path + "/runs"
        _ = try ExperimentDriver(options).run(
            try FitExperiment(
                try FitSubject(named: path), seed: 1, settings: [GivenSetting("epochs", "3")]))
        options.name = "train"
        options.command = ["fledge", "train", "cart-pole", "--steps", "3000"]
        train = try Self.trained(in: options)
        fit = try RunFolder(existing: "fit", in: options.root)
    }

    private static func trained(
        in options: ExperimentDriver.Options, recipe: String = "zoo", seeds: [UInt64] = [1, 2]
    ) throws -> RunFolder {
        let environment = try Environments.named("cart-pole")
        _ = try TrainingAlgorithm.named("ppo").run(
            .init(
                environment: environment, seeds: seeds, steps: 3000,
                recipe: try Recipe(named: recipe, for: environment)), with: ExperimentDriver(options))
        return try RunFolder(existing: options.name ?? "", in: options.root)
    }

    private func report(of runs: RunFolder...) throws -> (html: String, markdown: String, folder: String) {
        let output = folder.path + "/report-\(UUID().uuidString)"
        let files = try ReportWriter(runs, to: output).write()
        func text(_ path: String) throws -> String { String(decoding: try readFile(path), as: UTF8.self) }
        return (try text(files.page), try text(files.markdown), output)
    }

    /// The page without the pictures that it holds.
    private func withoutPictures(_ html: String) -> String {
        html.replacing(/data:image\/png;base64,[A-Za-z0-9+\/=]*/, with: "PICTURE")
    }

    @Test func `a page needs no network, no script and no other file`() throws {
        let page = withoutPictures(try report(of: fit, train).html)
        #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("//"))
        for word in ["<script", "<link", "<iframe", "@import", "url(", "javascript:"] { #expect(!page.contains(word)) }
        #expect(page.contains("Content-Security-Policy\" content=\"default-src 'none';"))
        for source in page.matches(of: /\s(src|srcset|href)="([^"]*)"/) {
            #expect(source.2 == "PICTURE" || source.2.hasPrefix("#"))
        }
        // Every attribute that could act is a name of our own making.
        #expect(page.firstMatch(of: /<[^>]*\son[a-z]+\s*=/) == nil)
    }

    @Test func `names from outside are text and nothing else`() throws {
        let (html, markdown, _) = try report(of: fit)
        let page = withoutPictures(html)
        #expect(page.contains("hostile &lt;i&gt;"))
        #expect(!page.contains("<i>") && !page.contains("<b onclick"))
        // In code, as the command is, Markdown takes everything as it stands.
        let prose = markdown.replacing(/```[^`]*```/, with: "").replacing(/`[^`]*`/, with: "")
        #expect(!prose.contains("<script") && !prose.contains("<b ") && !prose.contains("<i>"))
        #expect(prose.contains("hostile &lt;i&gt;"))
        // Tags are balanced: nothing has opened one.
        for tag in ["section", "table", "tr", "figure", "details", "p", "pre", "code", "strong", "div"] {
            let opened = page.matches(of: try Regex("<\(tag)[ >]")).count
            #expect(opened == page.matches(of: try Regex("</\(tag)>")).count, "\(tag)")
        }
    }

    @Test func `a note is shown, and is text and nothing else`() throws {
        try RunLabels.update(of: fit) { $0.note = "best <script>alert(2)</script> & \"so\" far" }
        let (html, markdown, _) = try report(of: fit)
        #expect(html.contains("best &lt;script&gt;alert(2)&lt;/script&gt; &amp; &quot;so&quot; far"))
        #expect(!html.contains("<script") && !markdown.contains("<script"))
        #expect(markdown.contains("best &lt;script&gt;"))
    }

    @Test func `every section is there that the runs have data for`() throws {
        let training = try report(of: train).html
        for id in ["done", "result", "figures", "behaviour", "diagnostics", "settings", "reproduce", "limits"] {
            #expect(training.contains("<section id=\"\(id)\""), "\(id)")
        }
        let fitting = try report(of: fit).html
        #expect(!fitting.contains("id=\"behaviour\""))
        let both = try report(of: fit, train).html
        for id in ["comparison", "run-1", "run-2", "run-1-result", "run-2-behaviour"] {
            #expect(both.contains("<section id=\"\(id)\""), "\(id)")
        }
        for link in both.matches(of: /href="#([^"]*)"/) { #expect(both.contains("<section id=\"\(link.1)\"")) }
    }

    @Test func `a result stands beside its baseline, with its uncertainty`() throws {
        let training = try report(of: train)
        #expect(training.html.contains("random actions") && training.html.contains("range of the seeds"))
        #expect(training.markdown.contains("| **this run** | **"))
        let fitting = try report(of: fit).html
        #expect(fitting.contains("always the most frequent class") && fitting.contains("Wilson interval"))
    }

    @Test func `every picture has words and two drawings, and Markdown's pictures are there`() throws {
        let (html, markdown, written) = try report(of: fit, train)
        let images = html.matches(of: /<div class="wide">\n<svg [^>]*aria-label="([^"]*)"/)
        // The main figures of the two runs and the episode, at the least.
        #expect(images.count >= 3)
        for image in images { #expect(image.1.count > 20) }
        let narrow = html.matches(of: /<div class="narrow">\n<svg class="/)
        #expect(narrow.count == images.count)
        let names = html.matches(of: /<svg class="([^"]*)"/).map(\.1)
        #expect(names.count == 2 * images.count && Set(names).count == names.count)
        let pictures = markdown.matches(of: /\]\((figures\/[^)]*)\)/)
        #expect(pictures.count == images.count)
        for picture in pictures {
            let image = try PNG.decode(try readFile(written + "/" + picture.1), name: "figure")
            #expect(image.width > 1000)
        }
        #expect(try PNG.decode(try readFile(written + "/overview.png"), name: "overview").width > 1000)
    }

    @Test func `runs over several seeds of one task are compared, runs of other work are not`() throws {
        var options = ExperimentDriver.Options(name: "cleanrl", command: ["fledge", "train", "cart-pole"])
        options.root = folder.path + "/runs"
        let other = try Self.trained(in: options, recipe: "cleanrl")
        let (html, markdown, _) = try report(of: train, fit, other)
        #expect(html.contains("<section id=\"contest-1\"") && !html.contains("contest-2"))
        #expect(html.contains("fledge compare train cleanrl"))
        let verdict = try #require(try RunComparison([train, other]).verdict)
        #expect(markdown.lowercased().contains(verdict.lowercased()))
        for run in [train, other] { try FileManager.default.removeItem(atPath: run.path + "/result.json") }
        let stopped = try report(of: train, other).html
        #expect(stopped.contains("contest-1-course") && !stopped.contains("contest-1-result"))
        options.name = "single"
        let single = try Self.trained(in: options, seeds: [1])
        #expect(!(try report(of: train, single).html.contains("contest")), "one seed is no contender")
    }

    @Test func `a report without a folder is refused`() {
        let error = #expect(throws: ExperimentError.self) { try ReportWriter([fit], to: "") }
        #expect(error?.kind == .usage)
    }

    @Test func `the same runs have the same page, byte for byte`() throws {
        #expect(try report(of: train, fit).html == report(of: train, fit).html)
    }

    /// In a window of 380 pixels, where a browser is installed to look at it.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")))
    func `a telephone need not scroll sideways`() throws {
        let page = try report(of: fit, train).html
        let source = page.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        // A frame as wide as a telephone tells its width and that of what is in it.
        let frame = """
            <iframe id="f" style="width:380px;height:800px;border:0" srcdoc="\(source)"></iframe>
            <pre id="out"></pre>
            <script>f.onload = () => { const d = f.contentDocument; out.textContent =
            "width " + d.documentElement.scrollWidth + " of " + d.documentElement.clientWidth + " headings " +
            d.querySelectorAll("h1").length; }</script>
            """
        let path = folder.path + "/frame.html"
        try writeFile(Array(frame.utf8), to: path)
        let browser = Process()
        browser.executableURL = URL(filePath: "/usr/bin/timeout")
        browser.arguments = [
            "60", "/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--dump-dom",
            "--user-data-dir=\(folder.path)/browser", "file://" + path,
        ]
        let output = Pipe()
        browser.standardOutput = output
        browser.standardError = FileHandle.nullDevice
        try browser.run()
        let document = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        browser.waitUntilExit()
        let told = try #require(document.firstMatch(of: /width (\d+) of (\d+) headings (\d+)/))
        #expect(told.2 == "380" && told.3 == "1")
        #expect(Int(told.1) == 380)
    }

    @Test func `a run's folder has a model card with its results for programs and for people`() throws {
        let card = String(decoding: try readFile(train.path + "/README.md"), as: UTF8.self)
        #expect(card.hasPrefix("---\nlibrary_name: fledge\n"))
        for line in [
            "pipeline_tag: \"reinforcement-learning\"", "- \"ppo\"", "model-index:", "- name: \"train\"",
            "    - type: mean_reward",
        ] { #expect(card.contains(line + "\n"), "\(line)") }
        for heading in ["# train", "## What it is", "## Results", "## Limits", "## How to use it"] {
            #expect(card.contains("\n" + heading + "\n"), "\(heading)")
        }
        #expect(card.contains("random actions"))
        let other = String(decoding: try readFile(fit.path + "/README.md"), as: UTF8.self)
        #expect(other.contains("- \"hostile <i>\""))
        let body = other.components(separatedBy: "\n---\n").dropFirst().joined()
        #expect(body.contains("## Results") && !body.contains("<i>"))
    }
}
