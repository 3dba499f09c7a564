package import Foundation

/// A JSON value of a recording or an answer.
package enum RecordedValue: Decodable, Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Decimal)
  case string(String)
  case list([RecordedValue])
  case object([String: RecordedValue])

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .bool(flag)
    } else if let number = try? container.decode(Decimal.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let items = try? container.decode([RecordedValue].self) {
      self = .list(items)
    } else {
      self = .object(try container.decode([String: RecordedValue].self))
    }
  }

  package static func parsed(_ bytes: some Collection<UInt8>) throws -> RecordedValue {
    try JSONDecoder().decode(RecordedValue.self, from: Data(bytes))
  }

  package subscript(key: String) -> RecordedValue? {
    guard case .object(let entries) = self else { return nil }
    return entries[key]
  }

  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  package var items: [RecordedValue]? {
    guard case .list(let items) = self else { return nil }
    return items
  }

  package var integer: Int? {
    guard case .number(let number) = self else { return nil }
    return Int(truncating: number as NSDecimalNumber)
  }

  /// The value as JSON.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): "\(number)"
    case .string(let text): Self.quoted(text)
    case .list(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .object(let entries):
      "{"
        + entries.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)):\($0.value.text)" }
        .joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    let data = (try? JSONEncoder().encode(text)) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }
}
