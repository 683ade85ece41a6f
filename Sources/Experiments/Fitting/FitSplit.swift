internal import Datasets
internal import Randomness
internal import SupervisedLearning

/// The samples of a fit as they are divided: what is learned from and what is put aside for the test, opened once when all
/// is chosen; and what must be minded when the former are divided further.
struct FitSplit {
    let training: Samples
    /// nil where every row is predicted once by a cross-validation instead.
    let test: Samples?
    let strategy: SplitStrategy

    /// - Throws: `ExperimentError` if the rows cannot be divided as asked.
    init(_ dataset: RawDataset, _ selection: SelectionSettings) throws {
        var dataset = dataset
        let groups = try Self.take(selection.groups, called: "groups", from: &dataset)
        let times = try Self.take(selection.time, called: "time", from: &dataset)
        do {
            let all = try Samples(dataset.training, of: dataset)
            let strategy: SplitStrategy =
                if let groups {
                    .grouped(Self.codes(groups))
                } else if let times {
                    .byTime(try Self.times(times))
                } else if case .classes(let labels, _) = all.targets {
                    .stratified(labels: labels)
                } else {
                    .random(count: all.rowCount)
                }
            if let part = dataset.test {
                training = all
                test = try Samples(part, of: dataset)
                self.strategy = strategy
            } else if selection.folds > 0 {
                training = all
                test = nil
                self.strategy = strategy
            } else {
                var random = RandomStream(seed: 0, purpose: "test rows")
                let split = try Split(strategy, testFraction: selection.testFraction, using: &random)
                training = all.rows(split.training)
                test = all.rows(split.test)
                self.strategy = strategy.restricted(to: split.training)
            }
        } catch let error as SamplesError {
            throw ExperimentError(.badData, "\(dataset.name): \(error)")
        } catch let error as SplitError {
            throw ExperimentError(.badData, "\(dataset.name): \(error)")
        }
    }

    /// The column of this name, which is no feature any more; nil where there is no name.
    private static func take(_ name: String, called role: String, from dataset: inout RawDataset) throws -> Column? {
        guard !name.isEmpty else { return nil }
        guard case .table(let table) = dataset.training.features else {
            throw ExperimentError(.usage, "\(role)=\(name) names a column, but \(dataset.name) is no table")
        }
        guard let column = table.column(name) else {
            throw ExperimentError(
                .usage, "\(role)=\(name): there is no such column",
                advice: "the columns are \(table.columnNames.prefix(20).joined(separator: ", "))")
        }
        dataset.training.features = .table(table.removing(name))
        return column
    }

    private static func codes(_ column: Column) -> [Int32] {
        var known: [String: Int32] = [:]
        return (0..<column.rowCount).map { row in
            // Rows without a group are a group of their own.
            let text = column.text(row: row) ?? "row \(row)"
            let code = known[text] ?? Int32(known.count)
            known[text] = code
            return code
        }
    }

    private static func times(_ column: Column) throws -> [Double] {
        switch column.values {
        case .numbers(let numbers): return numbers.map { $0 ?? .nan }
        case .dates(let dates):
            // In the order of time; months count as 31 days.
            return dates.map { date in
                date.map { Double((($0.year * 12 + $0.month) * 31 + $0.day) * 86_400 + $0.second) } ?? .nan
            }
        case .categories, .texts:
            throw ExperimentError(
                .usage, "time=\(column.name): the column holds neither numbers nor dates", advice: "take another")
        }
    }
}
