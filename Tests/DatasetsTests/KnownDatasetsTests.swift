import Datasets
import LinearAlgebra
import Testing

private let fetched = Dataset.sources().filter(\.isInstalled).map(\.name)

struct KnownDatasetsTests {
    @Test(arguments: [
        // Sums of scikit-learn's data and target: load_breast_cancer, load_diabetes(scaled=False), load_iris, load_wine.
        ("breast-cancer", 1_056_474.4596356, ["benign": 357, "malignant": 212]), ("diabetes", 276_404.2336, [:]),
        ("iris", 2078.7, ["setosa": 50, "versicolor": 50, "virginica": 50]),
        ("wine", 159_975.295999, ["class_0": 59, "class_1": 71, "class_2": 48]),
    ])
    func `bundled tables hold what scikit-learn ships`(name: String, sum: Double, classes: [String: Int]) throws {
        let set = try Dataset.named(name, userFolder: nil)
        let total = set.training.features.floats().array.reduce(0.0) { $0 + Double($1) }
        #expect(abs(total - sum) < 1e-5 * sum)
        for (label, className) in (set.classNames ?? []).enumerated() {
            #expect(set.training.labels?.count { Int($0) == label } == classes[className])
        }
        #expect(set.classNames?.count ?? 0 == classes.count)
        if name == "diabetes" { #expect(set.training.targets?.reduce(0, +) == 67_243) }
        let raw = try RawDataset.load(name, userFolder: nil)
        #expect(raw.training.features.kind == "a table" && raw.training.rowCount == set.training.rowCount)
        #expect(raw.classNames == set.classNames)
    }

    @Test func `a dataset that was not fetched says how to`() {
        for name in ["film-reviews", "movielens-100k"] {
            let text = message { _ = try RawDataset.load(name, userFolder: "/nowhere") }
            #expect(
                text
                    == "the files of the dataset \(name) are not in /nowhere/\(name); run make datasets, which fetches them"
            )
        }
    }

    @Test(.enabled(if: fetched.contains("film-reviews"), "needs make datasets"))
    func `film-reviews has its published size`() throws {
        let set = try RawDataset.load("film-reviews")
        #expect(set.training.rowCount == 10_605 && set.classNames == ["negative", "positive"])
        guard case .texts(let texts) = set.training.features, case .classes(let labels)? = set.training.targets else {
            Issue.record("no texts with classes")
            return
        }
        #expect(texts[2] == "Effective but too tepid biopic" && labels.prefix(3) == [1, 1, 0])
        #expect(labels.count { $0 == 1 } == 5242)
        #expect(message { _ = try Dataset.named("film-reviews") }.contains("holds texts, no table of numbers"))
    }

    @Test(.enabled(if: fetched.contains("movielens-100k"), "needs make datasets"))
    func `movielens-100k has its published size and mean`() throws {
        let set = try RawDataset.load("movielens-100k")
        guard case .ratings(let users, let items) = set.training.features,
            case .numbers(let stars)? = set.training.targets
        else {
            Issue.record("no ratings")
            return
        }
        #expect(users.count == 100_000 && Set(users).count == 943 && Set(items).count == 1682)
        #expect(stars.reduce(0, +) == 352_986)
    }
}
