package import CEL

/// One field of an event that is given another value, or taken away.
package struct EventEdit: Sendable {
  /// Below `event`.
  package var path: [String]
  /// Absent where nothing stands there.
  package var old: Literal?
  /// Absent where the field is taken away.
  package var new: Literal?
  /// In how many samples of the event's type the field has the new value.
  package var sampleCount = 0

  /// `event.order.status`, as rules write it.
  package var name: String {
    path.reduce("event") { text, key in
      key.isName ? "\(text).\(key)" : "\(text)[\(Literal.string(key))]"
    }
  }
}

extension String {
  /// Whether it can stand behind a point.
  fileprivate var isName: Bool {
    guard let first = utf8.first, first < 0x30 || first > 0x39 else { return false }
    return utf8.allSatisfy { byte in
      byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
  }
}

extension Literal {
  /// What stands at the end of a path.
  package func value(at path: some Sequence<String>) -> Literal? {
    var value: Literal? = self
    for key in path { value = value?[key] }
    return value
  }

  /// The same with another value at the end of a path; what is no object on the way becomes one.
  package func setting(_ path: ArraySlice<String>, to new: Literal?) -> Literal {
    guard let key = path.first else { return new ?? .null }
    let rest = path.dropFirst()
    var entries: [(key: Literal, value: Literal)] = []
    if case .map(let old) = self { entries = old } else if new == nil { return self }
    let place = entries.lastIndex { $0.key.text == key }
    let old = place.map { entries[$0].value }
    if rest.isEmpty, new == nil {
      entries.removeAll { $0.key.text == key }
      return .map(entries)
    }
    if old == nil, new == nil { return self }
    let value = (old ?? .null).setting(rest, to: new)
    if let place { entries[place].value = value } else { entries.append((.string(key), value)) }
    return .map(entries)
  }

  /// The same with edits made.
  package func applying(_ edits: [EventEdit]) -> Literal {
    edits.reduce(self) { $0.setting($1.path[...], to: $1.new) }
  }
}
