import Datasets
import LinearAlgebra
import Testing

struct DatasetTests {
    @Test func `an unknown name gets the nearest and the list`() {
        let text = message { _ = try Dataset.named("fashon-mnist", userFolder: nil) }
        #expect(text.hasPrefix("there is no dataset \"fashon-mnist\"; is \"fashion-mnist\" meant? Known are digits, "))
        #expect(
            message { _ = try Dataset.named("zebra", userFolder: nil) }.hasPrefix("there is no dataset \"zebra\". K"))
        #expect(message { _ = try Dataset.named("nowhere.csv") } == "nowhere.csv: there is no such file or folder")
    }

    @Test func `what a source says before reading is what the dataset holds`() throws {
        for source in Dataset.sources(userFolder: nil) where source.isInstalled {
            let set = try source.dataset()
            #expect(set.name == source.name)
            #expect(set.training.rowCount == source.rowCount && set.test?.rowCount == source.testRowCount)
            #expect(set.training.features.columnCount == source.columnCount)
            #expect(set.classNames?.count == source.classCount)
        }
    }

    @Test func `chosen rows keep their labels and targets`() {
        let part = Dataset.Part(
            features: .bytes(Matrix(rows: 3, columns: 2, [1, 2, 3, 4, 5, 6])), labels: [7, 8, 9],
            targets: [0.1, 0.2, 0.3])
        let chosen = part.rows([2, 0, 2])
        #expect(chosen.features == .bytes(Matrix(rows: 3, columns: 2, [5, 6, 1, 2, 5, 6])))
        #expect(chosen.labels == [9, 7, 9] && chosen.targets == [0.3, 0.1, 0.3])
    }

    @Test func `bytes become floats by a scale`() {
        let bytes = Features.bytes(Matrix(rows: 1, columns: 3, [0, 51, 255]))
        #expect(bytes.floats(scaledBy: 1 / 255) == Matrix(rows: 1, columns: 3, [0, 51 * (1 / 255), 1]))
        let floats = Features.floats(Matrix(rows: 1, columns: 2, [1, -2]))
        #expect(floats.floats() == Matrix(rows: 1, columns: 2, [1, -2]))
        #expect(floats.floats(scaledBy: 0.5) == Matrix(rows: 1, columns: 2, [0.5, -1]))
    }
}
