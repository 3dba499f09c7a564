import CEL
import Contacts
import Diagnostics
import Rulesets

/// Checks files as one ruleset of the default dialect.
func check(_ files: String...) -> (ruleset: Ruleset?, diagnostics: [Diagnostic]) {
  let names = ["rules.yaml", "other.yaml", "third.yaml"]
  let sources = zip(names, files).map { SourceText(path: $0, contents: $1) }
  return Ruleset.check(sources, profile: .weni)
}

extension Diagnostic {
  /// Code, place and message on one line.
  var summary: String { "\(code.rawValue) \(location.range.start): \(message)" }
}

extension Rulesets.Predicate {
  /// The CEL it stands for, combinations as calls.
  var meaning: String {
    let list = { (parts: [Self]) in parts.map(\.meaning).joined(separator: ", ") }
    return switch kind {
    case .expression(let expression): expression.description
    case .all(let parts): "all(\(list(parts)))"
    case .any(let parts): "any(\(list(parts)))"
    case .none(let parts): "none(\(list(parts)))"
    }
  }
}
