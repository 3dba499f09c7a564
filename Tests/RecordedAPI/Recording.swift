package import Contacts
package import Foundation

/// What a real server answered to the requests of one scenario, in order.
package struct Recording: Sendable {
  package var dialect: Dialect
  package var scenario: String
  package var exchanges: [Exchange]

  package var name: String { "\(dialect.rawValue)/\(scenario)" }

  /// What was put into the server's database, where HTTP cannot.
  package var setup: String? { exchanges.lazy.compactMap(\.setup).first }

  /// The recordings below a folder, one file for each scenario, one folder for each dialect.
  package static func all(in folder: URL) throws -> [Recording] {
    try Dialect.allCases.flatMap { dialect -> [Recording] in
      let files = try? FileManager.default.contentsOfDirectory(
        at: folder.appending(path: dialect.rawValue), includingPropertiesForKeys: nil)
      return try (files ?? []).filter { $0.pathExtension == "ndjson" }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
        .map { try Recording(file: $0, dialect: dialect) }
    }
  }

  private init(file: URL, dialect: Dialect) throws {
    self.dialect = dialect
    scenario = file.deletingPathExtension().lastPathComponent
    exchanges = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
      .map { Exchange(try RecordedValue.parsed($0), line: $0) }
  }
}

/// One request with its answer.
package struct Exchange: Sendable {
  package var step: Int
  package var label: String
  package var setup: String?
  /// Whether the answer was shaped by a stand-in, so that it judges nobody.
  package var hasCaveat: Bool
  package var method: String
  package var target: String
  /// Absent where the request had none.
  package var body: String?
  package var auth: String
  package var headers: [(name: String, value: String)]
  package var status: Int
  package var answerHeaders: [String: String]
  package var answer: RecordedValue

  init(_ value: RecordedValue, line: some Collection<UInt8>) {
    let request = value["request"]
    let response = value["response"]
    step = value["step"]?.integer ?? 0
    label = value["label"]?.string ?? ""
    setup = value["setup"]?.string
    hasCaveat = value["caveat"] != nil
    method = request?["method"]?.string ?? "GET"
    target = request?["url"]?.string ?? ""
    auth = request?["auth"]?.string ?? "token"
    headers = Self.strings(request?["headers"]).sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
    body = request.flatMap { Self.body(of: $0, line: line) }
    status = response?["status"]?.integer ?? 0
    answerHeaders = Self.strings(response?["headers"])
    answer = response?["body"] ?? .null
  }

  private static func strings(_ value: RecordedValue?) -> [String: String] {
    guard case .object(let entries) = value else { return [:] }
    return entries.compactMapValues(\.string)
  }

  /// The body in the words of the recording: the order of keys counts.
  private static func body(
    of request: RecordedValue, line: some Collection<UInt8>
  ) -> String? {
    if request["body_is_raw"] == .bool(true) {
      return request["body"]?.string.map(restored)
    }
    guard request["has_body"] == .bool(true) else { return nil }
    return JSONSlice.member("body", of: JSONSlice.member("request", of: Array(line)))
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Fills what was cut out of a very long body: `xxx...[100027 bytes]`.
  private static func restored(_ body: String) -> String {
    guard let match = body.firstMatch(of: /\.\.\.\[(\d+) bytes\]$/), let count = Int(match.1) else {
      return body
    }
    let head = body[..<match.range.lowerBound]
    let fill = count - head.utf8.count - 2
    return head + String(repeating: head.last ?? "x", count: max(0, fill)) + "\"}"
  }
}

/// Finds members of JSON objects in their own words.
enum JSONSlice {
  static func member(_ key: String, of object: [UInt8]?) -> [UInt8]? {
    guard let object else { return nil }
    let wanted = Array("\"\(key)\"".utf8)
    var depth = 0
    var index = 0
    while index < object.count {
      switch object[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        let end = stringEnd(object, index)
        if depth == 1, object[index..<end].elementsEqual(wanted),
          let colon = object[end...].firstIndex(where: { $0 != 0x20 }),
          object[colon] == UInt8(ascii: ":")
        {
          return value(in: object, from: colon + 1)
        }
        index = end
        continue
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func value(in object: [UInt8], from start: Int) -> [UInt8] {
    var depth = 0
    var index = start
    while index < object.count {
      switch object[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth < 0 { return Array(object[start..<index]) }
      case UInt8(ascii: ","): if depth == 0 { return Array(object[start..<index]) }
      case UInt8(ascii: "\""):
        index = stringEnd(object, index)
        continue
      default: break
      }
      index += 1
    }
    return Array(object[start...])
  }

  /// Behind the closing quote.
  private static func stringEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index + 1
  }
}
