// swift-tools-version: 6.2
import Foundation
import PackageDescription

// The house has floors; a target may depend on lower floors only (README.md shows the plan, and
// Tests/ArchitectureTests holds the code to it).

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]
/// Puts the Swift library inside the executable: it starts in a third of the time, and runs where no Swift is
/// installed. Said here and not on the command line, where it would compile everything anew for tests, which cannot
/// have it; the libraries are those that Foundation needs beyond its own.
let swiftInside: [LinkerSetting] =
    [.unsafeFlags(["-static-stdlib"])]
    + [
        "CoreFoundation", "_FoundationCShims", "_FoundationCollections", "_FoundationICU", "swift_RegexParser",
        "swiftDispatch", "dispatch", "BlocksRuntime",
    ].map { .linkedLibrary($0) }

let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

/// The files below `folder` whose names end in one of `suffixes`, relative to `folder`, sorted: so that adding an
/// environment (its folder with README and recipes) does not edit this manifest. SwiftPM keeps what an unchanged
/// manifest yielded: after adding such a file build once with `--manifest-cache none`.
func files(below folder: String, endingIn suffixes: [String]) -> [String] {
    let root = Context.packageDirectory + "/" + folder
    let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return all.filter { path in suffixes.contains { path.hasSuffix($0) } }.sorted()
}

func systemLibrary(_ name: String, _ pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func floor(_ name: String, on dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(of name: String, on dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.target(name: name)] + dependencies, resources: resources,
        swiftSettings: strict)
}

let package = Package(
    name: "Fledge",
    products: [
        .executable(name: "fledge", targets: ["FledgeCommand"]),
        .library(name: "Fledge", targets: ["Fledge"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    ],
    targets: [
        // Floor 0: C
        systemLibrary("COpenBLAS", "openblas", apt: "libopenblas-dev"),
        systemLibrary("CPNG", "libpng", apt: "libpng-dev"),
        systemLibrary("CCairo", "cairo", apt: "libcairo2-dev"),
        systemLibrary("CZlib", "zlib", apt: "zlib1g-dev"),
        .target(name: "CKernels", cSettings: strictC),
        .target(
            name: "CBox2D", cxxSettings: [.treatAllWarnings(as: .error)],
            linkerSettings: [.linkedLibrary("box2d"), .linkedLibrary("stdc++")]),

        // Floor 1
        floor("Randomness"),
        floor("LinearAlgebra", on: ["CKernels", "COpenBLAS"]),
        floor("FileFormats", on: ["CPNG", "CZlib", .product(name: "Yams", package: "Yams")]),

        // Floor 2
        floor("Autodiff", on: ["CKernels", "LinearAlgebra", "Randomness", "FileFormats"]),
        floor("Simulation", on: ["LinearAlgebra", "Randomness", "FileFormats"]),
        floor("Plotting", on: ["CCairo", "FileFormats"]),
        // The bundled datasets travel inside the binary, as compressed IDX and tables.
        .target(
            name: "Datasets", dependencies: ["LinearAlgebra", "FileFormats"], exclude: ["fetch.sh"],
            resources: files(below: "Sources/Datasets/Bundled", endingIn: [".gz", ".csv"])
                .map { .embedInCode("Bundled/" + $0) },
            swiftSettings: strict),

        // Floor 3
        floor("NeuralNetworks", on: ["Autodiff", "LinearAlgebra", "Randomness"]),
        floor("Optimizers", on: ["Autodiff", "CKernels", "LinearAlgebra", "FileFormats"]),
        .target(
            name: "Environments",
            dependencies: ["Simulation", "Plotting", "LinearAlgebra", "Randomness", "FileFormats", "CBox2D"],
            path: "Environments",
            exclude: files(below: "Environments", endingIn: [".md"]),
            resources: files(below: "Environments", endingIn: [".json"]).map { .embedInCode($0) },
            swiftSettings: strict),

        // Floor 4
        floor(
            "SupervisedLearning",
            on: [
                "NeuralNetworks", "Optimizers", "Autodiff", "Datasets", "LinearAlgebra", "FileFormats", "Randomness",
            ]),

        // Floor 5
        floor(
            "UnsupervisedLearning",
            on: [
                "SupervisedLearning", "NeuralNetworks", "Optimizers", "Autodiff", "Datasets", "CKernels",
                "LinearAlgebra", "FileFormats", "Randomness",
            ]),
        floor(
            "ReinforcementLearning",
            on: [
                "SupervisedLearning", "NeuralNetworks", "Optimizers", "Autodiff", "Simulation", "LinearAlgebra",
                "FileFormats", "Randomness",
            ]),

        // Floor 6
        floor(
            "Experiments",
            on: [
                "ReinforcementLearning", "UnsupervisedLearning", "SupervisedLearning", "Environments", "Simulation",
                "NeuralNetworks", "Optimizers", "Autodiff", "Plotting", "Datasets", "LinearAlgebra", "FileFormats",
                "Randomness",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),

        // Floor 7
        .executableTarget(
            name: "FledgeCommand",
            dependencies: [
                "Experiments", "SupervisedLearning", "NeuralNetworks", "Environments", "Simulation", "Plotting",
                "Datasets",
                "FileFormats", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict, linkerSettings: swiftInside),
        floor(
            "Fledge",
            on: [
                "Experiments", "ReinforcementLearning", "UnsupervisedLearning", "SupervisedLearning", "Environments",
                "Simulation", "NeuralNetworks", "Optimizers", "Autodiff", "Plotting", "Datasets", "LinearAlgebra",
                "FileFormats", "Randomness",
            ]),

        // Measurements (`make bench`): not part of any product.
        .executableTarget(
            name: "Benchmarks", dependencies: ["Fledge", "CKernels"], exclude: ["Peers", "Results", "study-fits.sh"],
            swiftSettings: strict),

        // The gallery of figures (`make gallery`): not part of any product.
        .executableTarget(name: "Gallery", dependencies: ["Fledge"], swiftSettings: strict),

        // Tests mirror the sources.
        .executableTarget(
            name: "RingBufferRun", dependencies: ["Fledge", "FileFormats", "Randomness"], path: "Tests/RingBufferRun",
            swiftSettings: strict),
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter", cSettings: strictC),
        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        tests(of: "Randomness"),
        tests(of: "LinearAlgebra", on: ["CKernels"]),
        tests(of: "FileFormats"),
        tests(of: "Autodiff", on: ["CKernels", "LinearAlgebra", "Randomness"]),
        tests(of: "Simulation", on: ["Environments", "LinearAlgebra", "Randomness", "FileFormats"]),
        tests(of: "Plotting", on: ["FileFormats"]),
        tests(of: "Datasets", on: ["LinearAlgebra", "FileFormats"]),
        tests(
            of: "NeuralNetworks", on: ["Autodiff", "LinearAlgebra", "FileFormats", "Randomness"],
            resources: ["pytorch.json", "activations.json", "losses.json", "pytorch-layers.json", "interchange.py"]
                .map { .embedInCode("Fixtures/" + $0) }),
        tests(
            of: "Optimizers", on: ["Autodiff", "NeuralNetworks", "LinearAlgebra", "FileFormats", "Randomness"],
            resources: [.embedInCode("Fixtures/pytorch.json")]),
        tests(
            of: "Environments",
            on: ["Simulation", "Plotting", "LinearAlgebra", "Randomness", "FileFormats", "CAllocationCounter"],
            resources: files(below: "Tests/EnvironmentsTests/Fixtures", endingIn: [".json"])
                .map { .embedInCode("Fixtures/" + $0) }),
        tests(
            of: "SupervisedLearning",
            on: [
                "NeuralNetworks", "Optimizers", "Autodiff", "Datasets", "LinearAlgebra", "FileFormats", "Randomness",
                "CAllocationCounter",
            ],
            resources: files(below: "Tests/SupervisedLearningTests/Fixtures", endingIn: [".json"])
                .map { .embedInCode("Fixtures/" + $0) }),
        tests(
            of: "UnsupervisedLearning",
            on: [
                "SupervisedLearning", "NeuralNetworks", "Datasets", "LinearAlgebra", "FileFormats", "Randomness",
                "CKernels", "CAllocationCounter",
            ],
            resources: [.embedInCode("Fixtures/digits-clustering.json")]),
        tests(
            of: "ReinforcementLearning",
            on: [
                "SupervisedLearning", "NeuralNetworks", "Optimizers", "Autodiff", "Environments", "Simulation",
                "LinearAlgebra", "FileFormats",
                "Randomness",
                "CAllocationCounter",
            ],
            resources: [.embedInCode("Fixtures/stable-baselines3-gae.json")]),
        tests(of: "Experiments", on: ["Fledge", "FileFormats", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(
            name: "FledgeCommandTests", dependencies: ["FileFormats", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(name: "GalleryTests", dependencies: ["Gallery"], swiftSettings: strict),
    ]
)
