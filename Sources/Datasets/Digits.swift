internal import FileFormats
internal import LinearAlgebra

extension Dataset {
    static let digitsSource = DatasetSource(
        name: "digits", origin: "bundled; UCI, Alpaydin and Kaynak 1998", rowCount: 1797, columnCount: 64,
        classCount: 10
    ) { _ in try digits() }

    /// 1,797 handwritten digits of 8 × 8 pixels with values 0…16: the test part of UCI's "Optical Recognition of
    /// Handwritten Digits" (E. Alpaydin and C. Kaynak, 1998; CC BY 4.0), in the order in which scikit-learn ships it.
    static func digits() throws -> Dataset {
        let images = try IDX.decode(PackageResources.digits_images_idx3_ubyte_gz, name: "digits-images-idx3-ubyte.gz")
        let labels = try IDX.decode(PackageResources.digits_labels_idx1_ubyte_gz, name: "digits-labels-idx1-ubyte.gz")
        let training = try Part(images: images, labels: labels, classCount: 10, dataset: "digits")
        return Dataset(
            name: "digits", training: training, classNames: (0..<10).map(String.init), targetName: "digit",
            imageShape: ImageShape(height: 8, width: 8), valueRange: 0...16)
    }
}

extension Dataset.Part {
    /// Images `[n, height, width]` and labels `[n]` of the MNIST family.
    ///
    /// - Throws: `DatasetError` if types, shapes or labels do not fit.
    init(images: NumericArray, labels: NumericArray, classCount: Int, dataset: String) throws {
        func inconsistent(_ problem: String) -> DatasetError { .inconsistent(name: dataset, problem: problem) }
        guard let pixels = images.values(as: UInt8.self), images.shape.count == 3 else {
            throw inconsistent("the images are \(images.elementType.rawValue) of shape \(images.shape)")
        }
        guard let classes = labels.values(as: UInt8.self), labels.shape == [images.shape[0]] else {
            throw inconsistent("labels of shape \(labels.shape) for images of shape \(images.shape)")
        }
        if let stranger = classes.first(where: { $0 >= classCount }) {
            throw inconsistent("the label \(stranger) with \(classCount) classes")
        }
        guard images.shape[0] > 0, images.shape[1] * images.shape[2] > 0 else {
            throw inconsistent("images of shape \(images.shape)")
        }
        let matrix = Matrix(rows: images.shape[0], columns: images.shape[1] * images.shape[2], pixels)
        self.init(features: .bytes(matrix), labels: classes.map(Int32.init))
    }
}
