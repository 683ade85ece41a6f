import Foundation
import Testing

/// `fledge predict` as a user has it.
struct PredictTests {
    /// A folder with a fitted garden.
    private func fitted(_ arguments: String...) throws -> Command {
        let command = try Command()
        try command.write(Garden.table(rows: 120), to: "garden.csv")
        let outcome = try command.finish(
            command.start(
                ["fit", "garden.csv", "--epochs", "20", "--name", "garden", "--quiet"] + arguments))
        #expect(outcome.code == 0, "\(outcome.messages)")
        return command
    }

    @Test func `each row gets a class and the probability of each, by name and by file`() throws {
        let command = try fitted()
        // Columns in another order, a further one, and no target.
        try command.write(
            "name,day,colour,height,bed\nx,3,red,145,b1\ny,4,blue,101,b2\n\"z, q\",5,green,122,b3\n", to: "new.csv")
        let outcome = try command.run("predict", "garden", "new.csv")
        #expect(outcome.code == 0, "\(outcome.messages)")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines[0] == "kind,p(aster),p(iris),p(rose)")
        #expect(lines.dropFirst().map { $0.split(separator: ",")[0] } == ["rose", "aster", "iris"])
        for line in lines.dropFirst() {
            let sum = line.split(separator: ",").dropFirst().reduce(0) { $0 + (Double($1) ?? .nan) }
            #expect(abs(sum - 1) < 1e-5)
        }
        let file = "runs/garden/seeds/1/parameters.safetensors"
        #expect(try command.run("predict", file, "new.csv").output == outcome.output)
        let json = try command.run("predict", "garden", "new.csv", "--json").json
        let rows = try #require(json["rows"] as? [[String: Any]])
        #expect(rows.map { $0["prediction"] as? String } == ["rose", "aster", "iris"])
        #expect((rows[0]["probabilities"] as? [String: Double])?.count == 3 && json["target"] as? String == "kind")
        #expect(try command.run("predict", "garden", "new.csv", "-o", "out.csv").output.isEmpty)
        #expect(try command.bytes("out.csv") == Data(outcome.output.utf8))
        // The rows that it was fitted to are taken as well; the target is passed over.
        let again = try command.run("predict", "garden", "garden.csv").output.split(separator: "\n")
        let truth = Garden.table(rows: 120).split(separator: "\n").dropFirst().map {
            $0.split(separator: ",").last ?? ""
        }
        let correct = zip(again.dropFirst(), truth).count { $0.split(separator: ",")[0] == $1 }
        #expect(again.count == 121 && correct > 110)
    }

    @Test func `what does not fit the model is an error with line and field`() throws {
        let command = try fitted("--groups", "bed")
        let cases: [(String, [String])] = [
            ("height,day\n1,2\n", ["colour"]),
            ("height,colour,day\n120,red,1\n121,pink,2\n", ["line 3", "pink"]),
            ("height,colour,day\n120,red,1\ntall,red,2\n", ["line 3", "tall"]),
            ("height,colour,day\n120,red,1\n1e200,red,2\n", ["line 3"]),
            ("height,colour,day\n120,red,1\n121,red\n", ["line 3"]),
            ("height,colour,day\n", ["row"]), ("", ["no rows"]), ("\u{0}\u{1}\u{2}", ["new.csv"]),
        ]
        for (text, parts) in cases {
            try command.write(text, to: "new.csv")
            let outcome = try command.run("predict", "garden", "new.csv")
            #expect(outcome.code == 65 && outcome.output.isEmpty, "\(text): \(outcome.code) \(outcome.messages)")
            for part in ["new.csv"] + parts { #expect(outcome.messages.contains(part), "\(outcome.messages)") }
        }
        // A column that only divided the rows is not needed.
        try command.write("height,colour,day\n120,red,1\n,,\n", to: "new.csv")
        #expect(try command.run("predict", "garden", "new.csv").code == 0)
    }

    @Test func `what is no model is an error, and so is a damaged one`() throws {
        let command = try fitted()
        let model = try command.bytes("runs/garden/seeds/1/parameters.safetensors")
        func check(_ name: String, _ code: Int32, _ part: String) throws {
            let outcome = try command.run("predict", name, "garden.csv")
            #expect(outcome.code == code && outcome.messages.contains(part), "\(outcome.code): \(outcome.messages)")
            #expect(outcome.output.isEmpty)
        }
        try check("nothing", 66, "nothing")
        try check("garden.csv", 65, "garden.csv")
        for length in [0, 7, 100, model.count / 2, model.count - 1] {
            try model.prefix(length).write(to: URL(filePath: command.folder + "/cut.safetensors"))
            try check("cut.safetensors", 65, "cut.safetensors")
        }
        #expect(try command.run("cluster", "digits", "--clusters", "2", "--name", "clusters", "--quiet").code == 0)
        try check("clusters", 64, "no fit")
        #expect(try command.run("predict", "garden", "nothing.csv").code == 66)
        let other = try command.run("predict", "garden", "digits")
        #expect(other.code == 65 || other.code == 64, "\(other.code): \(other.messages)")
    }

    @Test func `texts, images, ratings and values are predicted`() throws {
        let command = try Command()
        var (reviews, ratings, prices) = ("review,label\n", "user,item,rating\n", "width,price\n")
        for row in 0..<120 {
            let word = row % 2 == 0 ? "good" : "bad"
            let noise = ["film", "long", "the", "a plot", "slow"]
            reviews += "the \(noise[row % 5]) was \(word) and \(noise[row * 7 % 5]),\(word)\n"
            ratings += "u\(row % 11),i\(row * 5 % 13),\(1 + (row % 11 + row * 5 % 13) % 5)\n"
            prices += "\(row),\(3 * row + row % 3).5\n"
        }
        try command.write(reviews, to: "reviews.csv")
        try command.write(ratings, to: "ratings.csv")
        try command.write(prices, to: "prices.csv")
        for (data, arguments, isClass) in [
            ("reviews.csv", ["--model", "text"], true), ("reviews.csv", ["--model", "linear"], true),
            ("reviews.csv", ["--model", "mlp"], true), ("ratings.csv", ["--model", "factorization"], false),
            ("prices.csv", [], false), ("digits", ["--model", "linear"], true),
        ] as [(String, [String], Bool)] {
            let outcome = try command.finish(
                command.start(["fit", data, "--epochs", "3", "--name", "run", "--json"] + arguments))
            #expect(outcome.code == 0, "\(data) \(arguments): \(outcome.messages)")
            let test = try #require(try outcome.json["test"] as? [String: Any])
            #expect((test["accuracy"] != nil) == isClass)
            let predictions = try command.run("predict", "run", data)
            #expect(predictions.code == 0, "\(data) \(arguments): \(predictions.messages)")
            #expect(predictions.output.split(separator: "\n").count == (data == "digits" ? 1798 : 121))
            try FileManager.default.removeItem(atPath: command.folder + "/runs/run")
        }
        // Whoever is unknown is taken for average, and that is said.
        #expect(
            try command.run("fit", "ratings.csv", "--model", "factorization", "--name", "run", "--quiet").code == 0)
        try command.write("user,item\nu1,i1\nnobody,i2\n", to: "new.csv")
        let outcome = try command.run("predict", "run", "new.csv")
        #expect(outcome.code == 0 && outcome.messages.contains("1 rows have users"), "\(outcome.messages)")
        #expect(outcome.output.split(separator: "\n").count == 3)
    }

    @Test func `rows that are spread otherwise than those learned from are warned of`() throws {
        let command = try fitted()
        try command.write(
            Garden.table(rows: 120).replacing("\n1", with: "\n9"), to: "tall.csv")
        let outcome = try command.run("predict", "garden", "tall.csv")
        #expect(outcome.code == 0 && outcome.messages.contains("warning: \"height\""), "\(outcome.messages)")
        let same = try command.run("predict", "garden", "garden.csv")
        #expect(!same.messages.contains("\"height\""), "\(same.messages)")
    }
}
