import CKernels

/// The window that a convolution or a pooling moves over an image: pairs are (vertical, horizontal).
public struct Window: Hashable, Sendable {
    /// A number for each direction of an image.
    public struct Extent: Hashable, Sendable {
        public var height: Int
        public var width: Int

        public init(_ height: Int, _ width: Int) {
            precondition(
                height >= 0 && width >= 0 && height < 1 << 16 && width < 1 << 16, "extents of \(height) × \(width)")
            self.height = height
            self.width = width
        }
    }

    public var size: Extent
    public var stride: Extent
    /// Zeros on either side of the image.
    public var padding: Extent
    /// The distance of neighbouring elements of the window.
    public var dilation: Extent
    /// Into how many groups the channels are divided that see only each other.
    public var groups: Int

    public init(
        _ size: Extent, stride: Extent = Extent(1, 1), padding: Extent = Extent(0, 0), dilation: Extent = Extent(1, 1),
        groups: Int = 1
    ) {
        precondition(size.height > 0 && size.width > 0, "a window of \(size.height) × \(size.width)")
        precondition(stride.height > 0 && stride.width > 0, "a stride of \(stride.height) × \(stride.width)")
        precondition(dilation.height > 0 && dilation.width > 0, "a dilation of \(dilation.height) × \(dilation.width)")
        precondition(groups > 0, "\(groups) groups")
        self.size = size
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.groups = groups
    }

    /// The windows that fit in each direction into an image `[height, width, channels]`: `[batch, height, width, channels]`.
    func output(of images: Shape, channels: Int) throws(Misfit) -> Shape {
        guard images.isBatched, images.dimensions.count == 3 else {
            throw Misfit("\(images): it takes images [batch, height, width, channels]")
        }
        let height = count(images.dimensions[0], size.height, stride.height, padding.height, dilation.height)
        let width = count(images.dimensions[1], size.width, stride.width, padding.width, dilation.width)
        guard height > 0, width > 0 else {
            throw Misfit(
                "a window of \(size.height) × \(size.width) does not fit into images \(images) padded by "
                    + "\(padding.height) × \(padding.width)")
        }
        return .batch(height, width, channels)
    }

    private func count(_ extent: Int, _ size: Int, _ stride: Int, _ padding: Int, _ dilation: Int) -> Int {
        let room = extent + 2 * padding - (size - 1) * dilation - 1
        return room < 0 ? 0 : room / stride + 1
    }

    /// - Throws: if the channels of images and weights `[out, in / groups, height, width]` do not fit each other.
    func check(input: Shape, weights: [Int]) throws(Misfit) {
        let channels = input.dimensions[2]
        guard weights[2] == size.height, weights[3] == size.width else {
            throw Misfit("weights of \(weights[2]) × \(weights[3]) for a window of \(size.height) × \(size.width)")
        }
        guard channels % groups == 0, weights[0] % groups == 0, weights[1] == channels / groups else {
            throw Misfit(
                "\(channels) channels in \(groups) groups, with weights from \(weights[1]) to \(weights[0]) channels")
        }
    }

    /// What a kernel needs to know of a window that maps images `[height, width, channels]` to `output`.
    func details(image: [Int], output: [Int], rectifies: Bool = false) -> ck_window {
        ck_window(
            input_height: Int32(image[0]), input_width: Int32(image[1]), input_channels: Int32(image[2]),
            output_height: Int32(output[0]), output_width: Int32(output[1]), output_channels: Int32(output[2]),
            height: Int32(size.height), width: Int32(size.width), stride_height: Int32(stride.height),
            stride_width: Int32(stride.width), padding_height: Int32(padding.height),
            padding_width: Int32(padding.width), dilation_height: Int32(dilation.height),
            dilation_width: Int32(dilation.width), groups: Int32(groups), relu: rectifies ? 1 : 0)
    }

    func scratchCount(image: [Int], output: [Int]) -> Int {
        var details = details(image: image, output: output)
        return ck_convolution_scratch(&details)
    }

    /// Calls `body` for every product in a convolution with the places of its element of the images, of the weights, and
    /// of the output.
    func forEachProduct(images: Shape, output: Shape, batch: Int, _ body: (Int, Int, Int) -> Void) {
        let (image, result) = (images.dimensions, output.dimensions)
        let (inputs, outputs) = (image[2] / groups, result[2] / groups)
        forEachPlace(images: images, output: output, batch: batch) { pixel, row, column, target in
            for channel in 0..<result[2] {
                for input in 0..<inputs {
                    let weight = ((channel * inputs + input) * size.height + row) * size.width + column
                    body(pixel * image[2] + channel / outputs * inputs + input, weight, target * result[2] + channel)
                }
            }
        }
    }

    /// Calls `body` for every pixel that lies in every window: with its number, its row and column in the window, and
    /// the number of the output's pixel.
    func forEachPlace(images: Shape, output: Shape, batch: Int, _ body: (Int, Int, Int, Int) -> Void) {
        let (image, result) = (images.dimensions, output.dimensions)
        for sample in 0..<batch {
            for y in 0..<result[0] {
                for x in 0..<result[1] {
                    for row in 0..<size.height {
                        let top = y * stride.height - padding.height + row * dilation.height
                        guard top >= 0, top < image[0] else { continue }
                        for column in 0..<size.width {
                            let left = x * stride.width - padding.width + column * dilation.width
                            guard left >= 0, left < image[1] else { continue }
                            body(
                                (sample * image[0] + top) * image[1] + left, row, column,
                                (sample * result[0] + y) * result[1] + x)
                        }
                    }
                }
            }
        }
    }
}
