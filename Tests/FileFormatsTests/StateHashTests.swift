import FileFormats
import Testing

struct StateHashTests {
    private func hash(_ build: (inout StateHash) -> Void) -> UInt64 {
        var hash = StateHash()
        build(&hash)
        return hash.value
    }

    @Test func `equal numbers have equal hashes`() {
        let numbers = (0..<1000).map { Float($0) / 7 }
        #expect(hash { $0.combine(numbers) } == hash { $0.combine(numbers) })
        #expect(hash { $0.combine(3) } == hash { $0.combine(3) })
    }

    @Test func `each single bit of a long array counts`() {
        let numbers = [UInt32](repeating: 0x3F80_0000, count: 77)
        var seen: Set<UInt64> = [hash { $0.combine(numbers) }]
        for index in numbers.indices {
            for bit in [0, 1, 13, 31] {
                var changed = numbers
                changed[index] ^= 1 << UInt32(bit)
                seen.insert(hash { $0.combine(changed) })
            }
        }
        #expect(seen.count == 1 + 77 * 4)
    }

    @Test func `order and length count`() {
        #expect(hash { $0.combine([1.0, 2.0]) } != hash { $0.combine([2.0, 1.0]) })
        #expect(
            hash { $0.combine([UInt8](repeating: 0, count: 8)) } != hash { $0.combine([UInt8](repeating: 0, count: 9)) }
        )
        #expect(hash { _ in } != hash { $0.combine(0) })
    }

    /// 64 bits, each of which should turn about half of the time when one bit of the input turns.
    @Test func `a turned bit turns about half of the hash`() {
        var turned = 0
        for index in 0..<64 {
            let (a, b) = (hash { $0.combine(UInt64(5)) }, hash { $0.combine(UInt64(5) ^ 1 << UInt64(index)) })
            turned += (a ^ b).nonzeroBitCount
        }
        #expect(abs(Double(turned) / 64 - 32) < 3)
    }
}

struct CRC32Tests {
    /// The check value of CRC-32/ISO-HDLC.
    @Test func `the check value is that of the standard`() {
        #expect(CRC32(of: Array("123456789".utf8)).value == 0xCBF4_3926)
        #expect(CRC32(of: []).text == "00000000")
    }

    @Test func `pieces give what the whole gives`() {
        var checksum = CRC32()
        for piece in ["1234", "", "56789"] { checksum.update(with: Array(piece.utf8)) }
        #expect(checksum == CRC32(of: Array("123456789".utf8)))
        var continued = CRC32(continuing: CRC32(of: Array("1234".utf8)).value)
        continued.update(with: Array("56789".utf8))
        #expect(continued == checksum)
    }
}
