import ArgumentParser
private import Glibc

/// Flags that are set in the environment: `REGRA_WINDOW=10000` is `--window 10000`.
struct FlagEnvironment {
  /// One flag of a command.
  struct FlagName: Hashable {
    /// Without hyphens: `max-event`.
    var name: String
    var takesValue: Bool

    /// A flag followed by its value.
    static func value(_ name: String) -> FlagName { FlagName(name: name, takesValue: true) }

    /// A flag that stands alone.
    static func plain(_ name: String) -> FlagName { FlagName(name: name, takesValue: false) }

    /// `REGRA_MAX_EVENT`.
    var variable: String {
      let bytes = name.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
      return "REGRA_" + String(decoding: bytes, as: UTF8.self).uppercased()
    }
  }

  private let value: @Sendable (String) -> String?

  /// The environment of this process.
  static let system = FlagEnvironment { name in getenv(name).map { String(cString: $0) } }

  init(value: @escaping @Sendable (String) -> String?) { self.value = value }

  /// The flags of the command that the arguments name.
  static func flags(of command: String?) -> [FlagName] {
    switch command {
    case "run": RunCommand.environmentFlags
    case "plan": PlanCommand.environmentFlags
    case "diff": DiffCommand.environmentFlags
    case "check": CheckCommand.environmentFlags
    case "test": TestCommand.environmentFlags
    case "infer": InferCommand.environmentFlags
    case "fmt": FmtCommand.environmentFlags
    case "new": NewCommand.environmentFlags
    case "eval": EvalCommand.environmentFlags
    case "play": PlayCommand.environmentFlags
    case "explain": ExplainCommand.environmentFlags
    case "pull": PullCommand.environmentFlags
    case "apply": ApplyCommand.environmentFlags
    case "provision": ProvisionCommand.environmentFlags
    case "doctor": DoctorCommand.environmentFlags
    case "replay": ReplayCommand.environmentFlags
    case "simulate": SimulateCommand.environmentFlags
    default: []
    }
  }

  /// The arguments with what the environment adds; what was written wins.
  func apply(to arguments: [String]) -> [String] {
    guard let command = arguments.first else { return arguments }
    var result = [command]
    for flag in FlagEnvironment.flags(of: command) {
      let option = "--" + flag.name
      let isWritten = arguments.contains { $0 == option || $0.starts(with: option + "=") }
      guard !isWritten, let value = value(flag.variable), !value.isEmpty else { continue }
      if flag.takesValue {
        result.append("\(option)=\(value)")
      } else if !["0", "false", "no"].contains(value.lowercased()) {
        result.append(option)
      }
    }
    return result + arguments.dropFirst()
  }
}
