internal import YAMLTree

extension Decoder {
  /// How a value of the wrong form most likely was meant.
  func shapeHelp(_ node: YAMLNode, _ what: String, _ expected: Shape) -> String? {
    switch (node.kind, expected) {
    case (.mapping(let entries), .list) where what == "`rules`" && !entries.isEmpty:
      return "write each rule as an item of a list: `- id: …`"
    case (.mapping(let entries), .text), (.mapping(let entries), .textOrList):
      guard entries.count == 1, let entry = entries.first else { return nil }
      return valueAlone(entry)
    case (.sequence(let items), .mapping) where !items.isEmpty && items.allSatisfy(\.isMapping):
      return "leave out the `- ` in front of each key"
    case (.scalar(let scalar), .mapping) where !scalar.text.isEmpty && !what.contains(" "):
      return "write `key: value` on a line of its own below \(what)"
    default: return nil
    }
  }

  /// `{event.name}` lacks its `$`; of `{name: Clientes}` the value would do.
  private func valueAlone(_ entry: YAMLEntry) -> String? {
    guard case .scalar(let key) = entry.key.kind, case .scalar(let value) = entry.value.kind
    else { return nil }
    if value.text.isEmpty { return pathLook(key.text).map { "write `${\($0)}`" } }
    let isName = ["name", "nome", "group", "uuid", "type", "urn", "value"].contains(key.text)
    return isName ? "write the value alone: `\(written(entry.value.range))`" : nil
  }
}

extension YAMLNode {
  fileprivate var isMapping: Bool {
    if case .mapping = kind { true } else { false }
  }
}
