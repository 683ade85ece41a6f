import Autodiff

/// The operations that whole layers are made of, in shapes that their kernels treat differently: channels below, at and
/// beside the lanes, tiles that are full and not, windows that reach over the edge.
enum LayerFormulas {
    static let all: [Formula] = convolutions + poolings + normalizations + tokens + sequences + rearrangements

    private struct Case {
        var name: String
        var image: (height: Int, width: Int, channels: Int)
        var outputs: Int
        var window: Window
    }

    private static let convolutions: [Formula] =
        [
            Case(name: "3 × 3 padded", image: (5, 6, 3), outputs: 4, window: Window(.init(3, 3), padding: .init(1, 1))),
            Case(name: "of one channel", image: (6, 5, 1), outputs: 17, window: Window(.init(3, 3))),
            Case(
                name: "to many channels", image: (4, 4, 2), outputs: 35,
                window: Window(.init(2, 3), padding: .init(1, 2))),
            Case(
                name: "with a stride", image: (7, 8, 2), outputs: 3,
                window: Window(.init(3, 2), stride: .init(2, 3), padding: .init(1, 0))),
            Case(
                name: "dilated", image: (7, 7, 2), outputs: 3,
                window: Window(.init(2, 3), padding: .init(2, 1), dilation: .init(3, 2))),
            Case(
                name: "in groups", image: (4, 5, 6), outputs: 9,
                window: Window(.init(3, 3), padding: .init(1, 1), groups: 3)),
            Case(
                name: "in groups, dilated, with a stride", image: (8, 7, 4), outputs: 4,
                window: Window(
                    .init(2, 2), stride: .init(2, 1), padding: .init(1, 1), dilation: .init(2, 2), groups: 2)),
            Case(name: "of single pixels", image: (3, 4, 5), outputs: 6, window: Window(.init(1, 1))),
            Case(
                name: "whose padding is wider than its window", image: (2, 2, 1), outputs: 2,
                window: Window(.init(1, 1), padding: .init(2, 1))),
        ].map { example in
            let image = example.image
            let weights = [
                example.outputs, image.channels / example.window.groups, example.window.size.height,
                example.window.size.width,
            ]
            let count = image.height * image.width * image.channels
            return Formula(
                name: "convolution \(example.name)",
                parameters: [("w", weights), ("b", [example.outputs]), ("s", [count])], inputs: [("x", count)],
                range: -0.9...0.9
            ) { trace, p in
                let x = (trace.input("x", count) * p[2]).reshaped(to: [image.height, image.width, image.channels])
                return convolution(x, p[0], bias: p[1], window: example.window)
            }
        } + [
            Formula(
                name: "convolution with ReLU", parameters: [("w", [5, 2, 3, 3]), ("b", [5])], inputs: [("x", 50)]
            ) { trace, p in
                relu(convolution(trace.input("x", 5, 5, 2), p[0], bias: p[1], window: Window(.init(3, 3))))
            },
            Formula(
                name: "convolution of a convolution", parameters: [("w", [3, 1, 2, 2]), ("v", [2, 3, 3, 3])],
                inputs: [("x", 36)], range: -0.8...0.8
            ) { trace, p in
                let hidden = tanh(convolution(trace.input("x", 6, 6, 1), p[0], window: Window(.init(2, 2))))
                return convolution(hidden, p[1], window: Window(.init(3, 3), stride: .init(2, 2), padding: .init(1, 1)))
            },
            Formula(
                name: "squared gradient of a convolution", parameters: [("w", [2, 1, 2, 2])], inputs: [("x", 9)],
                range: -0.8...0.8
            ) { trace, p in
                let x = trace.input("x", 3, 3, 1)
                let loss = convolution(x, p[0], window: Window(.init(2, 2))).squared().mean()
                return x.reshaped(to: [9]) + (loss.gradients(withRespectTo: [p[0]])[0] ?? p[0]).squared().sum()
            },
        ]

    private static let poolings: [Formula] = [1, 16, 19].flatMap { channels -> [Formula] in
        let count = 5 * 6 * channels
        let windows: [(String, Window)] = [
            ("2 × 2", Window(.init(2, 2), stride: .init(2, 2))),
            ("overlapping", Window(.init(3, 3), stride: .init(1, 2), padding: .init(1, 1))),
        ]
        return windows.flatMap { name, window -> [Formula] in
            [
                Formula(
                    name: "maximum pooling \(name) of \(channels)", parameters: [("s", [count])], inputs: [("x", count)]
                ) { trace, p in
                    (trace.input("x", count) + p[0]).reshaped(to: [5, 6, channels]).maximumPooled(window)
                },
                Formula(
                    name: "average pooling \(name) of \(channels)", parameters: [("s", [count])], inputs: [("x", count)]
                ) { trace, p in
                    (trace.input("x", count) * p[0]).reshaped(to: [5, 6, channels]).averagePooled(window)
                },
            ]
        }
    }

    private static let normalizations: [Formula] = [1, 4, 21, 70].flatMap { width -> [Formula] in
        [
            Formula(
                name: "batch normalization of \(width) channels",
                parameters: [("s", [3 * width]), ("g", [width]), ("b", [width])], inputs: [("x", 3 * width)],
                range: 0.3...2
            ) { trace, p in
                let x = (trace.input("x", 3 * width) * p[0]).reshaped(to: [3, width])
                let mean = x.meanOverPlaces()
                return x.batchNormalized(
                    mean: mean, variance: x.varianceOverPlaces(about: mean), scale: p[1], shift: p[2], epsilon: 0.01)
            },
            Formula(
                name: "variance of \(width) channels", parameters: [("s", [3 * width])], inputs: [("x", 3 * width)]
            ) { trace, p in
                let x = (trace.input("x", 3 * width) * p[0]).reshaped(to: [3, width])
                return x * x.varianceOverPlaces(about: x.meanOverPlaces())
            },
            Formula(
                name: "standardized rows of \(width + 1)", parameters: [("s", [2 * (width + 1)])],
                inputs: [("x", 2 * (width + 1))]
            ) { trace, p in
                (trace.input("x", 2 * (width + 1)) * p[0]).reshaped(to: [2, width + 1])
                    .standardizedRows(epsilon: 0.1)
            },
        ]
    }

    private static let tokens: [Formula] = [3, 16, 18].flatMap { width -> [Formula] in
        [
            Formula(
                name: "embedding of \(width)", parameters: [("t", [6, width])], tokens: [("x", 4, 6)]
            ) { trace, p in p[0].embedding(trace.indices("x", length: 4)) },
            Formula(
                name: "embedding bag of \(width)", parameters: [("t", [6, width])], tokens: [("x", 4, 6)]
            ) { trace, p in p[0].embeddingBag(trace.indices("x", length: 4), averaging: true) },
            Formula(
                name: "weighted embedding bag of \(width)", parameters: [("t", [6, width])], inputs: [("w", 4)],
                tokens: [("x", 4, 6)]
            ) { trace, p in
                p[0].embeddingBag(trace.indices("x", length: 4), weights: trace.input("w", 4))
            },
        ]
    }

    private static let sequences: [Formula] = [2, 16, 19].flatMap { width -> [Formula] in
        [true, false].flatMap { hasLengths -> [Formula] in
            let lengths: [(label: String, bound: Int)] = hasLengths ? [("lengths", 5)] : []
            let suffix = "\(width)" + (hasLengths ? " with lengths" : "")
            return [
                Formula(
                    name: "LSTM of \(suffix)",
                    parameters: [("w", [4 * width, 3]), ("r", [4 * width, width]), ("b", [4 * width])],
                    inputs: [("x", 12)], indices: lengths, range: -0.7...0.7
                ) { trace, p in
                    let sums = matrixProduct(trace.input("x", 4, 3), p[0], transposingSecond: true) + p[2]
                    return longShortTermMemory(
                        sums, weights: p[1], lengths: hasLengths ? trace.indices("lengths") : nil)
                },
                Formula(
                    name: "GRU of \(suffix)",
                    parameters: [("w", [3 * width, 3]), ("r", [3 * width, width]), ("b", [3 * width])],
                    inputs: [("x", 12)], indices: lengths, range: -0.7...0.7
                ) { trace, p in
                    let sums = matrixProduct(trace.input("x", 4, 3), p[0], transposingSecond: true)
                    return gatedRecurrentUnit(
                        sums, weights: p[1], bias: p[2], lengths: hasLengths ? trace.indices("lengths") : nil)
                },
            ]
                + [true, false].map { isCausal in
                    let width = width + width % 2
                    return Formula(
                        name: "\(isCausal ? "causal " : "")attention of \(suffix)",
                        parameters: [("w", [3 * width, width])],
                        inputs: [("x", 5 * width)], indices: lengths, range: -0.7...0.7
                    ) { trace, p in
                        let all = matrixProduct(trace.input("x", 5, width), p[0], transposingSecond: true)
                        return attention(
                            queries: all.columns(0..<width), keys: all.columns(width..<2 * width),
                            values: all.columns(2 * width..<3 * width), heads: 2, isCausal: isCausal,
                            lengths: hasLengths ? trace.indices("lengths") : nil)
                    }
                }
        }
    }

    private static let rearrangements: [Formula] = [
        Formula(name: "columns", parameters: [("s", [14])], inputs: [("x", 14)]) { trace, p in
            (trace.input("x", 14) * p[0]).reshaped(to: [2, 7]).columns(2..<5)
        },
        Formula(name: "concatenation", parameters: [("s", [6]), ("t", [3])], inputs: [("x", 6), ("y", 3)]) { trace, p in
            concatenate([(trace.input("x", 6) * p[0]), trace.input("y", 3) * p[1], p[0] * trace.input("x", 6)])
        },
        Formula(name: "channels first", parameters: [("s", [24])], inputs: [("x", 24)]) { trace, p in
            (trace.input("x", 24) * p[0]).reshaped(to: [3, 2, 4]).channelsFirst()
        },
        Formula(name: "channels last", parameters: [("s", [24])], inputs: [("x", 24)]) { trace, p in
            (trace.input("x", 24) * p[0]).reshaped(to: [4, 3, 2]).channelsLast()
        },
        Formula(name: "a product for each step", parameters: [("w", [3, 4])], inputs: [("x", 20)]) { trace, p in
            tanh(matrixProduct(trace.input("x", 5, 4), p[0], transposingSecond: true))
        },
        Formula(
            name: "channels of an image scaled and shifted", parameters: [("a", [3]), ("b", [3])], inputs: [("x", 24)]
        ) { trace, p in trace.input("x", 4, 2, 3) * p[0] + p[1] },
        Formula(
            name: "an image times a number for each pixel", parameters: [("a", [4, 2, 1])],
            inputs: [("x", 24), ("y", 8)]
        ) { trace, p in trace.input("x", 4, 2, 3) * (trace.input("y", 4, 2, 1) + p[0]) },
        Formula(name: "dropout", parameters: [("s", [150])], inputs: [("x", 150)], mode: .training) { trace, p in
            (trace.input("x", 150) * p[0]).droppingOut(0.3)
        },
        Formula(name: "two dropouts", parameters: [("s", [20])], inputs: [("x", 20)], mode: .training) { trace, p in
            (trace.input("x", 20) * p[0]).droppingOut(0.5) + trace.input("x", 20).droppingOut(0.5)
        },
    ]
}
