/// A row that goes from one cluster to another; from −1 if it had none.
struct RowMove: BitwiseCopyable, Sendable, Equatable {
    var row: Int32
    var from: Int32
    var to: Int32
}

extension RowMove: MatrixElement {}

/// The rows that an assignment moves from cluster to cluster, and scratch memory for working with them. Everything is
/// allocated once.
struct RowMoves: Sendable {
    /// How many moves there are.
    private(set) var count = 0
    /// `[rows + k, 1]`: a row may move twice, into a cluster and from there into an empty one.
    private var moves: Matrix<RowMove>
    private var shardCounts: Matrix<Int32>
    /// The rows that enter and leave, by cluster.
    private var entering: Matrix<Int32>
    private var leaving: Matrix<Int32>
    /// Where each cluster's rows end in them `[k, 1]`.
    private var enteringEnds: Matrix<Int32>
    private var leavingEnds: Matrix<Int32>
    /// The number of rows in each cluster after the moves, once they were counted.
    private(set) var sizes: [Int]
    /// A number for each row `[rows, 1]`, for whoever works with the moves.
    var distances: Matrix<Double>
    /// A number for each cluster `[k, 1]`, for whoever works with the moves.
    var shifts: Matrix<Double>
    private let rowCount: Int

    init(rows: Int, clusters: Int) {
        rowCount = rows
        let none = RowMove(row: 0, from: 0, to: 0)
        moves = Matrix(rows: rows + clusters, columns: 1, repeating: none)
        shardCounts = Matrix(rows: Shards.count(rows: rows), columns: 1, repeating: 0)
        entering = Matrix(rows: rows + clusters, columns: 1, repeating: 0)
        leaving = Matrix(rows: rows + clusters, columns: 1, repeating: 0)
        enteringEnds = Matrix(rows: clusters, columns: 1, repeating: 0)
        leavingEnds = Matrix(rows: clusters, columns: 1, repeating: 0)
        sizes = Array(repeating: 0, count: clusters)
        distances = Matrix(rows: rows, columns: 1, repeating: 0)
        shifts = Matrix(rows: clusters, columns: 1, repeating: 0)
    }

    /// Where the shards write their moves at the same time: each from the place of its first row on.
    struct Writer {
        fileprivate let moves: UnsafeMutablePointer<RowMove>
        fileprivate let counts: UnsafeMutablePointer<Int32>

        func set(_ place: Int, _ move: RowMove) { moves[place] = move }
        func end(_ shard: Int, count: Int) { counts[shard] = Int32(count) }
    }

    /// Begins a new list, to be written by shards.
    mutating func start(shards: Int) -> Writer {
        precondition(shards == shardCounts.rowCount, "\(shards) shards write moves, not \(shardCounts.rowCount)")
        count = 0
        return Writer(moves: moves.writablePointer(), counts: shardCounts.writablePointer())
    }

    /// Joins what the shards have written, in the order of the rows.
    mutating func finish(shards: Int) {
        let moves = moves.writablePointer()
        for shard in 0..<shards {
            let start = Shards.range(shard, of: shards, rows: rowCount).lowerBound
            for place in start..<start + Int(shardCounts[shard, 0]) {
                moves[count] = moves[place]
                count += 1
            }
        }
    }

    mutating func append(_ move: RowMove) {
        moves.writablePointer()[count] = move
        count += 1
        sizes[Int(move.from)] -= 1
        sizes[Int(move.to)] += 1
    }

    /// Counts the rows of each cluster after the moves.
    mutating func countRows(startingWith before: [Int]) {
        for cluster in sizes.indices { sizes[cluster] = before[cluster] }
        let moves = moves.pointer
        for place in 0..<count {
            if moves[place].from >= 0 { sizes[Int(moves[place].from)] -= 1 }
            sizes[Int(moves[place].to)] += 1
        }
    }

    /// The rows that enter and leave each cluster, in the order of the moves.
    struct Groups {
        let clusterCount: Int
        fileprivate let entering: UnsafePointer<Int32>
        fileprivate let leaving: UnsafePointer<Int32>
        fileprivate let enteringEnds: UnsafePointer<Int32>
        fileprivate let leavingEnds: UnsafePointer<Int32>

        func members(of cluster: Int, leaving isLeaving: Bool) -> UnsafeBufferPointer<Int32> {
            let (rows, ends) = isLeaving ? (leaving, leavingEnds) : (entering, enteringEnds)
            let start = cluster == 0 ? 0 : Int(ends[cluster - 1])
            return UnsafeBufferPointer(start: rows + start, count: Int(ends[cluster]) - start)
        }
    }

    /// Sorts the moves by cluster, keeping their order (a counting sort). Holds until the next list begins.
    mutating func group() -> Groups {
        sort(leaving: true)
        sort(leaving: false)
        return Groups(
            clusterCount: sizes.count, entering: entering.pointer, leaving: leaving.pointer,
            enteringEnds: enteringEnds.pointer, leavingEnds: leavingEnds.pointer)
    }

    private mutating func sort(leaving isLeaving: Bool) {
        let moves = moves.pointer
        let rows = isLeaving ? leaving.writablePointer() : entering.writablePointer()
        let ends = isLeaving ? leavingEnds.writablePointer() : enteringEnds.writablePointer()
        for cluster in 0..<sizes.count { ends[cluster] = 0 }
        for place in 0..<count {
            let cluster = Int(isLeaving ? moves[place].from : moves[place].to)
            if cluster >= 0 { ends[cluster] += 1 }
        }
        var start: Int32 = 0
        for cluster in 0..<sizes.count {
            (ends[cluster], start) = (start, start + ends[cluster])
        }
        // Placing a row moves its cluster's start on by one: after the last row it is the end.
        for place in 0..<count {
            let cluster = Int(isLeaving ? moves[place].from : moves[place].to)
            guard cluster >= 0 else { continue }
            rows[Int(ends[cluster])] = moves[place].row
            ends[cluster] += 1
        }
    }
}
