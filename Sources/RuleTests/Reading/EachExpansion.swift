internal import Diagnostics
internal import Rulesets
internal import YAMLTree

/// Repeats a test for the values of its `each`, which stand wherever it says `${each.NAME}`.
///
/// A value that is exactly one hole becomes the value itself, with its type; a hole within other
/// text becomes part of the text.
struct EachExpansion {
  /// The values of one repetition.
  struct Variant {
    var values: [(name: String, node: YAMLNode)] = []
    /// What tells it from the others.
    var label: String { values.map(\.node.label).joined(separator: ", ") }
  }

  static let limit = 1_000

  private let node: YAMLNode
  private var names: [TextSyntax] = []
  private var used: Set<String> = []
  private var isBroken = false
  /// Whether the test's name says which repetition it is.
  private(set) var isNameVaried = false

  init(_ node: YAMLNode) { self.node = node }

  /// Names under `each` of which the test says nothing.
  var unusedNames: [TextSyntax] { isBroken ? [] : names.filter { !used.contains($0.text) } }

  /// All repetitions; one without values where the test has no `each`.
  mutating func variants(_ decoder: inout Decoder) -> [Variant] {
    guard case .mapping(let entries) = node.kind,
      let each = entries.first(where: { $0.key.scalarText == "each" })?.value
    else { return [Variant()] }
    let count = decoder.diagnostics.count
    let variants =
      if case .sequence = each.kind { rows(each, &decoder) } else { product(each, &decoder) }
    isBroken = decoder.diagnostics.count > count
    guard variants.count <= Self.limit else {
      decoder.report(
        .badEach(
          "`each` makes at most \(Self.limit) tests", at: decoder.location(each.range),
          label: "\(variants.count) here"))
      isBroken = true
      return [Variant()]
    }
    return variants.isEmpty ? [Variant()] : variants
  }

  /// `each: {status: [paid, sent], total: [1, 2]}`: every value of one with every value of the other.
  private mutating func product(_ each: YAMLNode, _ decoder: inout Decoder) -> [Variant] {
    var variants = [Variant()]
    let entries = decoder.freeEntries(each, "`each`", .mappingOrList) ?? []
    if case .mapping = each.kind, entries.isEmpty {
      decoder.report(.nothingInside("`each`", at: decoder.location(each.range)))
    }
    for (name, values) in entries {
      names.append(name)
      let items = decoder.items(values, "`\(name.text)`") ?? []
      guard variants.count * items.count <= Self.limit * 10 else { continue }
      variants = variants.flatMap { variant in
        items.map { Variant(values: variant.values + [(name.text, $0)]) }
      }
    }
    return variants
  }

  /// `each: [{status: paid, total: 1}, …]`: one repetition a row.
  private mutating func rows(_ each: YAMLNode, _ decoder: inout Decoder) -> [Variant] {
    var variants: [Variant] = []
    for row in decoder.items(each, "`each`") ?? [] {
      let entries = decoder.freeEntries(row, "a row of `each`") ?? []
      if variants.isEmpty {
        names = entries.map(\.key)
      } else if Set(entries.map(\.key.text)) != Set(names.map(\.text)) {
        decoder.report(
          .badEach(
            "every row of `each` has the same names", at: decoder.location(row.range),
            label: "others than in the first row"))
      }
      variants.append(Variant(values: entries.map { ($0.key.text, $0.value) }))
    }
    return variants
  }

  /// The test without `each`, and with the values of one repetition in the holes.
  mutating func body(of variant: Variant, _ decoder: inout Decoder) -> YAMLNode {
    guard case .mapping(let entries) = node.kind else { return node }
    var kept: [YAMLEntry] = []
    for entry in entries where entry.key.scalarText != "each" {
      let value = filled(entry.value, variant, &decoder)
      if entry.key.scalarText == "name", value.scalarText != entry.value.scalarText {
        isNameVaried = true
      }
      kept.append(YAMLEntry(key: entry.key, value: value))
    }
    return YAMLNode(.mapping(kept), range: node.range, tag: node.tag)
  }

  private mutating func filled(
    _ node: YAMLNode, _ variant: Variant, _ decoder: inout Decoder
  ) -> YAMLNode {
    var result = node
    switch node.kind {
    case .sequence(let items):
      result.kind = .sequence(items.map { filled($0, variant, &decoder) })
    case .mapping(let entries):
      result.kind = .mapping(
        entries.map { entry in
          YAMLEntry(
            key: filled(entry.key, variant, &decoder),
            value: filled(entry.value, variant, &decoder))
        })
    case .scalar(var scalar):
      let pieces = HolePiece.pieces(of: scalar.text)
      guard pieces.contains(where: { $0.hole != nil }) else { return node }
      if pieces.count == 1, let hole = pieces[0].hole {
        guard var value = value(of: hole, node, variant, &decoder) else { return node }
        value.range = node.range
        return value
      }
      scalar.text = ""
      for piece in pieces {
        switch piece {
        case .text(let text): scalar.text += text
        case .hole(let hole):
          scalar.text += value(of: hole, node, variant, &decoder)?.label ?? ""
        }
      }
      if scalar.style == .plain { scalar.style = .doubleQuoted }
      result.kind = .scalar(scalar)
    }
    return result
  }

  private mutating func value(
    of hole: String, _ node: YAMLNode, _ variant: Variant, _ decoder: inout Decoder
  ) -> YAMLNode? {
    used.insert(hole)
    if let value = variant.values.first(where: { $0.name == hole })?.node { return value }
    guard !isBroken else { return nil }
    let known = names.map(\.text)
    let near = closestMatch(to: hole, in: known)
    decoder.report(
      .badEach(
        "`each` has no `\(hole)`", at: decoder.location(node.range), label: "no values for this",
        help: near.map { "did you mean `${each.\($0)}`?" }
          ?? (known.isEmpty ? "list its values: `each: {\(hole): […]}`" : nil)))
    return nil
  }
}

/// A piece of a text: as it is, or the name in `${each.NAME}`.
private enum HolePiece {
  case text(String)
  case hole(String)

  var hole: String? {
    guard case .hole(let name) = self else { return nil }
    return name
  }

  static func pieces(of text: String) -> [HolePiece] {
    guard text.contains("${") else { return [.text(text)] }
    var pieces: [HolePiece] = []
    var rest = text[...]
    while let hole = rest.firstMatch(of: /\$\{\s*each\.([\w-]+)\s*\}/) {
      if hole.range.lowerBound > rest.startIndex {
        pieces.append(.text(String(rest[..<hole.range.lowerBound])))
      }
      pieces.append(.hole(String(hole.1)))
      rest = rest[hole.range.upperBound...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }
}

extension YAMLNode {
  var scalarText: String? {
    guard case .scalar(let scalar) = kind else { return nil }
    return scalar.text
  }

  /// The value on one line.
  fileprivate var label: String {
    switch kind {
    case .scalar(let scalar): scalar.text
    case .sequence(let items): "[\(items.map(\.label).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\($0.key.label): \($0.value.label)" }.joined(separator: ", "))}"
    }
  }
}

extension Diagnostic {
  static func badEach(
    _ message: String, at location: SourceLocation, label: String, help: String? = nil
  ) -> Self {
    Diagnostic(.badEach, message, at: location, label: label, help: help)
  }
}
