// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// The targets on the per-event path: exclusivity is proved by their ~Copyable state.
let hot: [SwiftSetting] =
  strict + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

/// The runtime within the program: calls into it go no detour, and no other one is needed where it runs.
let runtimeInside: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims",
      "-l_FoundationCollections", "-lswiftSynchronization",
    ], .when(platforms: [.linux], configuration: .release))
]

/// Libraries of C++ within the released program, each before what it needs itself: to find and bind
/// them would take the loader 3 ms of each start.
func inside(_ libraries: String...) -> [LinkerSetting] {
  libraries.map { .linkedLibrary(":lib\($0).a", .when(configuration: .release)) }
}

let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// A target and its tests, which stand on the same targets.
func module(
  _ name: String, on dependencies: [Target.Dependency] = [],
  testsOn more: [Target.Dependency] = [], settings: [SwiftSetting] = strict
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: settings),
    .testTarget(
      name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies + more,
      swiftSettings: strict),
  ]
}

let package = Package(
  name: "regra",
  products: [
    .library(name: "CEL", targets: ["CEL"]),
    .executable(name: "regra", targets: ["regra"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/swift-server/async-http-client", from: "1.37.0", traits: []),
  ],
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CGlibc"),
    .target(name: "CJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(
      name: "CRE2",
      linkerSettings: [.linkedLibrary("re2", .when(configuration: .debug))] + inside("re2")),
    .target(
      name: "CPhone",
      linkerSettings: [.linkedLibrary("phonenumber", .when(configuration: .debug))]
        + inside(
          "phonenumber", "protobuf-lite", "icui18n", "icuuc", "icudata", "absl_raw_hash_set",
          "absl_hash", "absl_city", "absl_low_level_hash", "absl_strings", "absl_throw_delegate",
          "absl_raw_logging_internal")),
  ]
    + module("Diagnostics")
    + [.target(name: "TwoPieces", path: "Tests/TwoPieces", swiftSettings: strict)]
    + module("YAMLTree", on: ["CYAML", "Diagnostics"], testsOn: ["TwoPieces"])
    + module("Formatting", on: ["Diagnostics", "YAMLTree"], testsOn: ["RandomNumbers"])
    + module("CEL", on: ["CJSON", "CRE2", "Diagnostics"])
    + module("Contacts")
    + module(
      "Telemetry",
      on: [
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "Logging", package: "swift-log"),
      ])
    + module("Knowledge", on: ["CEL", "CJSON", "Contacts"], settings: hot)
    + module("Functions", on: ["CEL", "CPhone", "Contacts"])
    + module(
      "Rulesets",
      on: ["CEL", "Contacts", "Diagnostics", "Functions", "Knowledge", "YAMLTree"],
      testsOn: ["TwoPieces"])
    + module(
      "Engine", on: ["CEL", "CJSON", "Contacts", "Functions", "Knowledge", "Rulesets"],
      settings: hot)
    + module(
      "Samples", on: ["CEL", "CJSON", "Contacts", "Diagnostics", "Engine", "Functions", "Rulesets"])
    + module("Covering", testsOn: ["Certificates"], settings: hot)
    + [.target(name: "RandomNumbers", path: "Tests/RandomNumbers", swiftSettings: strict)]
    + module("Certificates", settings: hot)
    + module(
      "Planning",
      on: ["Certificates", "Contacts", "Covering", "Engine", "Knowledge", "Rulesets"],
      testsOn: ["RandomNumbers"], settings: hot)
    + module(
      "Streams",
      on: [
        "CEL", "CGlibc", "CJSON", "CZlib", "Contacts", "Diagnostics", "Engine", "Knowledge",
        "Planning",
      ],
      settings: hot)
    + module("Plans", on: ["CEL", "CZlib", "Contacts", "Engine", "Knowledge", "Planning"])
    + module(
      "Execution", on: ["CEL", "Contacts", "Planning"],
      testsOn: ["Engine", "Simulator"])
    + [
      .target(
        name: "Simulator", dependencies: ["CEL", "CPhone", "Contacts"], swiftSettings: strict),
      .target(
        name: "RecordedAPI", dependencies: ["Contacts", "Simulator"], path: "Tests/RecordedAPI",
        swiftSettings: strict),
      .executableTarget(
        name: "simulator-load", dependencies: ["Contacts", "Simulator"],
        path: "Benchmarks/SimulatorLoad", swiftSettings: strict),
      .executableTarget(
        name: "covering-figures", dependencies: ["Covering"], path: "Benchmarks/Covering",
        swiftSettings: strict),
      .testTarget(
        name: "SimulatorTests", dependencies: ["Contacts", "RecordedAPI", "Simulator"],
        exclude: ["States"], swiftSettings: strict),
    ]
    + module(
      "Playground",
      on: [
        "CEL", "Contacts", "Diagnostics", "Engine", "Execution", "Knowledge", "Planning", "Plans",
        "Rulesets", "Simulator",
      ],
      testsOn: ["RandomNumbers"])
    + [
      .target(
        name: "Serving",
        dependencies: [
          .product(name: "Logging", package: "swift-log"),
          .product(name: "NIOCore", package: "swift-nio"),
          .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
          .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        ], swiftSettings: strict)
    ]
    + module(
      "SimulatorServer",
      on: [
        "Contacts", "Serving", "Simulator",
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      testsOn: ["RecordedAPI", .product(name: "NIOEmbedded", package: "swift-nio")])
    + module(
      "StateStore",
      on: [
        "CEL", "Contacts", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ])
    + [
      .executableTarget(
        name: "state-figures",
        dependencies: ["Contacts", "Knowledge", "ShopWorkspace", "StateStore", "Streams"],
        path: "Benchmarks/StateFigures", swiftSettings: strict),
      .executableTarget(
        name: "planning-figures",
        dependencies: [
          "Contacts", "Diagnostics", "Engine", "Knowledge", "Planning", "Rulesets", "ShopWorkspace",
        ],
        path: "Benchmarks/Planning", swiftSettings: strict),
      .executableTarget(
        name: "engine-figures",
        dependencies: [
          "CEL", "Contacts", "Diagnostics", "Engine", "Functions", "Knowledge", "Planning",
          "RandomNumbers", "Rulesets",
        ],
        path: "Benchmarks/Engine", swiftSettings: strict),
      .executableTarget(
        name: "pipeline-figures",
        dependencies: ["Contacts", "Diagnostics", "Engine", "Planning", "Rulesets"],
        path: "Benchmarks/Pipeline", swiftSettings: strict),
      .executableTarget(
        name: "rehearsal-figures",
        dependencies: ["Contacts", "Diagnostics", "Playground", "PlaygroundServer", "Rulesets"],
        path: "Benchmarks/Rehearsal", swiftSettings: strict),
      .target(name: "ShopWorkspace", path: "Benchmarks/ShopWorkspace", swiftSettings: strict),
    ]
    + module(
      "Pulling", on: ["CEL", "Contacts", "StateStore"], testsOn: ["RecordedAPI", "Simulator"])
    + [
      .target(
        name: "Sending",
        dependencies: ["CEL", "Contacts", "Execution", "Planning", "Pulling", "StateStore"],
        swiftSettings: strict)
    ]
    + [
      .target(name: "ClosedPorts", path: "Tests/ClosedPorts", swiftSettings: strict),
      .target(
        name: "RandomCalls", dependencies: ["CEL", "Contacts", "Simulator"],
        path: "Tests/RandomCalls",
        swiftSettings: strict),
    ]
    + module(
      "Applying",
      on: [
        "CEL", "Contacts", "Execution", "Planning", "Plans", "Pulling", "Sending", "StateStore",
      ],
      testsOn: ["RandomCalls", "Simulator"])
    + module(
      "Delivery",
      on: [
        "CEL", "Contacts", "Execution", "Planning", "Pulling", "Sending", "StateStore",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      testsOn: ["ClosedPorts", "HTTPTransport", "RandomCalls", "Simulator", "SimulatorServer"])
    + module(
      "Provisioning",
      on: [
        "Applying", "Contacts", "Diagnostics", "Execution", "Knowledge", "Planning", "Pulling",
        "Rulesets", "Sending", "StateStore",
      ],
      testsOn: ["Simulator"])
    + module(
      "RuleTests",
      on: [
        "CEL", "Contacts", "Diagnostics", "Engine", "Execution", "Knowledge", "Planning",
        "Playground", "Pulling", "Rulesets", "Sending", "Simulator", "YAMLTree",
      ])
    + [
      .target(
        name: "PlaygroundServer",
        dependencies: [
          "CEL", "Contacts", "Diagnostics", "Knowledge", "Planning", "Playground", "Rulesets",
          "Serving", "Simulator",
          .product(name: "Hummingbird", package: "hummingbird"),
          .product(name: "HTTPTypes", package: "swift-http-types"),
          .product(name: "Logging", package: "swift-log"),
          .product(name: "NIOCore", package: "swift-nio"),
        ],
        resources: ["index.html", "page.css", "icon.svg"].map { .embedInCode("Page/\($0)") }
          + ["page", "editor", "make", "server", "show", "words"].map {
            .embedInCode("Page/\($0).js")
          },
        swiftSettings: strict),
      .testTarget(
        name: "PlaygroundServerTests",
        dependencies: [
          "CEL", "Contacts", "Diagnostics", "Playground", "PlaygroundServer", "RuleTests",
          "Rulesets",
        ],
        swiftSettings: strict),
    ]
    + module(
      "Checkup",
      on: [
        "Applying", "CEL", "Contacts", "Diagnostics", "Knowledge", "Provisioning", "Pulling",
        "Rulesets", "Sending", "StateStore",
      ],
      testsOn: ["Simulator"])
    + module(
      "HTTPTransport",
      on: [
        "Contacts", .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      testsOn: ["ClosedPorts", "Simulator", "SimulatorServer"])
    + module(
      "TelemetryServer",
      on: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ])
    + [
      .executableTarget(
        name: "regra",
        dependencies: [
          "Applying", "CEL", "CGlibc", "Checkup", "Contacts", "Covering", "Delivery", "Diagnostics",
          "Engine", "Execution",
          "Formatting", "Functions", "HTTPTransport", "Knowledge", "Planning", "Plans",
          "Playground", "PlaygroundServer", "Provisioning",
          "Pulling", "RuleTests", "Rulesets", "Samples", "Sending", "Serving", "Simulator",
          "SimulatorServer", "StateStore", "Streams", "Telemetry", "TelemetryServer", "YAMLTree",
          arguments,
          .product(name: "CoreMetrics", package: "swift-metrics"),
          .product(name: "Logging", package: "swift-log"),
          .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        ],
        swiftSettings: strict,
        linkerSettings: runtimeInside),
      .testTarget(
        name: "Goldens",
        dependencies: [
          "regra", "Applying", "CEL", "Contacts", "Delivery", "Diagnostics", "Engine", "Formatting",
          "Knowledge", "Plans", "RuleTests", "Rulesets", "Samples", "Sending", "Simulator",
          "Streams", "Telemetry", arguments,
        ],
        exclude: ["scenarios", "diagnostics", "plays", "EditorSchemas"], swiftSettings: strict),
      .testTarget(
        name: "LawTests",
        dependencies: [
          "CEL", "Contacts", "Delivery", "Diagnostics", "Engine", "Execution", "Knowledge",
          "Planning", "Playground", "RandomCalls", "RandomNumbers", "Rulesets", "Simulator",
          "StateStore", "Streams",
        ],
        swiftSettings: strict),
      .testTarget(name: "TidyTests", swiftSettings: strict),
    ],
  cxxLanguageStandard: .cxx20
)
