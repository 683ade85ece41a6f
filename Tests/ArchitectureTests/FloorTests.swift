import Testing

/// The floors of the house: a module may import modules of lower floors only.
private let floors: [[String]] = [
    ["CKernels", "COpenBLAS", "CCairo", "CPNG", "CZlib", "CBox2D"],
    ["Randomness", "LinearAlgebra", "FileFormats"],
    ["Autodiff", "Simulation", "Plotting", "Datasets"],
    ["NeuralNetworks", "Optimizers", "Environments"],
    ["SupervisedLearning"],
    ["UnsupervisedLearning", "ReinforcementLearning"],
    ["Experiments"],
    ["FledgeCommand", "Fledge"],
    // Measurements and the gallery stand outside of the house and may look into all of it.
    ["Benchmarks", "Gallery"],
]

private let floorOfModule = Dictionary(
    uniqueKeysWithValues: floors.enumerated().flatMap { floor, modules in modules.map { ($0, floor) } })

@Suite struct FloorTests {
    @Test func `every module has a floor`() {
        let modules = Set(SourceTree.package.sources.map(\.module))
        #expect(modules.count >= 15)
        #expect(modules.subtracting(floorOfModule.keys).sorted() == [])
    }

    @Test func `imports only go down`() {
        let modules = Set(floorOfModule.keys)
        var imports = 0
        for file in SourceTree.package.sources {
            guard let floor = floorOfModule[file.module] else { continue }
            for (number, module) in file.imports(among: modules) where module != file.module {
                imports += 1
                let other = floorOfModule[module] ?? 0
                #expect(
                    other < floor,
                    "\(file.path):\(number): \(file.module) on floor \(floor) imports \(module) on floor \(other)")
            }
        }
        #expect(imports > 50)
    }
}
