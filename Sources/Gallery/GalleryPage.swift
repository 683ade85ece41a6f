/// The page that shows each picture with what it shows and what made it.
enum GalleryPage {
    /// - Parameter pictures: The names of each plate's pictures.
    static func text(of chapters: [Chapter], pictures: [String: [String]]) -> String {
        var text = introduction
        for chapter in chapters {
            text += "## \(chapter.heading)\n\n"
            for plate in chapter.plates {
                text += "### \(plate.name)\n\n\(plate.shows)\n\n"
                for name in pictures[plate.name] ?? [] { text += "![\(name)](\(name).png)\n\n" }
                text += plate.data + "\n\n"
            }
        }
        return text
    }

    private static let introduction = """
        # Gallery

        Every kind of plot that Fledge draws. `make gallery` draws all of it, and this page, from the data below `Runs`
        and `Data`; twice the same bytes. Each file says in its `tEXt` chunks where it comes from
        (`exiftool FILE.png` prints them).

        `Runs` holds folders of real runs without their parameters: `Runs/make.sh` trains them again. `Data` holds small
        tables. What Fledge has no algorithm for yet was computed once by scikit-learn and SciPy on the digits that
        Fledge bundles, and is said so below its picture.


        """
}
