import FileFormats
import Testing

/// A small generator for the tests' inputs (Steele, Lea and Flood 2014).
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func index(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// Damaged files of each format: whatever was changed, reading ends in a value or in a `FileFormatError`.
struct MutationTests {
    private static let mutationCount = 4000

    struct Format: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let files: [[UInt8]]
        let read: @Sendable ([UInt8]) throws -> Void
    }

    static let formats = [
        Format(testDescription: "safetensors", files: [Fixtures.safetensors]) {
            for tensor in try Safetensors.decode($0, name: "f").tensors { _ = tensor.array.values(as: Float.self) }
        },
        Format(testDescription: "archive", files: [archive()]) { bytes in
            let archive = try Archive(decoding: bytes, name: "f")
            _ = try archive.floats("policy/weights", shape: [2, 3])
            _ = try archive.decode("policy/settings", as: [String: Double].self)
        },
        Format(testDescription: "YAML", files: [Array(YAMLTests.sample.utf8)]) { _ = try YAMLValue($0, file: "f") },
        Format(testDescription: "NPY", files: [Fixtures.npyFloats, Fixtures.npyIntegers, Fixtures.npyScalar]) {
            _ = try NPY.decode($0, name: "f")
        },
        Format(
            testDescription: "PNG",
            files: [
                Fixtures.pngPalette, Fixtures.pngTransparentPalette, Fixtures.pngDeepGrey, Fixtures.pngTexts,
            ]
        ) { _ = try PNG.decode($0, name: "f") },
        Format(
            testDescription: "PNG with valid checksums",
            files: [
                Fixtures.pngPalette, Fixtures.pngTransparentPalette, Fixtures.pngDeepGrey, Fixtures.pngTexts,
            ]
        ) {
            // With the checksums put right, the lies reach the decoder.
            _ = try PNG.decode(PNGTests.withValidChecksums($0) { _ in }, name: "f")
        },
        Format(testDescription: "gzip", files: [Fixtures.gzip, Gzip.compress(Array(0...255))]) {
            _ = try Gzip.decompress($0, name: "f")
        },
        Format(testDescription: "IDX", files: [Fixtures.idx, bytes("00000e01 00000001 3ff8000000000000")]) {
            _ = try IDX.decode($0, name: "f")
        },
        Format(testDescription: "IDX.gz", files: [Gzip.compress(Fixtures.idx)]) { _ = try IDX.decode($0, name: "f") },
        Format(testDescription: "CSV", files: [Array("a,\"b\"\"\",c\r\n1,2.5e3,\"x\ny\"\n-1,nan,é\n".utf8)]) { bytes in
            let table = try CSV.decode(bytes, name: "f")
            for column in 0..<table.columnCount {
                _ = table.isNumeric(column: column)
                _ = try table.texts(column: column)
            }
        },
    ]

    @Test(arguments: formats)
    func `a damaged file gives a value or an error with the place`(format: Format) {
        var random = SplitMix(seed: 2026)
        var refusals = 0
        for number in 0..<Self.mutationCount {
            let file = mutated(format.files[number % format.files.count], &random)
            do {
                try format.read(file)
            } catch let error as FileFormatError {
                #expect(error.file == "f" && error.place != .whole || file.isEmpty || format.testDescription == "CSV")
                refusals += 1
            } catch {
                Issue.record("mutation \(number): \(error)")
            }
        }
        #expect(refusals > Self.mutationCount / 20, "the mutations do not reach the checks")
    }

    /// One to four changes: a bit, a byte, a 32-bit word of an extreme value, a piece removed, doubled or moved.
    private func mutated(_ file: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var file = file
        for _ in 0...random.index(below: 4) {
            guard !file.isEmpty else { return file }
            let start = random.index(below: file.count)
            let end = min(file.count, start + 1 + random.index(below: 8))
            switch random.index(below: 7) {
            case 0: file[start] ^= 1 << UInt8(random.index(below: 8))
            case 1: file[start] = UInt8(random.index(below: 256))
            case 2:
                let extreme: UInt8 = [0, 0x7F, 0x80, 0xFF][random.index(below: 4)]
                for index in start..<end { file[index] = index == start ? extreme : extreme &+ (extreme >> 7) &- 1 }
            case 3: file.removeSubrange(start..<end)
            case 4: file.insert(contentsOf: file[start..<end], at: random.index(below: file.count))
            case 5: file.removeLast(file.count - start)
            default:
                let digits = Array("0123456789-\",[]{}'()\n".utf8)
                file[start] = digits[random.index(below: digits.count)]
            }
        }
        return file
    }

    private static func archive() -> [UInt8] {
        var archive = Archive()
        archive.set("policy/weights", [1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
        archive.set("counts", [1, 2] as [Int64])
        // Values of this kind always encode, and a test may stop if they do not.
        try! archive.encode("policy/settings", ["learningRate": 3e-4, "clip": 0.2])
        return try! archive.encoded()
    }
}
