/// A column of a table: its name, its values, and how its type was found.
public struct Column: Sendable, Equatable {
    /// The values, one for each row; nil where one is missing.
    public enum Values: Sendable, Equatable {
        case numbers([Double?])
        /// Indices into the names of the categories, which are in rising order.
        case categories(codes: [Int32?], names: [String])
        case texts([String?])
        case dates([CalendarTime?])
    }

    public let name: String
    public let values: Values
    public let inference: ColumnInference

    public init(name: String, values: Values, inference: ColumnInference) {
        self.name = name
        self.values = values
        self.inference = inference
    }

    /// A column whose type is that of its values.
    public init(name: String, values: Values) {
        self.init(name: name, values: values, inference: ColumnInference(of: values))
    }

    public var type: ColumnType { inference.type }

    public var rowCount: Int {
        switch values {
        case .numbers(let values): values.count
        case .categories(let codes, _): codes.count
        case .texts(let values): values.count
        case .dates(let values): values.count
        }
    }

    /// Whether each row lacks a value.
    public var missing: [Bool] {
        switch values {
        case .numbers(let values): values.map { $0 == nil }
        case .categories(let codes, _): codes.map { $0 == nil }
        case .texts(let values): values.map { $0 == nil }
        case .dates(let values): values.map { $0 == nil }
        }
    }

    /// The value of one row as text; nil if it is missing. Whole numbers are without a fraction.
    public func text(row: Int) -> String? {
        switch values {
        case .numbers(let values): values[row].map(Self.text)
        case .categories(let codes, let names): codes[row].map { names[Int($0)] }
        case .texts(let values): values[row]
        case .dates(let values): values[row].map(\.description)
        }
    }

    static func text(of number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }

    /// The column at the rows `indices`, in that order. Categories keep their names, though some may have no row now.
    public func rows(_ indices: some Collection<Int>) -> Column {
        let chosen: Values =
            switch values {
            case .numbers(let values): .numbers(indices.map { values[$0] })
            case .categories(let codes, let names): .categories(codes: indices.map { codes[$0] }, names: names)
            case .texts(let values): .texts(indices.map { values[$0] })
            case .dates(let values): .dates(indices.map { values[$0] })
            }
        return Column(name: name, values: chosen, inference: inference)
    }
}
