internal import CEL
internal import CZlib
package import Contacts
package import Planning

/// A saved plan, whose page is `docs/plans.md`.
///
/// It is a line about it, the call lines exactly as `regra run` prints them, and a line with a
/// checksum over everything before it.
package struct PlanFile: Sendable, Equatable {
  /// What the first line says.
  package struct Head: Sendable, Equatable {
    /// When it was made, RFC 3339.
    package var made: String
    package var dialect: Dialect
    /// The uuid of the workspace, where it is known.
    package var workspace: String?
    /// As of when the contacts were known, RFC 3339; absent for a blind plan.
    package var known: String?
    package var eventCount: Int
    package var deletes: Int
    package var creates: Int
    package var changes: Int
    /// What guards limit, over the whole plan.
    package var guards: [GuardedCount]
    /// The state directory that the contacts were known from, as an absolute path.
    package var state: String?
    /// Contacts of the plan that were known as they were behind ``known``: of each uuid the checksum
    /// of ``ContactVersion``, made without these groups.
    package var ahead: [String: String] = [:]
    package var smartGroups: [String] = []

    package init(
      made: String, dialect: Dialect, workspace: String? = nil, known: String? = nil,
      eventCount: Int = 0, deletes: Int = 0, creates: Int = 0, changes: Int = 0,
      guards: [GuardedCount] = []
    ) {
      self.made = made
      self.dialect = dialect
      self.workspace = workspace
      self.known = known
      self.eventCount = eventCount
      self.deletes = deletes
      self.creates = creates
      self.changes = changes
      self.guards = guards
    }
  }

  /// Why a file is no plan that can be sent.
  package struct Failure: Error, Equatable, Sendable {
    /// A sentence for people, without a full stop.
    package var sentence: String
  }

  package var head: Head
  /// Call lines, each with its line end.
  package var calls: [UInt8]

  package init(head: Head, calls: [UInt8]) {
    self.head = head
    self.calls = calls
  }

  private static let version = 1
  private static let newline = UInt8(ascii: "\n")

  /// The bytes of the file.
  package var bytes: [UInt8] {
    var bytes = headLine + calls
    let sum = Self.checksum(bytes[...])
    let lineCount = calls.count { $0 == Self.newline }
    bytes += Array("{\"end\":1,\"calls\":\(lineCount),\"crc32\":\"\(sum)\"}\n".utf8)
    return bytes
  }

  /// What tells this plan from others.
  package var identity: String { Self.checksum(bytes[...]) + "-\(calls.count)" }

  private var headLine: [UInt8] {
    var entries: [(key: String, value: Literal)] = [
      ("plan", .int(Int64(Self.version))), ("made", .string(head.made)),
      ("dialect", .string(head.dialect.rawValue)),
    ]
    if let workspace = head.workspace { entries.append(("workspace", .string(workspace))) }
    if let known = head.known { entries.append(("known", .string(known))) }
    if let state = head.state { entries.append(("state", .string(state))) }
    for (key, count) in [
      ("events", head.eventCount), ("deletes", head.deletes), ("creates", head.creates),
      ("changes", head.changes),
    ] {
      entries.append((key, .int(Int64(count))))
    }
    if !head.guards.isEmpty { entries.append(("guards", .list(head.guards.map(\.literal)))) }
    if !head.ahead.isEmpty {
      let pairs = head.ahead.sorted { $0.key < $1.key }
      entries.append(("ahead", .object(pairs.map { ($0.key, .string($0.value)) })))
      entries.append(("smart", .texts(head.smartGroups)))
    }
    var coder = JSONCoder()
    return coder.bytes(of: .object(entries)) + [Self.newline]
  }

  /// Eight hexadecimal digits of the CRC-32 of zlib.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> String {
    let sum = bytes.withUnsafeBytes { buffer in
      crc32_z(0, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), z_size_t(buffer.count))
    }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }
}

extension PlanFile {
  /// Reads a file; refuses one that is not a plan, is of another version, was cut off or changed.
  package init(_ bytes: [UInt8]) throws(Failure) {
    let lines = bytes.split(separator: Self.newline, omittingEmptySubsequences: false)
    guard let first = lines.first, let head = Self.object(first), let version = head["plan"] else {
      throw Failure(sentence: "this is no plan: `regra plan` makes one")
    }
    guard case .int(Int64(Self.version)) = version else {
      throw Failure(sentence: "the plan was made by another version of regra: plan again")
    }
    guard lines.count >= 3, lines.last?.isEmpty == true,
      let end = Self.object(lines[lines.count - 2]), case .int(1) = end["end"]
    else { throw Failure(sentence: "the plan ends too early: it was not written as a whole") }
    let body = bytes[..<lines[lines.count - 2].startIndex]
    guard let sum = end["crc32"]?.text, sum == Self.checksum(body),
      case .int(Int64(lines.count - 3)) = end["calls"]
    else {
      throw Failure(sentence: "the plan was changed after it was made: plan again")
    }
    self.head = try Self.head(head)
    calls = Array(body[(first.endIndex + 1)...])
  }

  private static func head(_ object: Literal) throws(Failure) -> Head {
    guard let made = object["made"]?.text, let word = object["dialect"]?.text,
      let dialect = Dialect(rawValue: word)
    else { throw Failure(sentence: "the first line of the plan does not say what it is for") }
    func count(_ key: String) -> Int {
      guard case .int(let count) = object[key] else { return 0 }
      return Int(count)
    }
    var guards: [GuardedCount] = []
    if let written = object["guards"] {
      guard let items = written.items else { throw unknownGuard }
      for item in items {
        guard let count = GuardedCount(item) else { throw unknownGuard }
        guards.append(count)
      }
    }
    var read = Head(
      made: made, dialect: dialect, workspace: object["workspace"]?.text,
      known: object["known"]?.text,
      eventCount: count("events"), deletes: count("deletes"), creates: count("creates"),
      changes: count("changes"), guards: guards)
    read.state = object["state"]?.text
    for (uuid, sum) in object["ahead"]?.entries ?? [] { read.ahead[uuid] = sum.text }
    read.smartGroups = object["smart"]?.texts ?? []
    return read
  }

  private static var unknownGuard: Failure {
    Failure(sentence: "the plan has a guard that this version of regra does not know: plan again")
  }

  private static func object(_ line: ArraySlice<UInt8>) -> Literal? {
    var coder = JSONCoder(byteLimit: max(line.count, 1 << 10))
    guard let literal = line.withUnsafeBytes({ try? coder.value(of: $0) }), literal.entries != nil
    else { return nil }
    return literal
  }
}
