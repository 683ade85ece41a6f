import Testing

struct WrongCommandLineTests {
    @Test(arguments: [
        (["trian"], "did you mean 'train'?"),
        (["train", "cartpole"], "did you mean 'cart-pole'?"),
        (["train", "CartPole-v0"], "did you mean 'CartPole-v1'?"),
        (["train", "cart-pole", "--stpes", "5"], "Did you mean '--steps'?"),
        (["train", "cart-pole", "--steps", "many"], "many"),
        (["train", "cart-pole", "--steps", "0"], "totalSteps"),
        (["train", "cart-pole", "--seeds", "0"], "0 seeds"),
        (["train", "cart-pole", "--algorithm", "pop"], "did you mean 'ppo'?"),
        (["train", "cart-pole", "--recipe", "zo"], "did you mean 'zoo'?"),
        (["train", "cart-pole", "--set", "learningrate=1"], "did you mean 'learningRate'?"),
        (["train", "cart-pole", "--set", "learningRate=fast"], "takes a number, not 'fast'"),
        (["train", "cart-pole", "--set", "learningRate=-1"], "learningRate"),
        (["train", "cart-pole", "--set", "activation=tnah"], "did you mean 'tanh'?"),
        (["train", "cart-pole", "--set", "learningRate"], "--set key=value"),
        (["train", "cart-pole", "--name", "a/b"], "cannot be called"),
        (["train"], "environment"),
        (["cluster", "digit", "--clusters", "3"], "\"digits\""),
        (["cluster", "digits", "--clusters", "0"], "clusters"),
        (["cluster", "digits", "--set", "cluster=4"], "did you mean 'clusters'?"),
        (["fit", "fashion-mnits"], "\"fashion-mnist\""),
        (["fit", "digits", "--epochs", "-1"], "epochs"),
        (["fit", "digits", "--epochs", "9223372036854775807"], "epochs"),
        (["fit", "digits", "--set", "batchSize=9223372036854775807"], "batchSize"),
        (["fit", "digits", "--set", "hiddenSizes=65536,65536"], "weights between two layers"),
        (["encode", "digits", "--set", "hiddenSizes=4611686018427387904"], "hiddenSizes"),
        (["encode", "digits", "--code", "1000000000"], "codeSize"),
        (["train", "cart-pole", "--set", "epochs=1000000000"], "epochs"),
        (["train", "cart-pole", "--seed", "9223372036854775807", "--seeds", "2"], "below 2⁶³"),
    ])
    func `what is wrong is told with what is right, before any run is made`(
        arguments: [String], advice: String
    ) throws {
        let command = try Command()
        let outcome = try command.finish(command.start(arguments))
        #expect(outcome.code == 64)
        #expect(outcome.messages.contains(advice), "\(outcome.messages)")
        #expect(outcome.output.isEmpty)
        #expect(!command.has("runs"))
    }

    @Test func `a target with one value teaches nothing`() throws {
        let command = try Command()
        try command.write("a,label\n1,x\n2,x\n3,x\n4,x\n5,x\n", to: "table.csv")
        let outcome = try command.run("fit", "table.csv")
        #expect(outcome.code == 65 && outcome.messages.contains("the target \"label\" has one class only, \"x\""))
        #expect(!command.has("runs"))
    }

    @Test func `too few rows for a validation part are told with both ways out`() throws {
        let command = try Command()
        try command.write("a,b,label\n1,2,x\n2,1,y\n3,3,x\n", to: "table.csv")
        let outcome = try command.run("fit", "table.csv", "--set", "validationFraction=0.1")
        #expect(outcome.code == 64)
        #expect(
            outcome.messages.contains("have more samples, or validate on none of them with 0"), "\(outcome.messages)")
        #expect(try command.run("fit", "table.csv").code == 0)
    }

    @Test func `input that is not there is 66`() throws {
        let command = try Command()
        try command.write("a,b\n1,2\n", to: "table.csv")
        let outcome = try command.run("cluster", "tabel.csv", "--clusters", "2")
        #expect(outcome.code == 66)
        #expect(outcome.messages.contains("did you mean 'table.csv'?"))
        #expect(try command.run("overview", "nothing").code == 66)
        #expect(try command.run("train", "cart-pole", "--recipe", "mine.json").code == 66)
    }

    @Test func `data that is damaged is 65 and told with line and field`() throws {
        let command = try Command()
        try command.write("a,b\n1,2\n3\n", to: "table.csv")
        let outcome = try command.run("fit", "table.csv")
        #expect(outcome.code == 65)
        #expect(outcome.messages.contains("table.csv, line 3"), "\(outcome.messages)")
        try command.write("a,b\n1,2\n3,4\n", to: "small.csv")
        #expect(try command.run("cluster", "small.csv", "--clusters", "5").code == 65)
        #expect(!command.has("runs"))
    }

    @Test func `a wrong recipe file is 78`() throws {
        let command = try Command()
        try command.write("{\n\"stepsPerRolout\": 5}", to: "mine.json")
        let outcome = try command.run("train", "cart-pole", "--recipe", "mine.json")
        #expect(outcome.code == 78)
        #expect(outcome.messages.contains("mine.json, line 2"))
        #expect(outcome.messages.contains("did you mean 'stepsPerRollout'?"))
    }

    @Test func `a name that is taken is 73, and so is a file where runs should be`() throws {
        let command = try Command()
        #expect(try command.run("cluster", "digits", "--clusters", "2", "--name", "mine").code == 0)
        let outcome = try command.run("cluster", "digits", "--clusters", "2", "--name", "mine")
        #expect(outcome.code == 73)
        #expect(outcome.messages.contains("mine"))
        let other = try Command()
        try other.write("", to: "runs")
        #expect(try other.run("cluster", "digits", "--clusters", "2").code == 73)
    }
}
