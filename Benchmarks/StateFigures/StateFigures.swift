import Contacts
import Foundation
import Knowledge
import StateStore

/// `state-figures 1000000`: how fast contacts go into a state directory and come out of it.
@main
struct StateFigures {
  static func main() throws {
    let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
    let directory = FileManager.default.temporaryDirectory.appending(path: "regra-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let store = try ContactStore(directory, for: .writing)
    let clock = ContinuousClock()
    let stored = try clock.measure {
      for start in stride(from: 0, to: count, by: 1_000) {
        var page = PageChange(readAt: PointInTime(microseconds: 0), state: PullState())
        page.contacts = (start..<min(start + 1_000, count)).compactMap(contact)
        try store.store(page)
      }
    }
    var byteCount = 0
    let visited = try clock.measure {
      try store.reading { try $0.forEachContact { byteCount += $0.body.count } }
    }
    var snapshot = ContactSnapshot(.weni)
    let loaded = try clock.measure {
      var reader = SnapshotReader()
      try store.reading { reading in
        try reading.forEachContact { contact in
          let second = (contact.knownAt?.microseconds ?? 0) / 1_000_000
          try reader.addContact(contact.body, readAt: second, to: &snapshot)
        }
      }
    }
    print("contacts      \(count), \(byteCount / max(count, 1)) bytes each")
    print("stored        \(stored) in pages of 1,000, with their parsing")
    print("visited       \(visited)")
    print("loaded        \(loaded), \(snapshot.contactCount) contacts")
    print("peak memory   \(try peakMemory())")
  }

  /// A contact as the API shows one of a shop's, with twelve fields and three groups.
  private static func contact(_ number: Int) -> ContactRow? {
    let hash = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
    let digits = String(hash, radix: 16)
    let start = String(repeating: "0", count: 16 - digits.utf8.count) + digits
    let uuid =
      "\(start.prefix(8))-\(start.dropFirst(8).prefix(4))-4000-8000-\(start.suffix(4))\(start.prefix(8))"
    let fields = (0..<12).map { #""field_\#($0)":"value \#(number % 97)""# }
    let groups = (0..<3).map {
      #"{"uuid":"7c9e6679-7425-40de-944b-e07fc1f9000\#($0)","name":"Clientes"}"#
    }
    let body = """
      {"uuid":"\(uuid)","name":"Maria da Silva \(number)","language":"por",\
      "urns":["whatsapp:55829\(number)"],"groups":[\(groups.joined(separator: ","))],\
      "fields":{\(fields.joined(separator: ","))},"blocked":false,"stopped":false,\
      "created_on":"2026-01-01T12:00:00Z","modified_on":"2026-03-02T12:00:00Z","last_seen_on":null}
      """
    return ContactRow(answer: Array(body.utf8))
  }

  private static func peakMemory() throws -> String {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.map { $0.dropFirst(6).trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }
}
