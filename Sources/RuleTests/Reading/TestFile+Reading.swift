package import Contacts
package import Diagnostics
internal import Rulesets
internal import YAMLTree

extension TestFile {
  /// Reads one test file; what is wrong with it is collected, and the rest is read all the same.
  package static func read(
    _ source: SourceText, profile: APIProfile
  ) -> (file: TestFile, diagnostics: [Diagnostic]) {
    let document = YAMLDocument.parse(source)
    guard document.root != nil || document.diagnostics.isEmpty else {
      return (TestFile(source: source, rules: [], tests: []), document.diagnostics)
    }
    var reader = TestReader(source: source, comments: document.comments, profile: profile)
    let file = reader.file(document.root)
    // A test is read once for each value of `each`, and what is wrong with it is wrong once.
    var seen = Set<Diagnostic>()
    let diagnostics = (document.diagnostics + reader.decoder.diagnostics)
      .filter { seen.insert($0).inserted }
    return (file, diagnostics)
  }
}

/// Reads the YAML tree of a test file by its schema.
struct TestReader {
  var decoder: Decoder
  let profile: APIProfile
  private var names: [String: SourceRange] = [:]
  private var snapshots: Set<String> = []

  /// What rules see as `now` where a file says nothing: 2026-01-01T00:00:00Z.
  private static let defaultNow: Int64 = 1_767_225_600_000_000_000

  init(source: SourceText, comments: [YAMLComment], profile: APIProfile) {
    decoder = Decoder(source: source, comments: comments)
    self.profile = profile
  }

  func location(_ range: SourceRange) -> SourceLocation { decoder.location(range) }

  mutating func report(_ diagnostic: Diagnostic) { decoder.report(diagnostic) }

  mutating func file(_ root: YAMLNode?) -> TestFile {
    var file = TestFile(source: decoder.source, rules: [], tests: [])
    guard let root, isTestFile(root) else {
      let start = root?.range.start ?? 0
      report(.notATestFile(at: location(SourceRange(start..<start))))
      return file
    }
    guard
      let fields = decoder.fields(
        root, "a test file", known: TestFileKey.words, required: ["tests"])
    else { return file }
    if let node = fields["rules"] {
      for item in decoder.itemsOrOne(node, "`rules`") ?? [] {
        if let path = decoder.text(item, "`rules`", .textOrList) { file.rules.append(path) }
      }
    }
    let now = fields["now"].flatMap { time($0, "`now`") } ?? Self.defaultNow
    let contacts = fields["contacts"].map { self.contacts($0, behind: []) } ?? []
    for item in fields["tests"].flatMap({ decoder.items($0, "`tests`") }) ?? [] {
      file.tests += tests(item, now: now, contacts: contacts)
    }
    return file
  }

  /// Whether anything in the mapping is ours.
  private func isTestFile(_ root: YAMLNode) -> Bool {
    guard case .mapping(let entries) = root.kind else { return false }
    return entries.contains { entry in
      guard case .scalar(let key) = entry.key.kind else { return false }
      return key.text == "tests" || key.text == "contacts" || key.text == "rules"
    }
  }

  /// A test, once for each value of its `each`.
  private mutating func tests(
    _ node: YAMLNode, now: Int64, contacts: [GivenContact]
  ) -> [TestCase] {
    var expansion = EachExpansion(node)
    let variants = expansion.variants(&decoder)
    var tests: [TestCase] = []
    for variant in variants {
      let body = expansion.body(of: variant, &decoder)
      guard var test = test(body, now: now, contacts: contacts) else { continue }
      if !expansion.isNameVaried { test.variant = variant.label }
      note(test)
      tests.append(test)
    }
    for name in expansion.unusedNames {
      report(.unusedValue(name.text, at: location(name.range)))
    }
    return tests
  }

  private mutating func note(_ test: TestCase) {
    if let snapshot = test.expectation.snapshot, !snapshots.insert(snapshot.text).inserted {
      report(
        .badExpectation(
          "two tests keep their results in `\(snapshot.text)`", at: location(snapshot.range),
          label: "another test does too",
          help: "give each its own file; with `each`, put `${each.…}` into the name"))
    }
    guard let first = names[test.title] else {
      names[test.title] = test.range
      return
    }
    report(.sameTestName(test.title, at: location(test.range), first: location(first)))
  }

  private mutating func test(
    _ node: YAMLNode, now: Int64, contacts: [GivenContact]
  ) -> TestCase? {
    guard
      let fields = decoder.fields(
        node, "a test", known: TestKey.words, required: ["name", "events", "expect"])
    else { return nil }
    let first = fields.entries.first?.key.range ?? node.range
    let name = fields["name"].flatMap { decoder.text($0, "`name`") }
    var test = TestCase(
      name: name?.text ?? "", variant: "", range: name?.range ?? first,
      now: fields["now"].flatMap { time($0, "`now`") } ?? now,
      contacts: fields["contacts"].map { self.contacts($0, behind: contacts) } ?? contacts,
      events: .list([]), answers: [], expectation: Expectation(range: first))
    if let node = fields["events"] { test.events = events(node) }
    if let node = fields["server"] { test.answers = answers(node) }
    if let node = fields["expect"] { test.expectation = expectation(node) }
    for contact in test.expectation.contacts { check(contact.name, of: test) }
    for answer in test.answers {
      if let contact = answer.contact { check(contact, of: test) }
    }
    return name == nil ? nil : test
  }

  /// Whether a contact has a name of the test, or one by which the server would find it.
  private mutating func check(_ name: TextSyntax, of test: TestCase) {
    guard !name.text.contains(":"), !name.text.isUUID else { return }
    let known = test.contacts.map(\.name.text)
    guard !known.contains(name.text) else { return }
    report(.noSuchContact(name.text, at: location(name.range), known: known))
  }

  /// A moment with its offset, in nanoseconds since 1970.
  private mutating func time(_ node: YAMLNode, _ what: String) -> Int64? {
    guard let text = decoder.text(node, what) else { return nil }
    let time = Array(text.text.utf8).withUnsafeBytes { WrittenTime(rfc3339: $0) }
    guard let time, time.hasOffset else {
      report(.notAMoment(what, at: location(node.range)))
      return nil
    }
    let second = time.localSecond - Int64(time.offset)
    return second.multipliedReportingOverflow(by: 1_000_000_000).partialValue
      + Int64(time.nanoseconds)
  }
}

extension String {
  /// Whether a contact or group is named so by its uuid.
  var isUUID: Bool { Array(utf8).withUnsafeBytes { UUIDText.isHyphenated($0) } }
}

extension Diagnostic {
  static func notATestFile(at location: SourceLocation) -> Self {
    Diagnostic(
      .notATestFile, "this is no file of tests", at: location, label: "no `tests`",
      help: "a test file names its rules, `rules: orders.yaml`, and has `tests:`")
  }

  static func notAMoment(_ what: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .notATime, "\(what) takes a moment with its offset", at: location, label: "cannot be read",
      help: "write it like `2026-03-02T09:00:00-03:00`")
  }

  static func sameTestName(
    _ name: String, at location: SourceLocation, first: SourceLocation
  ) -> Self {
    Diagnostic(
      .sameTestName, "two tests are called `\(name)`", at: location, label: "again",
      notes: [Note("first called so here", at: first)], help: "give one of them another name")
  }

  static func noSuchContact(_ name: String, at location: SourceLocation, known: [String]) -> Self {
    let near = closestMatch(to: name, in: known)
    return Diagnostic(
      .noSuchContact, "the test has no contact `\(name)`", at: location, label: "not given",
      help: near.map { "did you mean `\($0)`?" }
        ?? "name one under `contacts`, or a contact that the rules make by its URN",
      fix: near.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }

  static func unusedValue(_ name: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .unusedValue, "`\(name)` is not used in the test", at: location, label: "never read",
      help: "write `${each.\(name)}` where its values belong")
  }
}
