/// The users and the items of ratings: a rating becomes the place of its user and that of its item in one table, users
/// first. Whoever is unknown has no place (−1), and so gets the mean effect.
public struct IdentifierIndex: Sendable, Codable, Equatable {
    /// In rising order.
    public let users: NameIndex
    /// In rising order.
    public let items: NameIndex

    /// Learns the users and items of the ratings at `rows`.
    public init(fittingUsers users: [String], items: [String], rows: some Collection<Int>) {
        precondition(users.count == items.count, "\(users.count) users and \(items.count) items of ratings")
        self.users = NameIndex(Set(rows.map { users[$0] }).sorted())
        self.items = NameIndex(Set(rows.map { items[$0] }).sorted())
    }

    /// The number of places: users and items.
    public var tokenCount: Int { users.count + items.count }

    /// The places of users and items: `[n, 2]`. Items come behind all users: the first is at `users.count`.
    public func callAsFunction(users: [String], items: [String]) -> TokenRows {
        precondition(users.count == items.count, "\(users.count) users and \(items.count) items of ratings")
        var indices: [Int32] = []
        indices.reserveCapacity(2 * users.count)
        for (user, item) in zip(users, items) {
            indices.append(self.users[user] ?? -1)
            indices.append(self.items[item].map { $0 + Int32(self.users.count) } ?? -1)
        }
        return TokenRows(tokenCount: tokenCount, width: 2, indices: indices)
    }

    /// How many of the ratings are by users, or of items, that training did not have.
    public func unknownCount(users: [String], items: [String]) -> (users: Int, items: Int) {
        (users.count { self.users[$0] == nil }, items.count { self.items[$0] == nil })
    }
}
