import CEL
import Foundation

/// One case of the official conformance suite, as plain JSON.
struct ConformanceCase {
  /// What the case asks for.
  enum Expectation {
    case value(Literal)
    case error
    case typed(Literal?, String)
  }

  var id: String
  var text: String
  var container: String
  var isChecked: Bool
  var isOnlyChecked: Bool
  var declarations: [[String: Any]]
  var bindings: [String: Literal]
  var expectation: Expectation

  init?(_ json: [String: Any]) {
    guard let id = json["id"] as? String, let text = json["expr"] as? String,
      let expect = json["expect"] as? [String: Any]
    else { return nil }
    self.id = id
    self.text = text
    container = json["container"] as? String ?? ""
    isChecked = json["disable_check"] as? Bool != true
    isOnlyChecked = json["check_only"] as? Bool == true
    declarations = json["type_env"] as? [[String: Any]] ?? []
    bindings = [:]
    for (name, value) in json["bindings"] as? [String: Any] ?? [:] {
      guard let literal = Literal(json: value) else { return nil }
      bindings[name] = literal
    }
    if let value = expect["value"].flatMap({ Literal(json: $0) }) {
      expectation = .value(value)
    } else if expect["error"] != nil {
      expectation = .error
    } else if let typed = expect["typed_result"] as? [String: Any],
      let type = typed["type"] as? String
    {
      expectation = .typed(typed["value"].flatMap { Literal(json: $0) }, type)
    } else {
      return nil
    }
  }

  /// The declarations of the case.
  var environment: CEL.Environment {
    var environment = CEL.Environment(container: container)
    for declaration in declarations {
      guard let name = declaration["name"] as? String else { continue }
      if let type = (declaration["var"] as? String).flatMap({ Type($0) }) {
        environment.declare(name, as: type)
      }
      for overload in declaration["function"] as? [[String: Any]] ?? [] {
        guard let function = ConformanceCase.function(name, overload) else { continue }
        environment.add([function])
      }
    }
    for name in bindings.keys where !declarations.contains(where: { $0["name"] as? String == name })
    {
      environment.declare(name, as: .dynamic)
    }
    return environment
  }

  private static func function(_ name: String, _ json: [String: Any]) -> Function? {
    let parameters = Set(json["type_params"] as? [String] ?? [])
    let types = (json["params"] as? [String] ?? []).map { Type($0, parameters: parameters) }
    guard let id = json["id"] as? String,
      let result = (json["result"] as? String).flatMap({ Type($0, parameters: parameters) }),
      types.allSatisfy({ $0 != nil })
    else { return nil }
    let overload = Function.Overload(
      id: id, types.compactMap { $0 }, result, isMember: json["member"] as? Bool == true)
    return Function(name, [overload]) { _, _ in .unknown(.unbound) }
  }

  /// Why the case fails; absent if it passes.
  func failure() -> String? {
    let environment = self.environment
    let parsed = Expression.parse(text)
    guard let tree = parsed.expression, parsed.issues.isEmpty else {
      if case .error = expectation { return nil }
      return "parsing: \(parsed.issues.map(\.message))"
    }
    if tree.description != Expression.parse(tree.description).expression?.description {
      return "printed as \(tree)"
    }
    let checked = tree.check(in: environment)
    if isChecked, !checked.issues.isEmpty {
      if case .error = expectation { return nil }
      return "checking: \(checked.issues.map(\.message))"
    }
    if case .typed(_, let type) = expectation, checked.expression.type.description != type {
      return "type \(checked.expression.type)"
    }
    if isOnlyChecked { return nil }
    return failure(of: Bindings(bindings).evaluate(checked.expression, in: environment))
  }

  private func failure(of outcome: Bindings.Outcome) -> String? {
    switch (expectation, outcome) {
    case (.error, .unknown): return nil
    case (.error, .value(let value)): return "value \(value) instead of an error"
    case (.value(let wanted), .value(let value)), (.typed(.some(let wanted), _), .value(let value)):
      return wanted.isSame(as: value) ? nil : "\(value) instead of \(wanted)"
    case (_, .unknown(let reason, let site)): return "unknown: \(reason) at \(site.range)"
    case (.typed(nil, _), .value): return nil
    }
  }
}

extension Literal {
  /// Reads the suite's form of a value.
  init?(json: Any) {
    guard let object = json as? [String: Any], let (form, content) = object.first else {
      return nil
    }
    let text = content as? String ?? ""
    switch form {
    case "null": self = .null
    case "bool": self = .bool(content as? Bool == true)
    case "int": self = .int(Int64(text) ?? 0)
    case "uint": self = .uint(UInt64(text) ?? 0)
    case "double":
      self = .double(
        text == "Infinity" ? .infinity : text == "-Infinity" ? -.infinity : Double(text) ?? .nan)
    case "string": self = .string(text)
    case "bytes": self = .bytes(Array(Data(base64Encoded: text) ?? Data()))
    case "type": self = .type(text)
    case "timestamp", "duration":
      guard
        case .value(let value)? = Bindings().evaluate("\(form)('\(text)')", in: Environment())
          .outcome
      else { return nil }
      self = value
    case "list":
      let elements = (content as? [Any] ?? []).map { Literal(json: $0) }
      self = .list(elements.compactMap { $0 })
    case "map":
      self = .map(
        (content as? [[Any]] ?? []).compactMap { entry in
          guard let key = Literal(json: entry[0]), let value = Literal(json: entry[1]) else {
            return nil
          }
          return (key, value)
        })
    default: return nil
    }
  }

  /// The same type and value; NaN is NaN, maps have no order.
  func isSame(as other: Literal) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let one), .bool(let two)): one == two
    case (.int(let one), .int(let two)): one == two
    case (.uint(let one), .uint(let two)): one == two
    case (.double(let one), .double(let two)): one == two || one.isNaN && two.isNaN
    case (.string(let one), .string(let two)): Array(one.utf8) == Array(two.utf8)
    case (.bytes(let one), .bytes(let two)): one == two
    case (.type(let one), .type(let two)): one == two
    case (.duration(let one), .duration(let two)): one == two
    case (.timestamp(let one, let rest), .timestamp(let two, let otherRest)):
      one == two && rest == otherRest
    case (.list(let one), .list(let two)):
      one.count == two.count && zip(one, two).allSatisfy { $0.isSame(as: $1) }
    case (.map(let one), .map(let two)):
      one.count == two.count
        && one.allSatisfy { entry in
          two.contains { entry.key.isSame(as: $0.key) && entry.value.isSame(as: $0.value) }
        }
    case (.optional(let one?), .optional(let two?)): one.isSame(as: two)
    case (.optional(nil), .optional(nil)): true
    default: false
    }
  }
}
