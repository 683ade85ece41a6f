import Fledge
import Foundation
import Testing

struct DescriptionFigureTests {
    private func table(_ text: String, target: String? = nil) throws -> DescribedDataset {
        let folder = try TemporaryFolder()
        let path = folder.path + "/garden.csv"
        try Data(text.utf8).write(to: URL(filePath: path))
        return try DescribedDataset(named: path, target: target)
    }

    private func panels(_ described: DescribedDataset) -> [String] {
        described.figure(command: ["fledge"]).panels.map(\.title)
    }

    @Test func `a table shows its classes, what tells them, its columns, how they go together, and what is missing`()
        throws
    {
        var text = "number,size,colour,day,class\n"
        for row in 0..<60 {
            let number = row % 5 == 0 ? "" : "\(row * 7 % 11)"
            text += "\(number),\(row % 3 * 2 + row % 4),\(row % 2 == 0 ? "red" : "blue"),"
            text += "2024-0\(row % 9 + 1)-11,\(["a", "b", "c"][row % 3])\n"
        }
        let described = try table(text)
        #expect(described.headline == "60 rows of 4 columns in 3 classes")
        #expect(
            panels(described) == [
                "Rows by class", "What each column alone tells about class", "size", "day", "number",
                "colour", "How columns go together", "Missing values, % of the rows",
            ])
        let figure = described.figure(command: ["fledge", "describe", "garden.csv"])
        #expect(figure.title.hasPrefix("size alone tells most about class: association 0."))
        #expect(figure.subtitle?.contains("12 missing values") == true)
        #expect(figure.metadata.contains { $0.keyword == "Command" && $0.text == "fledge describe garden.csv" })
        #expect(figure.metadata.contains { $0.keyword == "Origin" && $0.text.contains("60 rows of 4 columns") })
        #expect(try figure.png() == figure.png())
    }

    @Test func `a leak is the headline`() throws {
        var text = "score,luck,class\n"
        for row in 0..<40 { text += "\(row * row),\((row * 17) % 40),\(row < 15 ? "low" : "high")\n" }
        let figure = try table(text).figure(command: [])
        #expect(figure.title == "In garden, score seems to know class already")
    }

    @Test func `numbers to learn are drawn against the columns`() throws {
        let described = try DescribedDataset(named: "diabetes")
        let panels = panels(described)
        #expect(panels.first == "What is to be learned: progression")
        #expect(panels.count == 2 + 8 + 1)
        let bmi = try #require(described.figure(command: []).panels.first { $0.title == "bmi" })
        #expect(bmi.columns.count == 1)
    }

    @Test func `what cannot be learned does not keep a table from being described`() throws {
        let one = try table("width\n1\n2\n4\n")
        #expect(one.description.targetName == nil && one.description.columns.map(\.name) == ["width"])
        #expect(panels(one) == ["width"])
        let holes = try table("a,b\n1,5\n2,\n3,7\n")
        #expect(holes.description.columns.map(\.missingCount) == [0, 1])
        let note = holes.description.notes.first { $0.hasPrefix("nothing is taken as the target: ") }
        #expect(note?.contains("garden.csv, line 3, field 2") == true)
        #expect(throws: FileFormatError.self) { try table("a,b\n1,5\n2,\n3,7\n", target: "b") }
        #expect(throws: FileFormatError.self) { try table("") }
    }

    @Test func `images show their classes, arrays their columns`() throws {
        let digits = try DescribedDataset(named: "digits")
        #expect(digits.headline == "1,797 images of 8 × 8 pixels in 10 classes")
        #expect(
            panels(digits) == [
                "The mean and the first images of each class", "Images by digit",
                "Mean value of an image’s pixels",
            ])
        let shape = Dataset.ImageShape(height: 2, width: 2, channels: 3)
        let pixels = Features.bytes(Matrix(rows: 5, columns: 12, (0..<60).map { UInt8($0) }))
        let photos = DescribedDataset(
            RawDataset(name: "photos", training: RawSamples(features: .matrix(pixels, image: shape))), origin: "photos")
        #expect(photos.headline == "5 images of 2 × 2 pixels in colour")
        #expect(panels(photos) == ["The first images", "Mean value of an image’s pixels"])
        #expect(try !photos.figure(command: []).png().isEmpty)
        let numbers = Features.floats(Matrix(rows: 4, columns: 2, [1, 2, 2, 1, 3, 5, 4, 4]))
        let array = DescribedDataset(
            RawDataset(name: "array", training: RawSamples(features: .matrix(numbers, image: nil))), origin: "array.npy"
        )
        #expect(panels(array).prefix(2) == ["column 1", "column 2"])
    }

    @Test func `texts show the words that set classes apart`() throws {
        let texts = (0..<40).map { $0 % 2 == 0 ? "The film is good, \($0) times." : "The film isn't 'fine' at all." }
        let set = RawDataset(
            name: "reviews",
            training: RawSamples(features: .texts(texts), targets: .classes((0..<40).map { Int32($0 % 2) })),
            targetName: "sentiment", classNames: ["praise", "blame"])
        let described = DescribedDataset(set, origin: "reviews")
        #expect(
            panels(described) == [
                "Texts by sentiment", "How long the texts are", "Words that set praise apart",
                "Words that set blame apart",
            ])
        let figure = described.figure(command: [])
        let words = figure.scene().texts.map(\.string)
        #expect(words.contains("good") && words.contains("isn't") && words.contains("fine") && !words.contains("film"))
        let plain = DescribedDataset(
            RawDataset(name: "reviews", training: RawSamples(features: .texts(texts))), origin: "reviews")
        #expect(panels(plain) == ["How long the texts are", "The most frequent words of four letters and more"])
    }

    @Test func `ratings show users and items`() {
        let ratings = DescribedDataset(
            RawDataset(
                name: "stars",
                training: RawSamples(
                    features: .ratings(users: ["u", "u", "v"], items: ["i", "j", "i"]), targets: .numbers([1, 2, 3]))),
            origin: "stars.csv")
        #expect(ratings.headline == "3 ratings")
        #expect(
            panels(ratings) == [
                "Ratings, % of all", "Ratings that a user gave", "Ratings that an item got",
                "Is what is rated often rated well?", "The items rated most often",
            ])
    }
}
