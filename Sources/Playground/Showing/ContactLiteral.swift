package import CEL
package import Simulator

extension ContactRecord {
  /// The contact as the API lists it, with what is personal covered; groups have uuids made from their names.
  package func listed(_ cover: (String, ContactDifference.Subject) -> String) -> Literal {
    var entries: [(key: String, value: Literal)] = [("uuid", .string(uuid))]
    if let name { entries.append(("name", .string(cover(name, .name)))) }
    if let language { entries.append(("language", .string(language))) }
    if status != "active" { entries.append(("status", .string(status))) }
    entries.append(("urns", .texts(urns.map { cover($0, .urn) })))
    let groups = groups.map { name in
      Literal.object([("uuid", .string(Self.uuid(of: name))), ("name", .string(name))])
    }
    entries.append(("groups", .list(groups)))
    let fields = fields.map { ($0.key, Literal.string(cover($0.value, .field($0.key)))) }
    entries.append(("fields", .object(fields)))
    return .object(entries)
  }

  /// The digits are those of two FNV-1a hashes.
  private static func uuid(of name: String) -> String {
    let hashes = [0xcbf2_9ce4_8422_2325, 0x8422_2325_cbf2_9ce4].map { (start: UInt64) in
      name.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
    let digits = hashes.map { hash in
      let text = String(hash, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    .joined()
    var uuid = ""
    for (place, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(place) { uuid.append("-") }
      uuid.append(digit)
    }
    return uuid
  }
}
