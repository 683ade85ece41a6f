internal import FileFormats
internal import Foundation

extension Dataset {
    /// The folder of a dataset that `make datasets` fetches, and whether its file is there.
    private static func fetched(
        _ name: String, file: String, userFolder: String?
    ) -> (path: String, isInstalled: Bool, missing: DatasetError) {
        let folder = (userFolder ?? "$FLEDGE_DATA") + "/" + name
        let path = folder + "/" + file
        return (
            path, userFolder != nil && FileManager.default.fileExists(atPath: path),
            .notInstalled(name: name, folder: folder, advice: "run make datasets, which fetches them")
        )
    }

    /// Sentences from film reviews, each with the sign of its mean rating by 20 people: 10,605 snippets of
    /// rottentomatoes.com (B. Pang and L. Lee 2005), rated for VADER (C. J. Hutto and E. Gilbert, "VADER: A Parsimonious
    /// Rule-based Model for Sentiment Analysis of Social Media Text", 2014; MIT licence).
    ///
    /// A rating of 0 counts as negative, for it praises nothing.
    static func filmReviewsSource(userFolder: String?) -> DatasetSource {
        let name = "film-reviews"
        let (path, isInstalled, missing) = fetched(name, file: "reviews.tsv", userFolder: userFolder)
        return DatasetSource(
            name: name, origin: "make datasets; Pang and Lee 2005, Hutto and Gilbert 2014 (MIT)", rowCount: 10_605,
            columnCount: 1, classCount: 2, isInstalled: isInstalled,
            raw: { options in
                guard isInstalled else { throw missing }
                return try filmReviews(path: path, options: options)
            },
            load: { _ in
                guard isInstalled else { throw missing }
                throw DatasetError.notNumeric(name: name, kind: "texts")
            })
    }

    /// Lines of a number, a rating from −4 to 4 and a text, between tabs. The texts have quotes of their own, so that
    /// this is no table as RFC 4180 has it.
    private static func filmReviews(path: String, options: RawDataset.Options) throws -> RawDataset {
        guard let text = String(validating: try readFile(path), as: UTF8.self) else {
            throw FileFormatError(file: path, problem: "the file is not UTF-8", advice: "run make datasets again")
        }
        var texts: [String] = []
        var ratings: [Float] = []
        for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() {
            let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3, let rating = Float(fields[1]), rating.isFinite else {
                throw FileFormatError(
                    file: path, place: .line(index + 1, field: fields.count < 3 ? nil : 2),
                    problem: "the line is no number, rating and text", advice: "run make datasets again")
            }
            texts.append(String(fields[2]))
            ratings.append(rating)
        }
        guard !texts.isEmpty else {
            throw FileFormatError(file: path, problem: "the file has no lines", advice: "run make datasets again")
        }
        let isRegression = options.task == .regression
        let targets: RawTargets? =
            options.target == .absent
            ? nil : isRegression ? .numbers(ratings) : .classes(ratings.map { $0 > 0 ? 1 : 0 })
        return RawDataset(
            name: "film-reviews", training: RawSamples(features: .texts(texts), targets: targets),
            targetName: targets == nil ? nil : isRegression ? "rating" : "sentiment",
            classNames: targets == nil || isRegression ? nil : ["negative", "positive"],
            notes: isRegression ? [] : ["positive is a mean rating above 0"])
    }

    /// 100,000 ratings of 1,682 films by 943 people, 1 to 5 stars (F. M. Harper and J. A. Konstan, "The MovieLens
    /// Datasets: History and Context", 2015; for research, not to be passed on without GroupLens's permission).
    static func movieLensSource(userFolder: String?) -> DatasetSource {
        let name = "movielens-100k"
        let (path, isInstalled, missing) = fetched(name, file: "ratings.tsv", userFolder: userFolder)
        return DatasetSource(
            name: name, origin: "make datasets; GroupLens, Harper and Konstan 2015 (for research)", rowCount: 100_000,
            columnCount: 2, isInstalled: isInstalled,
            raw: { options in
                guard isInstalled else { throw missing }
                var settings = options
                settings.layout = .ratings
                return try RawDataset(table: Table.csv(path: path), name: name, options: settings)
            },
            load: { _ in
                guard isInstalled else { throw missing }
                throw DatasetError.notNumeric(name: name, kind: "ratings")
            })
    }
}
