import CEL
import Foundation

/// Rules, events and a workspace that show what was lost or done twice.
enum CrashWorkload {
  static let rules = """
    version: 1
    contact: {urn: "ext:${event.person}"}
    ensure: {groups: [Ensured]}
    rules:
      - {id: named, when: named, do: [{set_name: "${event.name}"}, {set_fields: {f: "${event.name}"}}]}
      - {id: joined, when: joined, do: [{add_to_group: VIP}]}
      - {id: left, when: left, do: [{remove_from_group: VIP}]}
      - {id: called, when: called, do: [{add_urn: "ext:alias${event.person}"}]}
      - {id: grouped, when: grouped, do: [{create_group: "G${event.number}"}]}
      - {id: halted, when: halted, do: [interrupt_contact]}
      - {id: archived, when: archived, do: [archive_messages]}
      - {id: erased, when: erased, do: [{delete_contact: confirmed}]}

    """

  /// Names and memberships change to and fro, so that whoever remembers the wrong ones sends too little;
  /// some windows ask for nothing; nobody is interrupted or archived twice.
  static let events: [String] = (0..<40).map { number in
    let kinds = [
      "named", "joined", "halted", "grouped", "named", "left", "archived", "named",
      "noise", "noise", "noise", "noise", "called", "named", "erased", "joined",
    ]
    let kind = kinds[number % kinds.count]
    let person =
      switch number % kinds.count {
      case 2, 6: 20 + number
      case 7, 12, 13: 4 + number % 3
      case 14, 15: 7 + number / 16
      default: number / 16
      }
    // Nobody is asked twice for the same, so that a call that is sent again is seen.
    let name = person < 3 ? ["on", "off"][number / 4 % 2] : "n\(number)"
    return
      #"{"type": "\#(kind)", "number": \#(number), "person": \#(person), "name": "\#(name)"}"#
      + "\n"
  }

  private static let people = [0, 1, 2, 7, 8, 22, 26, 38, 42, 54, 58]

  /// The URNs of those who are there from the beginning, by uuid.
  static let urns = Dictionary(
    uniqueKeysWithValues: people.map {
      ("00000000-0000-4000-8000-0000000000\($0 < 10 ? "0" : "")\($0)", "ext:\($0)")
    })

  static let workspace: String = {
    let contacts = urns.sorted { $0.key < $1.key }.map { uuid, urn in
      #"{"uuid": "\#(uuid)", "name": "off", "fields": {"f": "off"}, "urns": ["\#(urn)"]}"#
    }
    return """
      {"groups": [{"name": "VIP"}], "fields": [{"key": "f"}], \
      "contacts": [\(contacts.joined(separator: ","))]}
      """
  }()

  /// What a state of the simulator says of contacts and groups, without what tells when and which.
  static func outcome(_ state: String) throws -> [String] {
    var coder = JSONCoder()
    let state = try Array(state.utf8).withUnsafeBytes { try coder.value(of: $0) }
    var groups: [String: String] = [:]
    for group in state["groups"]?.items ?? [] where !group.isDeleted {
      groups[group["uuid"]?.text ?? ""] = group["name"]?.text
    }
    let contacts = (state["contacts"]?.items ?? []).filter { !$0.isDeleted }.map { contact in
      let fields = (contact["fields"]?.entries ?? []).map { "\($0)=\($1["text"]?.text ?? "")" }
      return [
        "\(contact["urns"]?.texts ?? [])", contact["name"]?.text ?? "-",
        contact["status"]?.text ?? "", "\(fields.sorted())",
        "\((contact["groups"]?.texts ?? []).compactMap { groups[$0] }.sorted())",
      ].joined(separator: " ")
    }
    return contacts.sorted() + groups.values.sorted()
  }
}

extension Literal {
  fileprivate var isDeleted: Bool {
    if case .bool(true)? = self["deleted"] { true } else { false }
  }
}
