import CEL
import Foundation

extension Literal {
  /// Reads the suite's form of a value: an object with one key, its type.
  init?(json: Any) {
    guard let object = json as? [String: Any], object.count == 1, let (form, content) = object.first
    else { return nil }
    let value: Literal? =
      switch form {
      case "null": .null
      case "bool": (content as? Bool).map { .bool($0) }
      case "list": (content as? [Any]).flatMap { Literal.all($0) }.map { .list($0) }
      case "map": (content as? [Any]).flatMap { Literal.entries($0) }.map { .map($0) }
      case "optional":
        content is NSNull ? .optional(nil) : Literal(json: content).map { .optional($0) }
      default: (content as? String).flatMap { Literal(form, spelled: $0) }
      }
    guard let value else { return nil }
    self = value
  }

  /// The forms whose content is a text.
  private init?(_ form: String, spelled text: String) {
    let value: Literal? =
      switch form {
      case "int": Int64(text).map { .int($0) }
      case "uint": UInt64(text).map { .uint($0) }
      case "double": Double(text).map { .double($0) }
      case "string": .string(text)
      case "bytes": Data(base64Encoded: text).map { .bytes(Array($0)) }
      case "type": .type(text)
      case "timestamp", "duration":
        if case .value(let value)? = Bindings().evaluate("\(form)('\(text)')", in: Environment())
          .outcome
        {
          value
        } else {
          nil
        }
      default: nil
      }
    guard let value else { return nil }
    self = value
  }

  private static func all(_ json: [Any]) -> [Literal]? {
    let values = json.map { Literal(json: $0) }
    return values.contains { $0 == nil } ? nil : values.compactMap { $0 }
  }

  private static func entries(_ json: [Any]) -> [(key: Literal, value: Literal)]? {
    var entries: [(key: Literal, value: Literal)] = []
    for pair in json {
      guard let pair = pair as? [Any], pair.count == 2, let parts = all(pair) else { return nil }
      entries.append((parts[0], parts[1]))
    }
    return entries
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
