internal import FileFormats
internal import Foundation

extension Dataset {
    /// Where Debian's package `dataset-fashion-mnist` puts the files.
    private static let systemFolder = "/usr/share/datasets/fashion-mnist"

    static func fashionMNISTSource(userFolder: String?) -> DatasetSource {
        let folder = [userFolder.map { $0 + "/fashion-mnist" }, systemFolder].compactMap(\.self)
            .first { FileManager.default.fileExists(atPath: $0) }
        return DatasetSource(
            name: "fashion-mnist", origin: "Debian's dataset-fashion-mnist; Xiao, Rasul and Vollgraf 2017",
            rowCount: 60_000, testRowCount: 10_000, columnCount: 784, classCount: 10, isInstalled: folder != nil
        ) { _ in
            guard let folder else {
                throw DatasetError.notInstalled(
                    name: "fashion-mnist", folder: systemFolder, advice: "run apt-get install dataset-fashion-mnist")
            }
            return try fashionMNIST(folder: folder)
        }
    }

    /// 60,000 and 10,000 pictures of clothes, 28 × 28 pixels with values 0…255 (H. Xiao, K. Rasul and R. Vollgraf,
    /// "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms", 2017).
    static func fashionMNIST(folder: String) throws -> Dataset {
        func part(_ name: String) throws -> Part {
            func array(_ kind: String) throws -> NumericArray {
                let path = "\(folder)/\(name)-\(kind)-ubyte.gz"
                return try IDX.decode(readFile(path), name: path)
            }
            let images = try array("images-idx3")
            guard images.shape.dropFirst() == [28, 28] else {
                throw DatasetError.inconsistent(name: "fashion-mnist", problem: "images of shape \(images.shape)")
            }
            return try Part(
                images: images, labels: array("labels-idx1"), classCount: 10, dataset: "fashion-mnist")
        }
        return Dataset(
            name: "fashion-mnist", training: try part("train"), test: try part("t10k"),
            classNames: [
                "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
            ],
            targetName: "kind", imageShape: ImageShape(height: 28, width: 28), valueRange: 0...255)
    }
}
