import Testing

/// SwiftPM lets a target use what its dependencies use; the layers hold only if this does not.
@Suite("Layers")
struct LayeringTests {
  /// What each target may import; the order is the order of the layers.
  private static let allowed: [(target: String, modules: Set<String>)] = [
    ("Diagnostics", []),
    ("YAMLTree", ["CYAML", "Diagnostics"]),
    ("Formatting", ["Diagnostics", "YAMLTree"]),
    ("CEL", ["CJSON", "CRE2", "Diagnostics", "Glibc", "Synchronization"]),
    ("Contacts", []),
    ("Telemetry", ["CoreMetrics", "Logging", "Synchronization"]),
    ("Knowledge", ["CEL", "CJSON", "Contacts", "Glibc"]),
    ("Functions", ["CEL", "CPhone", "Contacts", "Glibc", "Synchronization"]),
    ("Rulesets", ["CEL", "Contacts", "Diagnostics", "Functions", "Knowledge", "YAMLTree"]),
    ("Engine", ["CEL", "CJSON", "Contacts", "Functions", "Glibc", "Knowledge", "Rulesets"]),
    (
      "Samples",
      ["CEL", "CJSON", "Contacts", "Diagnostics", "Engine", "Functions", "Rulesets"]
    ),
    ("Covering", []),
    ("Certificates", []),
    (
      "Planning",
      ["Certificates", "Contacts", "Covering", "Engine", "Glibc", "Knowledge", "Rulesets"]
    ),
    (
      "Streams",
      [
        "CEL", "CGlibc", "CJSON", "CZlib", "Contacts", "Diagnostics", "Engine", "Glibc",
        "Knowledge", "Planning", "Synchronization",
      ]
    ),
    ("Plans", ["CEL", "CZlib", "Contacts", "Engine", "Knowledge", "Planning"]),
    ("Execution", ["CEL", "Contacts", "Planning"]),
    ("Simulator", ["CEL", "CPhone", "Contacts", "Glibc", "Synchronization"]),
    (
      "Playground",
      [
        "CEL", "Contacts", "Diagnostics", "Engine", "Execution", "Knowledge", "Planning", "Plans",
        "Rulesets", "Simulator",
      ]
    ),
    (
      "Serving",
      ["Glibc", "Logging", "NIOCore", "ServiceLifecycle", "Synchronization", "UnixSignals"]
    ),
    (
      "PlaygroundServer",
      [
        "CEL", "Contacts", "Diagnostics", "Foundation", "Glibc", "HTTPTypes", "Hummingbird",
        "Knowledge", "Logging", "NIOCore", "Planning", "Playground", "Rulesets", "Serving",
        "Simulator", "Synchronization",
      ]
    ),
    (
      "SimulatorServer",
      [
        "Contacts", "Glibc", "HummingbirdCore", "Logging", "NIOCore", "NIOPosix", "Serving",
        "Simulator", "Synchronization",
      ]
    ),
    (
      "StateStore",
      ["CEL", "Contacts", "Foundation", "GRDB", "GRDBSQLite", "Glibc", "Synchronization"]
    ),
    ("Pulling", ["CEL", "Contacts", "Glibc", "StateStore"]),
    (
      "Sending",
      [
        "CEL", "Contacts", "Execution", "Planning", "Pulling", "StateStore", "Synchronization",
      ]
    ),
    (
      "Applying",
      [
        "CEL", "Contacts", "Execution", "Glibc", "Planning", "Plans", "Pulling", "Sending",
        "StateStore", "Synchronization",
      ]
    ),
    (
      "Delivery",
      [
        "CEL", "Contacts", "Execution", "Foundation", "GRDB", "Planning", "Pulling", "Sending",
        "StateStore", "Synchronization",
      ]
    ),
    (
      "Provisioning",
      [
        "Applying", "Contacts", "Diagnostics", "Execution", "Knowledge", "Planning", "Pulling",
        "Rulesets", "Sending", "StateStore",
      ]
    ),
    (
      "RuleTests",
      [
        "CEL", "Contacts", "Diagnostics", "Engine", "Execution", "Knowledge", "Planning",
        "Playground", "Pulling", "Rulesets", "Sending", "Simulator", "Synchronization", "YAMLTree",
      ]
    ),
    (
      "Checkup",
      [
        "Applying", "CEL", "Contacts", "Diagnostics", "Foundation", "Glibc", "Knowledge",
        "Provisioning", "Pulling", "Rulesets", "Sending", "StateStore", "Synchronization",
      ]
    ),
    (
      "HTTPTransport",
      [
        "AsyncHTTPClient", "Contacts", "Foundation", "Glibc", "NIOCore", "NIOHTTP1", "NIOPosix",
        "NIOSSL", "Synchronization",
      ]
    ),
    ("TelemetryServer", ["Glibc", "NIOCore", "NIOHTTP1", "NIOPosix", "Synchronization"]),
    (
      "regra",
      [
        "Applying", "ArgumentParser", "CEL", "CGlibc", "Checkup", "Contacts", "CoreMetrics",
        "Covering",
        "Delivery", "Diagnostics", "Engine", "Execution", "Formatting", "Foundation", "Functions",
        "Glibc", "HTTPTransport", "Knowledge", "Logging", "Planning", "Plans", "Playground",
        "PlaygroundServer", "Provisioning", "Pulling",
        "RuleTests", "Rulesets", "Samples", "Sending", "Serving", "Simulator", "SimulatorServer",
        "StateStore", "Streams",
        "Synchronization", "Telemetry", "TelemetryServer", "UnixSignals", "YAMLTree",
      ]
    ),
  ]

  @Test("each target stands on the layers below it alone", arguments: sourceFiles)
  func layers(_ file: SourceFile) throws {
    let modules = try #require(Self.allowed.first { $0.target == file.target }?.modules)
    #expect(file.imports.filter { !modules.contains($0) } == [])
  }

  @Test("every layer exists")
  func targets() {
    #expect(Set(Self.allowed.map(\.target)) == Set(sourceFiles.map { String($0.target) }))
  }

  /// What the commands that rehearse and explain may stand on: none of it knows a network.
  private static let lookers: Set<String> = [
    "ArgumentParser", "CEL", "Contacts", "Diagnostics", "Glibc", "Knowledge", "Playground",
    "PlaygroundServer", "Rulesets", "Serving", "Streams",
  ]

  /// Modules by which the command line reaches servers, or is one.
  private static let reachers: Set<String> = [
    "HTTPTransport", "SimulatorServer", "TelemetryServer", "Sending", "Applying", "Delivery",
    "Pulling", "Provisioning", "Checkup", "StateStore",
  ]

  @Test(
    "a command that rehearses or explains cannot reach a network",
    arguments: sourceFiles.filter { file in
      file.path.hasPrefix("Sources/regra/Playing/")
        || ["PlayCommand.swift", "ExplainCommand.swift"].contains(file.name)
    })
  func lookers(_ file: SourceFile) {
    #expect(file.imports.filter { !Self.lookers.contains($0) } == [])
    #expect(Self.mentions(in: file, of: Self.reachers) == [])
  }

  @Test(
    "a command that compares knows the state directory, and no network",
    arguments: sourceFiles.filter { file in
      file.path.hasPrefix("Sources/regra/Comparing/") || file.name == "DiffCommand.swift"
    })
  func comparers(_ file: SourceFile) {
    let allowed = Self.lookers.union(["Engine", "StateStore"])
    #expect(file.imports.filter { !allowed.contains($0) } == [])
    #expect(Self.mentions(in: file, of: Self.reachers.subtracting(["StateStore"])) == [])
  }

  /// Types of the command line that stand on such modules and that a file names: types of its own
  /// module need no import.
  private static func mentions(in file: SourceFile, of modules: Set<String>) -> Set<String> {
    let reaching = sourceFiles.filter {
      $0.target == "regra" && !modules.isDisjoint(with: $0.imports) && $0.name != "Summary.swift"
    }
    let heads = reaching.map { file in
      file.found(#"(?m)^(?:final )?(?:struct|class|enum|protocol) \w+"#)
    }
    let types = Set(heads.joined().map { $0.split(separator: " ").last.map(String.init) ?? "" })
    #expect(types.count > 20)
    return Set(file.found(#"\w+"#)).intersection(types)
  }

  @Test("C is hidden behind the file that needs it", arguments: sourceFiles)
  func faces(_ file: SourceFile) {
    #expect(file.found(#"(?m)^(public|package) import C(YAML|JSON|RE2|Phone|Zlib|Glibc)\b"#) == [])
  }

  /// What may share memory between threads by its own promise.
  private static let promises: Set<String> = [
    "Regex.swift", "Table.swift",
  ]

  @Test("only named files promise to be Sendable, and say why it holds", arguments: sourceFiles)
  func promises(_ file: SourceFile) {
    guard file.text.contains("@unchecked Sendable") else { return }
    #expect(Self.promises.contains(String(file.name)))
    #expect(file.text.contains("Safety:"))
  }
}
