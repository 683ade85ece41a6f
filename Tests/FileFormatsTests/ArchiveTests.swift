import FileFormats
import Testing

struct ArchiveTests {
    @Test func `an archive comes back with every array, value and their order`() throws {
        var archive = Archive()
        archive.set("weights", [1, -2.5, .infinity, 0.1, .leastNonzeroMagnitude, 3] as [Float], shape: [2, 3])
        archive.set("flags", [0, 255, 7] as [UInt8])
        archive.set("moments", [Double.pi, -0.0])
        archive.set("counts", [Int32.min, .max])
        archive.set("offsets", [Int64.min, .max])
        archive.set("words", [UInt32.max])
        archive.set("positions", [UInt64.max])
        archive.set("nothing", [] as [Float], shape: [0, 4])
        try archive.encode("best \"so far\"", [0.1 + 0.2, -Double.infinity, .leastNonzeroMagnitude])
        try archive.encode("seed", UInt64.max)

        let copy = try Archive(decoding: archive.encoded(), name: "copy.safetensors")
        #expect(copy == archive)
        #expect(copy.arrayNames == archive.arrayNames)
        #expect(try copy.floats("weights", shape: [2, 3])[1] == -2.5)
        #expect(try copy.uint8s("flags") == [0, 255, 7])
        #expect(try copy.doubles("moments")[1].sign == .minus)
        #expect(try copy.int32s("counts") == [.min, .max])
        #expect(try copy.int64s("offsets") == [.min, .max])
        #expect(try copy.uint32s("words") == [.max])
        #expect(try copy.uint64s("positions") == [.max])
        #expect(try copy.floats("nothing", shape: [0, 4]).isEmpty)
        #expect(
            try copy.decode("best \"so far\"", as: [Double].self) == [
                0.1 + 0.2, -Double.infinity, .leastNonzeroMagnitude,
            ])
        #expect(try copy.decode("seed", as: UInt64.self) == .max)
    }

    @Test func `a part holds what was added under its prefix and nothing else`() throws {
        var environment = Archive()
        environment.set("state", [1.5, 2.5])
        try environment.encode("step", 17)
        var archive = Archive()
        archive.add("environment", environment)
        archive.set("environmental", [0.0])
        #expect(archive.part("environment") == environment)
        #expect(archive.part("nobody") == Archive())
    }

    @Test func `setting a name again replaces its array and keeps its place`() throws {
        var archive = Archive()
        archive.set("a", [1.0])
        archive.set("b", [2.0])
        archive.set("a", [3, 4] as [Float])
        #expect(archive.arrayNames == ["a", "b"])
        #expect(try archive.floats("a") == [3, 4])
    }

    @Test func `a missing array, another type or another shape is an error that says so`() throws {
        var archive = Archive()
        archive.set("actor.weight", [1, 2, 3, 4] as [Float], shape: [2, 2])
        let restored = try Archive(decoding: archive.encoded(), name: "model.safetensors")
        #expect(
            message { _ = try restored.floats("actor.wieght") }
                == "model.safetensors, \"actor.wieght\": there is no such array; is \"actor.weight\" meant?")
        #expect(message { _ = try restored.doubles("actor.weight") }.contains("is an array of float32, not float64"))
        #expect(message { _ = try restored.floats("actor.weight", shape: [4]) }.contains("shape [2, 2], not [4]"))
        #expect(message { _ = try restored.decode("seed", as: Int.self) }.contains("there is no such value"))
    }
}
