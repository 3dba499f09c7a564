import Contacts
import Glibc
import Simulator

/// Prints how many requests a second the simulated server answers in this process, and what a
/// million contacts weigh: `swift run -c release simulator-load [CONTACTS] [REQUESTS]`.
@main
enum SimulatorLoad {
  static func main() throws {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    let contacts = numbers.first ?? 1_000_000
    let requests = numbers.dropFirst().first ?? 200_000
    var load = Load(workspace: try workspace())
    load.fill(contacts)
    for kind in Load.Kind.allCases { load.measure(kind, requests, among: contacts) }
  }

  private static func workspace() throws -> Workspace {
    try StateFile.read(
      Array(
        #"""
        {"workspace": {"rates": {"v2": null, "v2.contacts": null}},
         "fields": [{"key": "plan", "label": "Plan"}, {"key": "age", "label": "Age", "type": "number"}],
         "groups": [{"name": "VIP"}, {"name": "Clientes"}]}
        """#.utf8))
  }
}

private struct Load {
  var workspace: Workspace
  var now = Timestamp(microseconds: 1_795_435_200_000_000)

  enum Kind: String, CaseIterable {
    case update, read, page, act = "action on 100"

    /// How many requests of this kind are sent for one update.
    var share: Int {
      switch self {
      case .update, .read: 1
      case .page, .act: 100
      }
    }
  }

  private static func request(_ method: String, _ target: String, _ body: String = "") -> APIRequest
  {
    APIRequest(
      method: method, target: "/api/v2/" + target,
      headers: [
        APIHeader("Authorization", "Token \(Workspace.firstToken)"),
        APIHeader("Content-Type", "application/json"),
      ], body: Array(body.utf8))
  }

  /// Sends requests of which many are made at a time: making them does not count.
  ///
  /// - Returns: seconds of one core.
  private mutating func send(_ count: Int, _ request: (Int) -> APIRequest) -> Double {
    var seconds = 0.0
    var next = 0
    while next < count {
      let requests = (next..<min(count, next + 1_000)).map(request)
      next += requests.count
      seconds += Self.time {
        for request in requests {
          now = now.advanced(by: .microseconds(20))
          let answer = workspace.answer(request, at: now)
          precondition(answer.status < 300, String(decoding: answer.body, as: UTF8.self))
        }
      }
    }
    return seconds
  }

  private static func path(_ number: Int) -> String { "55\(11_900_000_000 + number)" }

  mutating func fill(_ count: Int) {
    let before = Self.residentMegabytes
    let seconds = send(count) { number in
      Self.request(
        "POST", "contacts.json?urn=whatsapp:\(Self.path(number))",
        #"{"name":"Contato número \#(number)","language":"por","groups":["VIP","Clientes"],"#
          + #""fields":{"plan":"Ouro \#(number % 100)","age":\#(number % 90)}}"#)
    }
    print("\(count) contacts: \(Self.residentMegabytes - before) MB")
    print("create: \(Int(Double(count) / seconds)) requests a second")
  }

  mutating func measure(_ kind: Kind, _ requests: Int, among contacts: Int) {
    let count = max(1, requests / kind.share)
    let seconds = send(count) { number in
      let path = Self.path(number &* 7919 % max(1, contacts))
      switch kind {
      case .update:
        return Self.request(
          "POST", "contacts.json?urn=whatsapp:\(path)", #"{"fields":{"plan":"Prata \#(number)"}}"#)
      case .read: return Self.request("GET", "contacts.json?urn=whatsapp:\(path)")
      case .page: return Self.request("GET", "contacts.json")
      case .act:
        let items = (0..<100).map {
          "\"whatsapp:\(Self.path((number * 100 + $0) % max(1, contacts)))\""
        }
        return Self.request(
          "POST", "contact_actions.json",
          #"{"contacts":[\#(items.joined(separator: ","))],"action":"\#(number % 2 == 0 ? "remove" : "add")","group":"VIP"}"#
        )
      }
    }
    print("\(kind.rawValue): \(Int(Double(count) / seconds)) requests a second")
  }

  /// Seconds of one core: what else runs on the machine does not count.
  private static func time(_ work: () -> Void) -> Double {
    let start = coreSeconds
    work()
    return coreSeconds - start
  }

  private static var coreSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static var residentMegabytes: Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4096 / 1_000_000
  }
}
