import CEL
package import Contacts
package import Diagnostics

/// What a file made by *Share as one file* holds: a scenario that can be played again.
package struct SharedScenario: Sendable {
  /// Why a file is none.
  package struct Failure: Error, Sendable, Equatable {
    /// A sentence for people with a repair, without a full stop.
    package var sentence: String
  }

  package let name: String
  package let sources: [SourceText]
  /// NDJSON; each event stands in the line in which it stood.
  package let events: [UInt8]
  /// NDJSON of everybody who was there, as the API lists them.
  package let contacts: [UInt8]
  /// When the first event came, nanoseconds since 1970, and the dialect of the workspace; absent in
  /// files that do not say it.
  package let now: Int64?
  package let dialect: Dialect?

  static let word = "rehearsal"
  static let version: Int64 = 1

  /// Reads a file.
  ///
  /// - Throws: why it is none, with what to do.
  package init(_ bytes: [UInt8]) throws(Failure) {
    let document = try Self.document(bytes)
    func items(_ key: String) throws(Failure) -> [Literal] {
      guard let items = document[key]?.items else { throw Self.broken("`\(key)` is no list") }
      return items
    }
    name = document["name"]?.text ?? Self.word
    sources = try Self.sources(try items("rules"))
    events = try Self.lines(try items("steps"))
    var coder = JSONCoder()
    contacts = try items("contacts").flatMap { coder.bytes(of: $0) + [UInt8(ascii: "\n")] }
    dialect = document["dialect"]?.text.flatMap { Dialect(rawValue: $0) }
    now = document["now"]?.text.flatMap { Self.nanoseconds($0) }
  }

  private static func document(_ bytes: [UInt8]) throws(Failure) -> Literal {
    var coder = JSONCoder(byteLimit: max(bytes.count, 1 << 10))
    let document = bytes.withUnsafeBytes { bytes in
      Result { () throws(JSONParser.Failure) in try coder.value(of: bytes) }
    }
    let value: Literal
    switch document {
    case .success(let literal): value = literal
    case .failure(let failure):
      throw bytes.starts(with: Array("{\"regra\":".utf8)) ? broken("\(failure)") : foreign
    }
    guard value["regra"]?.text == word else { throw foreign }
    guard case .int(version)? = value["version"] else {
      throw Failure(
        sentence: "it was shared by another version of regra: share it again with this one")
    }
    return value
  }

  private static var foreign: Failure {
    Failure(
      sentence: "this is no shared rehearsal: *Share as one file* on the page of "
        + "`regra play --web` makes one")
  }

  private static func broken(_ cause: String) -> Failure {
    Failure(sentence: "the shared rehearsal is broken, \(cause): share it again")
  }

  private static func sources(_ files: [Literal]) throws(Failure) -> [SourceText] {
    var sources: [SourceText] = []
    for file in files {
      guard let path = file["path"]?.text, let text = file["text"]?.text else {
        throw broken("a file of `rules` has no `path` or no `text`")
      }
      sources.append(SourceText(path: path, contents: text))
    }
    guard !sources.isEmpty else { throw broken("it has no rules") }
    return sources
  }

  /// Empty lines stand for what is not among the events, as long as they are few.
  private static func lines(_ steps: [Literal]) throws(Failure) -> [UInt8] {
    var text: [UInt8] = []
    var line = 1
    let limit = Int64(steps.count) + 1_000_000
    for step in steps {
      guard let event = step["event"]?.text else { throw broken("a step has no `event`") }
      if case .int(let wanted)? = step["line"], wanted > line, wanted <= limit {
        text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: Int(wanted) - line))
        line = Int(wanted)
      }
      text += event.utf8.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
      text.append(UInt8(ascii: "\n"))
      line += 1
    }
    return text
  }

  private static func nanoseconds(_ text: String) -> Int64? {
    let time = Array(text.utf8).withUnsafeBytes { WrittenTime(rfc3339: $0) }
    guard let time else { return nil }
    let (second, overflow) = (time.localSecond - Int64(time.offset))
      .multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? nil : second + Int64(time.nanoseconds)
  }
}
