import Autodiff
import Testing

@Suite struct ShapeErrorTests {
    /// What tracing `body` throws.
    private func error(_ body: (inout Trace) -> Void) throws -> ShapeError {
        let store = ParameterStore.empty
        return try #require(throws: ShapeError.self) {
            _ = try TensorFunction(parameters: store) { body(&$0) }
        }
    }

    @Test func `shapes that do not fit are an error with the operation, the shapes and the line`() throws {
        var line = 0
        let error = try error { trace in
            let (a, b) = (trace.input("a", 3), trace.input("b", 4))
            line = #line + 1
            let sum = a + b
            trace.output("sum", sum)
        }
        #expect(error.operation == "+")
        #expect(error.explanation == "[batch, 3] and [batch, 4] do not fit together")
        #expect(error.source?.file == "ShapeErrorTests.swift")
        #expect(error.source?.line == line)
        #expect(error.description == "ShapeErrorTests.swift:\(line): +: \(error.explanation)")
    }

    @Test func `the first mistake is told, not what follows from it`() throws {
        var line = 0
        let error = try error { trace in
            let a = trace.input("a", 3)
            line = #line + 1
            let product = matrixProduct(a, a)
            trace.output("sum", product + trace.input("b", 7))
        }
        #expect(error.operation == "matrix product")
        #expect(error.source?.line == line)
    }

    @Test func `an operation that would mix rows of the batch is refused`() throws {
        let error = try error { trace in
            let a = trace.input("a", 3)
            trace.output("products", matrixProduct(a, a, transposingSecond: true))
        }
        #expect(error.explanation.contains("would mix the rows of the batch"))
    }

    static let mistakes: [(operation: String, body: @Sendable (inout Trace) -> Tensor)] = [
        ("select", { $0.input("a", 3).selecting($0.input("b", 2)) }),
        ("cross entropy", { crossEntropy($0.input("a", 3, 2), $0.indices("labels")) }),
        ("log softmax", { logSoftmax($0.input("a", 3, 2)) }),
        ("reshape", { $0.input("a", 6).reshaped(to: [4]) }),
        ("broadcast", { $0.input("a", 6).broadcast(to: .batch(5)) }),
        ("sum over columns", { $0.constant(1).sumOfColumns() }),
        (
            "gradient",
            { trace in
                _ = trace.input("a", 6).gradients(withRespectTo: [])
                return trace.constant(0)
            }
        ),
    ]

    @Test(arguments: mistakes.indices) func `every operation names itself`(_ index: Int) throws {
        let mistake = Self.mistakes[index]
        let error = try error { trace in
            let tensor = mistake.body(&trace)
            trace.output("result", tensor)
        }
        #expect(error.operation == mistake.operation)
        #expect(error.source?.file == "ShapeErrorTests.swift")
    }
}
