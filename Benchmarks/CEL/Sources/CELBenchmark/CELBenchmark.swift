import CEL
import Foundation

/// Prints nanoseconds per evaluation for each rule of a file, as JSON: `{"rules": {NAME: NS}, …}`.
///
/// usage: `CELBenchmark RULES.json EVENT.json [PASSES]`, or `CELBenchmark RULES.json EVENT.json
/// --once NAME COUNT` to evaluate one rule so often and nothing else, for counting instructions.
@main
enum CELBenchmark {
  struct Rules {
    var event: Data
    var rules: [(name: String, compiled: CompiledExpression, wanted: Bool)]

    init(path: String, event: String) throws {
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
      guard let file = json as? [String: Any], let rules = file["rules"] as? [[String: Any]]
      else { throw CocoaError(.fileReadCorruptFile) }
      self.event = try Data(contentsOf: URL(filePath: event))
      var environment = Environment()
      environment.declare("event", as: .dynamic)
      self.rules = try rules.compactMap { rule in
        guard let name = rule["name"] as? String, let text = rule["expr"] as? String,
          let wanted = rule["want"] as? Bool
        else { return nil }
        return (name, try CompiledExpression(text, in: environment), wanted)
      }
    }
  }

  static func main() throws {
    let arguments = CommandLine.arguments
    let rules = try Rules(path: arguments[1], event: arguments[2])
    if arguments.count == 6, arguments[3] == "--once" {
      try evaluate(rules, arguments[4], Int(arguments[5]) ?? 1)
      return
    }
    let passes = arguments.count > 3 ? Int(arguments[3]) ?? 5 : 5
    var activation = try bound(rules)
    var best: [String: Double] = [:]
    for _ in 0..<passes {
      for rule in rules.rules {
        precondition(activation.truth(of: rule.compiled) == rule.wanted, rule.name)
        let time = fastest { activation.truth(of: rule.compiled) == true }
        best[rule.name] = min(time, best[rule.name] ?? .infinity)
      }
      let time = try bindAndEvaluate(rules)
      best["bind_and_evaluate"] = min(time, best["bind_and_evaluate"] ?? .infinity)
    }
    let report: [String: Any] = ["bytes": rules.event.count, "ns": best]
    let output = try JSONSerialization.data(withJSONObject: report, options: [.sortedKeys])
    print(String(decoding: output, as: UTF8.self))
  }

  private static func bound(_ rules: Rules) throws -> Activation {
    var activation = Activation()
    try rules.event.withUnsafeBytes { try activation.bind("event", toJSON: $0) }
    return activation
  }

  private static func evaluate(_ rules: Rules, _ name: String, _ count: Int) throws {
    var activation = try bound(rules)
    var holding = 0
    if name == "bind_and_evaluate" {
      for _ in 0..<count where isTrueWhenBound(rules, &activation) { holding += 1 }
      print(holding)
      return
    }
    guard let rule = rules.rules.first(where: { $0.name == name }) else { return }
    for _ in 0..<count where activation.truth(of: rule.compiled) == true { holding += 1 }
    print(holding)
  }

  /// From 640 bytes of text to a result: parsing is part of it.
  private static func isTrueWhenBound(_ rules: Rules, _ activation: inout Activation) -> Bool {
    guard let rule = rules.rules.first(where: { $0.name == "rule_and5" }) else { return false }
    return rules.event.withUnsafeBytes { text in
      (try? activation.bind("event", toJSON: text)) != nil
        && activation.truth(of: rule.compiled) == true
    }
  }

  private static func bindAndEvaluate(_ rules: Rules) throws -> Double {
    var activation = Activation()
    guard let rule = rules.rules.first(where: { $0.name == "rule_and5" }) else { return 0 }
    return rules.event.withUnsafeBytes { text in
      fastest {
        (try? activation.bind("event", toJSON: text)) != nil
          && activation.truth(of: rule.compiled) == true
      }
    }
  }

  /// Nanoseconds of one call, the fastest of several runs of about 10 ms.
  private static func fastest(_ body: () -> Bool) -> Double {
    var count = 1
    var best = Double.infinity
    var runs = 0
    var holding = 0
    while runs < 7 {
      let start = DispatchTime.now().uptimeNanoseconds
      for _ in 0..<count where body() { holding += 1 }
      let elapsed = Double(DispatchTime.now().uptimeNanoseconds - start)
      if elapsed < 5_000_000 {
        count *= 2
        continue
      }
      best = min(best, elapsed / Double(count))
      runs += 1
    }
    return holding < 0 ? 0 : best
  }
}
