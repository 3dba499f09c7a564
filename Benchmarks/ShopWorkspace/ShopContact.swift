/// A contact as the API shows one of a shop's workspace, the same for the same number.
///
/// It has one or two URNs, is in three to eight of 500 groups and has a value in four to ten of twelve
/// fields; the API lists the others as `null`.
package struct ShopContact {
  package static let fieldCount = 12
  package static let groupCount = 500
  private static let names = ["Maria da Silva", "João Souza", "Ana Beatriz Lima", "Zé"]

  package let number: Int

  package init(number: Int) { self.number = number }

  /// The JSON object, on one line.
  package var body: String {
    let urns = (0...choice(0, of: 2)).map {
      #""\#($0 == 0 ? "whatsapp:\(phone)" : "ext:cliente-\(number)")""#
    }
    let groups = groups.map {
      #"{"uuid":"\#(Self.uuid(2_000_000_000 + $0))","name":"\#(Self.name(ofGroup: $0))"}"#
    }
    let name = "\(Self.names[choice(3, of: Self.names.count)]) \(number)"
    return """
      {"uuid":"\(Self.uuid(number))","name":"\(name)","language":\(language),\
      "urns":[\(urns.joined(separator: ","))],"groups":[\(groups.joined(separator: ","))],\
      "fields":{\(fields)},"blocked":false,"stopped":false,\
      "created_on":"2025-01-01T12:00:00.123456Z","modified_on":"\(time)","last_seen_on":"\(time)"}
      """
  }

  /// The groups and fields of the workspace, as an inventory.
  package static var inventory: String {
    let groups = (0..<groupCount).map {
      #"{"uuid":"\#(uuid(2_000_000_000 + $0))","name":"\#(name(ofGroup: $0))","query":null}"#
    }
    let fields = (0..<fieldCount).map {
      #"{"key":"campo_\#($0)","label":"Campo \#($0)","value_type":"text"}"#
    }
    return """
      {"groups":[\(groups.joined(separator: ","))],"fields":[\(fields.joined(separator: ","))]}
      """
  }

  /// The number behind `whatsapp:`.
  package var phone: Int { 5_511_900_000_000 + number }

  /// Numbers of the groups it is in.
  package var groups: [Int] {
    Self.distinct(3 + choice(1, of: 6), of: Self.groupCount, from: choice(2, of: 499))
  }

  package static func name(ofGroup group: Int) -> String { "Clientes \(group)" }

  /// Draws one of so many; each `which` is a choice of its own.
  package func choice(_ which: Int, of count: Int) -> Int {
    Int(Self.mixed(number &* 64 &+ which) >> 33) % count
  }

  private var language: String { choice(4, of: 4) == 0 ? "null" : #""por""# }

  private var time: String {
    let second = choice(5, of: 50) + 10
    return "2026-03-02T12:\(second):07.654321Z"
  }

  private var fields: String {
    let set = Self.distinct(4 + choice(6, of: 7), of: Self.fieldCount, from: choice(7, of: 11))
    return (0..<Self.fieldCount).map { field in
      #""campo_\#(field)":\#(set.contains(field) ? #""\#(value(of: field))""# : "null")"#
    }.joined(separator: ",")
  }

  private func value(of field: Int) -> String {
    switch field % 3 {
    case 0: "\(choice(8 + field, of: 100_000))"
    case 1: "2026-02-\(10 + choice(8 + field, of: 18))T09:00:00-03:00"
    default: "Rua das Laranjeiras, \(choice(8 + field, of: 999))"
    }
  }

  private static func uuid(_ number: Int) -> String {
    let digits = String(mixed(number), radix: 16)
    let start = String(repeating: "0", count: 16 - digits.utf8.count) + digits
    return """
      \(start.prefix(8))-\(start.dropFirst(8).prefix(4))-4000-8000-\(start.suffix(4))\(start.prefix(8))
      """
  }

  /// So many numbers below a bound, each once: steps of seven, which divides no bound used here.
  private static func distinct(_ count: Int, of bound: Int, from start: Int) -> [Int] {
    (0..<count).map { (start + 7 * $0) % bound }
  }

  private static func mixed(_ number: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: number) &+ 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }
}
