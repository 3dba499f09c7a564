import CEL
import Foundation

/// One case of the official conformance suite, as plain JSON.
struct ConformanceCase {
  /// What the case asks for.
  enum Expectation {
    case value(Literal)
    /// A failure of the kind that the text hints at.
    case error(String)
    /// A deduced type and perhaps a value.
    case typed(Literal?, String)
    /// No value, because a variable has none.
    case unknown
  }

  var id: String
  var text: String
  var container: String
  var macros: CEL.Expression.MacroUse
  var isChecked: Bool
  var isOnlyChecked: Bool
  var declarations: [[String: Any]]
  var bindings: [String: Literal]
  var expectation: Expectation

  /// Reads a case; absent if it has a form that the suite's plain data does not have.
  init?(_ json: [String: Any]) {
    guard let id = json["id"] as? String, let text = json["expr"] as? String,
      let expect = json["expect"] as? [String: Any],
      let expectation = Expectation(expect)
    else { return nil }
    self.id = id
    self.text = text
    self.expectation = expectation
    container = json["container"] as? String ?? ""
    macros = json["disable_macros"] as? Bool == true ? .calls : .expanded
    isChecked = json["disable_check"] as? Bool != true
    isOnlyChecked = json["check_only"] as? Bool == true
    declarations = json["type_env"] as? [[String: Any]] ?? []
    bindings = [:]
    for (name, value) in json["bindings"] as? [String: Any] ?? [:] {
      guard let literal = Literal(json: value) else { return nil }
      bindings[name] = literal
    }
  }

  /// The declarations of the case; absent if one cannot be read.
  func environment(_ profile: CEL.Environment.Profile = .standard) -> CEL.Environment? {
    var environment = CEL.Environment(profile: profile, container: container)
    for declaration in declarations {
      guard let name = declaration["name"] as? String else { return nil }
      if let text = declaration["var"] as? String {
        guard let type = Type(text) else { return nil }
        environment.declare(name, as: type)
      }
      for overload in declaration["function"] as? [[String: Any]] ?? [] {
        guard let function = ConformanceCase.function(name, overload) else { return nil }
        environment.add([function])
      }
    }
    for (name, value) in bindings
    where !declarations.contains(where: { $0["name"] as? String == name }) {
      environment.declare(name, as: value.openType)
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
}

extension ConformanceCase.Expectation {
  init?(_ json: [String: Any]) {
    guard json.count == 1, let form = json.first else { return nil }
    switch form.key {
    case "value":
      guard let value = Literal(json: form.value) else { return nil }
      self = .value(value)
    case "error": self = .error(form.value as? String ?? "")
    case "unknown": self = .unknown
    case "typed_result":
      guard let typed = form.value as? [String: Any], let type = typed["type"] as? String else {
        return nil
      }
      guard let json = typed["value"] else {
        self = .typed(nil, type)
        return
      }
      guard let value = Literal(json: json) else { return nil }
      self = .typed(value, type)
    default: return nil
    }
  }
}

extension Literal {
  /// What a variable without a declaration is declared as.
  fileprivate var openType: Type {
    if case .optional = self { .optional(.dynamic) } else { .dynamic }
  }
}
