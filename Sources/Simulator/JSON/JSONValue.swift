/// A JSON value as Python's reader sees it.
///
/// Texts are UTF-8 that may also hold lone surrogates, which Python keeps and Swift's `String` cannot.
enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// Of any size, in its shortest decimal form.
  case integer([UInt8])
  case float(Double)
  case string([UInt8])
  case list([JSONValue])
  case object(JSONObject)

  /// What Python calls the type, as error texts name it.
  var pythonType: String {
    switch self {
    case .null: "NoneType"
    case .bool: "bool"
    case .integer: "int"
    case .float: "float"
    case .string: "str"
    case .list: "list"
    case .object: "dict"
    }
  }

  /// What Python's `len` gives; absent where it gives none.
  var length: Int? {
    switch self {
    case .string(let text): WideText.length(text)
    case .list(let items): items.count
    case .object(let object): object.count
    case .null, .bool, .integer, .float: nil
    }
  }

  subscript(key: StaticString) -> JSONValue? {
    guard case .object(let object) = self else { return nil }
    return object[key]
  }
}

/// The entries of an object, each key once: the last value counts, at the place of the first.
struct JSONObject: Equatable, Sendable {
  private(set) var entries: [(key: [UInt8], value: JSONValue)] = []
  /// Where each key stands; kept only where there are many, as a search takes longer then.
  private var places: [[UInt8]: Int] = [:]

  private static let searchLimit = 16

  var count: Int { entries.count }

  subscript(key: StaticString) -> JSONValue? {
    let wanted = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    if entries.count > Self.searchLimit {
      return place(of: Array(wanted)).map { entries[$0].value }
    }
    for entry in entries where entry.key.elementsEqual(wanted) { return entry.value }
    return nil
  }

  mutating func set(_ key: [UInt8], to value: JSONValue) {
    if let place = place(of: key) {
      entries[place].value = value
      return
    }
    if entries.isEmpty { entries.reserveCapacity(6) }
    entries.append((key, value))
    if entries.count == Self.searchLimit + 1 {
      for (place, entry) in entries.enumerated() { places[entry.key] = place }
    } else if entries.count > Self.searchLimit {
      places[key] = entries.count - 1
    }
  }

  private func place(of key: [UInt8]) -> Int? {
    if entries.count > Self.searchLimit { return places[key] }
    return entries.firstIndex { $0.key == key }
  }

  static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.entries.elementsEqual(right.entries) { $0.key == $1.key && $0.value == $1.value }
  }
}
