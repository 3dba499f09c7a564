// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "cel-benchmark",
  dependencies: [.package(name: "regra", path: "../..")],
  targets: [
    .executableTarget(
      name: "CELBenchmark", dependencies: [.product(name: "CEL", package: "regra")])
  ]
)
