// swift-tools-version: 6.2
import PackageDescription

// A package as a user of the library would have it: an environment of its own, PPO, and a curve.
let package = Package(
    name: "corridor",
    dependencies: [.package(name: "Fledge", path: "../..")],
    targets: [
        .executableTarget(name: "corridor", dependencies: [.product(name: "Fledge", package: "Fledge")])
    ]
)
