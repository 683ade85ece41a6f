import FileFormats

/// The bytes that pairs of hexadecimal digits spell.
func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// Files written by other programs.
enum Fixtures {
    /// safetensors 0.6 in Python: w = [[1, −2.5], [0.5, 3]] of float32, u = [7, 255, 0] of uint8, made = "by Python".
    static let safetensors = bytes(
        """
        98000000000000007b225f5f6d657461646174615f5f223a7b226d616465223a22627920507974686f6e227d2c2277223a7b226474797065
        223a22463332222c227368617065223a5b322c325d2c22646174615f6f666673657473223a5b302c31365d7d2c2275223a7b226474797065
        223a225538222c227368617065223a5b335d2c22646174615f6f666673657473223a5b31362c31395d7d7d20202020200000803f000020c0
        0000003f0000404007ff00
        """)

    /// numpy.save of [[1, 2, 3], [4, 5, −6]], float32.
    static let npyFloats = npy(
        "7b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028322c2033"
            + "292c207d20", elements: "0000803f0000004000004040000080400000a0400000c0c0")
    /// numpy.save of [7, −1], int64.
    static let npyIntegers = npy(
        "7b276465736372273a20273c6938272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028322c292c"
            + "207d20", elements: "0700000000000000ffffffffffffffff")
    /// numpy.save of the scalar 1.5, float64.
    static let npyScalar = npy(
        "7b276465736372273a20273c6638272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028292c207d"
            + "20", elements: "000000000000f83f")

    /// NumPy pads the header with spaces to a multiple of 64 bytes.
    private static func npy(_ header: String, elements: String) -> [UInt8] {
        let text = bytes(header)
        let padding = [UInt8](repeating: 0x20, count: 117 - text.count)
        return bytes("934e554d505901007600") + text + padding + bytes("0a" + elements)
    }

    /// Pillow: 3 × 2 pixels, 2 bits, palette red, green, blue; indices 0 1 2, 2 1 0.
    static let pngPalette = bytes(
        """
        89504e470d0a1a0a0000000d4948445200000003000000020203000000e01a8e8900000009504c5445ff000000ff000000ff2d4acd8a0000
        000c49444154789c63906098000000dc00a96ce7c0230000000049454e44ae426082
        """)
    /// The same with a palette in which green is transparent.
    static let pngTransparentPalette = bytes(
        """
        89504e470d0a1a0a0000000d4948445200000003000000020203000000e01a8e8900000009504c5445ff000000ff000000ff2d4acd8a0000
        000274524e53ff00e5b7304a0000000c49444154789c63906098000000dc00a96ce7c0230000000049454e44ae426082
        """)
    /// Pillow: one row of 16-bit grey, 0, 0x1234, 0xFFFF.
    static let pngDeepGrey = bytes(
        """
        89504e470d0a1a0a0000000d49484452000000030000000110000000006e1b972b0000000f49444154789c6360601032f9ff1f0003e80245
        d58f48480000000049454e44ae426082
        """)
    /// Pillow: one pixel of grey 10 with opacity 200; Title = "café" (tEXt), long = "ab" · 20 (zTXt), name = "αβ"
    /// (iTXt, compressed).
    static let pngTexts = bytes(
        """
        89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000a744558745469746c6500636166e900ab337a00
        0000137a5458746c6f6e670000789c4b4c4a240a0200387b0f3d44a4024a00000017695458746e616d65000100656e0000789c3bb7f1dc26
        00079d03001e9b15740000000b49444154789c63e03a010000df00d34b21a5490000000049454e44ae426082
        """)

    /// Python's gzip of "hello, hello, hello\\n".
    static let gzip = bytes("1f8b0800000000000203cb48cdc9c9d751c840a2b800e7426e5214000000")

    /// IDX of [[1, 2, 3], [4, 5, 6]], uint8.
    static let idx = bytes("00000802 00000002 00000003 010203040506")
}

/// What `body` throws, as text; "no error" if it throws nothing.
func message(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return "no error"
}
