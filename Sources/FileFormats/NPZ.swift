/// Several NumPy arrays in one file, as `numpy.savez` and `numpy.savez_compressed` write them: a ZIP archive of NPY
/// files.
public enum NPZ {
    /// The arrays with their names, in the order of the file.
    ///
    /// - Parameter name: the file's name, for errors.
    /// - Throws: `FileFormatError` if the archive or an array is damaged, or an element type is not supported.
    public static func decode(_ bytes: [UInt8], name: String) throws -> [(name: String, array: NumericArray)] {
        try ZIP.decode(bytes, name: name).compactMap { member in
            guard member.name.hasSuffix(".npy") else { return nil }
            let array = try NPY.decode(member.bytes, name: name + "/" + member.name)
            return (String(member.name.dropLast(".npy".count)), array)
        }
    }
}
