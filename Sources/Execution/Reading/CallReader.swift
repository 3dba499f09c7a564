import CEL
import Contacts
package import Planning

/// Reads printed call lines back, as `docs/calls.md` describes them.
///
/// Lines are taken to be hostile: what a line does not say in that form is refused as a whole.
package struct CallReader: ~Copyable {
  /// A rule as lines name it.
  package struct Rule: Sendable, Hashable {
    package var id: String
    /// Its file and line.
    package var place: String

    package init(id: String, place: String) {
      self.id = id
      self.place = place
    }
  }

  /// Why a line is no call.
  package struct Failure: Error, Hashable, CustomStringConvertible {
    /// Counted from one.
    package var line: Int
    package var cause: String

    package var description: String { "line \(line): \(cause)" }
  }

  /// More rules than this in one reading are no ruleset.
  private static let ruleLimit = 1 << 18

  /// The rules that the calls read so far name; ``Call/Reason/rule`` counts in it.
  package private(set) var rules: [Rule] = []
  private var ruleNumbers: [Rule: Int] = [:]
  private var coder: JSONCoder
  private var line = 0
  /// Of the last call.
  private var batch = 0
  private var number = 0

  /// A reader for lines up to a size.
  package init(byteLimit: Int = 4 << 20) { coder = JSONCoder(byteLimit: byteLimit) }

  /// Forgets what it has read, so that any line may come next.
  package mutating func forget() {
    rules.removeAll(keepingCapacity: true)
    ruleNumbers.removeAll(keepingCapacity: true)
    (line, batch, number) = (0, 0, 0)
  }

  /// Reads the next line; nothing where it is blank.
  package mutating func read(_ text: UnsafeRawBufferPointer) throws(Failure) -> Call? {
    line += 1
    if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
    do throws(CallFault) {
      let value: Literal
      do throws(JSONParser.Failure) {
        value = try coder.value(of: text)
      } catch {
        throw CallFault("\(error)")
      }
      return try call(CallNode(value))
    } catch {
      throw Failure(line: line, cause: error.cause)
    }
  }

  /// Reads all lines of a text, or refuses it.
  package mutating func readAll(_ bytes: [UInt8]) throws(Failure) -> [Call] {
    var calls: [Call] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let read = line.withUnsafeBytes { text in
        Result { () throws(Failure) in try self.read(text) }
      }
      if let call = try read.get() { calls.append(call) }
    }
    return calls
  }

  private mutating func call(_ node: CallNode) throws(CallFault) -> Call {
    try node.checkKeys([
      "batch", "call", "method", "path", "query", "body", "after", "missing", "wait_s", "because",
      // What was set aside says why, and what to do; a reader of it need not know.
      "set_aside", "advice",
    ])
    let batch = try node.required("batch").number(in: 1...Int(Int32.max))
    let number = try node.required("call").number(in: 1...Int(Int32.max))
    guard batch > self.batch || (batch == self.batch && number > self.number) else {
      throw CallFault(
        "call \(number) of batch \(batch) stands behind call \(self.number) of batch \(self.batch)")
    }
    let form = try CallForm(
      method: node.required("method").word(Call.Method.init(rawValue:)),
      endpoint: node.required("path").word(Endpoint.init(rawValue:)), call: number)
    let body = try form.body(node["body"])
    let contactCount = body?.contactCount
    let call = Call(
      batch: batch, number: number, method: form.method, path: form.endpoint.rawValue,
      query: try form.query(node["query"]), body: body,
      after: try node["after"]?.items().map { item throws(CallFault) in
        try item.number(in: 1...max(1, number - 1))
      } ?? [],
      missing: try missing(node["missing"], contactCount: contactCount),
      waitSeconds: try node["wait_s"]?.number(in: 0...3_600) ?? 0,
      because: try reasons(node.required("because"), contactCount: contactCount ?? 0))
    (self.batch, self.number) = (batch, number)
    return call
  }

  private func missing(
    _ node: CallNode?, contactCount: Int?
  ) throws(CallFault) -> [MissingPolicy] {
    guard let node else { return [] }
    guard node.isList else { return [try node.word(MissingPolicy.init(word:))] }
    let words = try node.items().map { item throws(CallFault) in
      try item.word(MissingPolicy.init(word:))
    }
    guard words.count == contactCount else {
      throw node.fault("must be one word, or one for each contact")
    }
    return words
  }

  private mutating func reasons(
    _ node: CallNode, contactCount: Int
  ) throws(CallFault) -> [Call.Reason] {
    var reasons: [Call.Reason] = []
    for item in try node.items() {
      try item.checkKeys(["rule", "at", "event", "contact"])
      let rule = Rule(
        id: try item.required("rule").text(), place: try item.required("at").text())
      let contact = try item["contact"].map { index throws(CallFault) in
        guard contactCount > 0 else { throw index.fault("belongs to bulk calls") }
        return try index.number(in: 0...contactCount - 1)
      }
      reasons.append(
        Call.Reason(
          rule: try self.number(of: rule), event: try item["event"]?.text() ?? "",
          contact: contact))
    }
    return reasons
  }

  private mutating func number(of rule: Rule) throws(CallFault) -> Int {
    if let number = ruleNumbers[rule] { return number }
    guard rules.count < Self.ruleLimit else {
      throw CallFault("there are more than \(Self.ruleLimit) rules")
    }
    rules.append(rule)
    ruleNumbers[rule] = rules.count - 1
    return rules.count - 1
  }
}

extension Call.Body {
  fileprivate var contactCount: Int? {
    guard case .action(_, let contacts, _) = self else { return nil }
    return contacts.count
  }
}

extension MissingPolicy {
  fileprivate init?(word: String) {
    guard let policy = MissingPolicy.allCases.first(where: { $0.word == word }) else { return nil }
    self = policy
  }
}
