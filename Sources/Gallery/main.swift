import Fledge
import Foundation

let usage = """
    Draws the gallery: Notebooks/Gallery/*.png and its page, from the data below it.

    usage: Gallery [--data] [--gallery FOLDER] [--output FOLDER] [--theme THEME] [NAME…]

      NAME…             only these pictures, and not the page
      --gallery FOLDER  where Data and Runs are (default: Notebooks/Gallery)
      --output FOLDER   where pictures go (default: the gallery)
      --theme THEME     draw all pictures on light or dark paper, and not the page
      --data            compute the tables of Data that Fledge makes, instead of drawing
    """

func run() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    func option(_ name: String) throws -> String? {
        guard let place = arguments.firstIndex(of: name) else { return nil }
        guard place + 1 < arguments.count else { throw GalleryError(description: "\(name) needs a value\n\n\(usage)") }
        defer { arguments.removeSubrange(place...place + 1) }
        return arguments[place + 1]
    }
    let gallery = GalleryFolder(path: try option("--gallery") ?? "Notebooks/Gallery")
    let output = GalleryFolder(path: try option("--output") ?? gallery.path)
    if arguments.contains("--help") {
        print(usage)
        return
    }
    if arguments == ["--data"] {
        for (file, make) in GalleryData.all {
            try output.write(Array(try make(gallery).utf8), to: "Data/" + file)
            print("Data/" + file)
        }
        return
    }
    let theme = try option("--theme").map { name in
        guard let theme = Theme(rawValue: name) else {
            throw GalleryError(description: "there is no theme '\(name)'; there are \(Theme.allCases.map(\.rawValue))")
        }
        return theme
    }
    let plates = Chapter.all.flatMap(\.plates)
    if let unknown = arguments.first(where: { name in !plates.contains { $0.name == name } }) {
        throw GalleryError(description: "there is no picture '\(unknown)'; there are \(plates.map(\.name))")
    }
    var drawn: [String: [String]] = [:]
    for plate in plates where arguments.isEmpty || arguments.contains(plate.name) {
        for (name, figure) in try plate.draw(gallery) {
            let bytes = try figure.png(scale: plate.scale, theme: theme ?? plate.theme)
            try output.write(bytes, to: name + ".png")
            drawn[plate.name, default: []].append(name)
            print("\(name).png  \(bytes.count / 1000) kB")
        }
    }
    if arguments.isEmpty, theme == nil {
        try output.write(Array(GalleryPage.text(of: Chapter.all, pictures: drawn).utf8), to: "README.md")
    }
}

do {
    try run()
} catch {
    FileHandle.standardError.write(Data("Gallery: \(error)\n".utf8))
    exit(1)
}
