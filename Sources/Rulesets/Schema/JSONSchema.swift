/// What may stand somewhere in a YAML file, in the words of JSON Schema 2020-12, for editors.
///
/// Editors read a value without quotes by its look, so wherever a text may stand, numbers and booleans may too.
/// Whatever `check` accepts is allowed, save `null` without quotes in the place of a text: to an editor it is
/// the same as nothing, which is the slip worth showing.
package indirect enum JSONSchema: Sendable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case null
  case list([JSONSchema])
  case object([(key: String, value: JSONSchema)])

  /// A text, an expression or a template.
  package static let line = types("string", "number", "boolean")
  /// A text that may be empty.
  package static let optionalLine = types("string", "number", "boolean", "null")
  /// A value as JSON has it.
  package static let constant = optionalLine
  package static let count = object([("type", .text("integer")), ("minimum", .number(0))])
  /// A word that says yes or no.
  package static let yesOrNo = words([.flag(true), .flag(false), .text("true"), .text("false")])

  package static func types(_ names: String...) -> JSONSchema {
    object([("type", names.count == 1 ? .text(names[0]) : .list(names.map { .text($0) }))])
  }

  package static func words(_ values: [JSONSchema]) -> JSONSchema {
    object([("enum", .list(values))])
  }

  package static func words(_ values: [String]) -> JSONSchema { words(values.map { .text($0) }) }

  /// A text of a form.
  package static func form(_ pattern: String) -> JSONSchema {
    object([("type", .text("string")), ("pattern", .text(pattern))])
  }

  /// One of the places that `document` describes by name.
  package static func place(_ name: String) -> JSONSchema {
    object([("$ref", .text("#/$defs/\(name)"))])
  }

  package static func any(_ choices: JSONSchema...) -> JSONSchema {
    object([("anyOf", .list(choices))])
  }

  package static func list(of item: JSONSchema, atLeast limit: Int = 1) -> JSONSchema {
    object([("type", .text("array")), ("items", item)])
      .with("minItems", limit > 0 ? .number(limit) : nil)
  }

  /// A value, or a list of such.
  package static func oneOrMore(_ item: JSONSchema) -> JSONSchema { any(item, list(of: item)) }

  /// A mapping with keys that its author chooses.
  package static func map(to value: JSONSchema, atLeast limit: Int = 0) -> JSONSchema {
    object([("type", .text("object")), ("additionalProperties", value)])
      .with("minProperties", limit > 0 ? .number(limit) : nil)
  }

  /// A mapping whose keys are words of the language.
  package static func mapping<Key: KeyWord>(
    of keys: Key.Type, requiring required: [Key] = [], atLeast limit: Int = 0
  ) -> JSONSchema {
    let properties = keys.allCases.map { key in
      (key: key.rawValue, value: key.schema.with("description", .text(key.meaning)))
    }
    return object([
      ("type", .text("object")), ("properties", .object(properties)),
      ("additionalProperties", .flag(false)),
    ])
    .with("required", required.isEmpty ? nil : .list(required.map { .text($0.rawValue) }))
    .with("minProperties", limit > 0 ? .number(limit) : nil)
  }

  /// A whole schema with its named places.
  package static func document(
    title: String, root: JSONSchema, places: [(name: String, schema: JSONSchema)]
  ) -> JSONSchema {
    guard case .object(let entries) = root else { return root }
    return .object(
      [
        ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
        ("title", .text(title)),
      ] + entries + [("$defs", .object(places.map { (key: $0.name, value: $0.schema) }))])
  }

  /// The same with one more word, where there is one.
  package func with(_ key: String, _ value: JSONSchema?) -> JSONSchema {
    guard let value, case .object(let entries) = self else { return self }
    return .object(entries + [(key, value)])
  }
}

/// A word that may be a key of a mapping: the reader knows it, and editors are told of it.
package protocol KeyWord: RawRepresentable<String>, CaseIterable, Sendable
where AllCases == [Self] {
  /// What it is for.
  var meaning: String { get }
  /// What may stand under it.
  var schema: JSONSchema { get }
}

extension KeyWord {
  package static var words: [String] { allCases.map(\.rawValue) }
}

extension JSONSchema {
  /// The text of a file, two blanks a level; lists of plain values stand on one line.
  package var json: String {
    var text = ""
    write(into: &text, indent: "")
    return text + "\n"
  }

  private var isPlain: Bool {
    switch self {
    case .text, .number, .flag, .null: true
    case .list, .object: false
    }
  }

  private func write(into text: inout String, indent: String) {
    let deeper = indent + "  "
    switch self {
    case .text(let value): text += Self.quoted(value)
    case .number(let value): text += String(value)
    case .flag(let value): text += value ? "true" : "false"
    case .null: text += "null"
    case .list(let items) where items.allSatisfy(\.isPlain):
      text += "["
      for (place, item) in items.enumerated() {
        if place > 0 { text += ", " }
        item.write(into: &text, indent: deeper)
      }
      text += "]"
    case .list(let items):
      text += "["
      for (place, item) in items.enumerated() {
        text += (place > 0 ? ",\n" : "\n") + deeper
        item.write(into: &text, indent: deeper)
      }
      text += "\n\(indent)]"
    case .object(let entries):
      text += "{"
      for (place, entry) in entries.enumerated() {
        text += (place > 0 ? ",\n" : "\n") + deeper + Self.quoted(entry.key) + ": "
        entry.value.write(into: &text, indent: deeper)
      }
      text += entries.isEmpty ? "}" : "\n\(indent)}"
    }
  }

  /// Words of schemas hold neither control characters nor line ends.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
