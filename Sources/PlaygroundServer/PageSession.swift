import CEL
import Contacts
import Diagnostics
import Knowledge
import Playground
import Rulesets

/// Answers the questions of a page: the engine runs here, and the page decides nothing.
actor PageSession {
  /// Why a question has no answer; a message of the page's catalogue.
  struct Failure: Error {
    var message: PageWords.Key
  }

  /// Rehearsals that are kept, so that a question about the last but one still finds it.
  private static let keptCount = 2

  private let scene: PageScene
  private let standIns: Veil
  private(set) var language: Language
  private var kept: [(number: Int, rehearsal: Rehearsal, files: [PageFile])] = []
  private var rehearsalCount = 0
  /// The rules that were looked at last: events that change need no new ones.
  private var checked: Checked?

  private struct Checked {
    var files: [PageFile]
    var ruleset: Ruleset?
    var problems: [Diagnostic]
    var rules: TracedRules?
  }

  init(_ scene: PageScene) {
    self.scene = scene
    standIns = StandIns(scene.pseudonyms).standInVeil
    language = scene.language ?? .english
  }

  /// What the page begins with, in the language that somebody chose on it, or else the scene's, or else
  /// the one that the browser asks for.
  func start(in language: Language?, browser: String) -> SceneReply {
    self.language = language ?? scene.language ?? Language(locale: browser)
    return SceneReply(
      name: scene.name, language: self.language.rawValue, words: PageWords.all(in: self.language),
      files: scene.sources.map {
        PageFile(path: $0.path, text: String(decoding: $0.utf8, as: UTF8.self))
      }, events: scene.events)
  }

  /// What is wrong with the rules, before they are rehearsed.
  func check(_ request: RehearseRequest) -> RehearseReply {
    let sources = request.files.map { SourceText(path: $0.path, contents: $0.text) }
    var reply = RehearseReply()
    reply.diagnostics = check(request.files, sources).map { problem(of: $0, in: sources) }
    return reply
  }

  func rehearse(_ request: RehearseRequest) async -> RehearseReply {
    let start = ContinuousClock.now
    var reply = RehearseReply()
    let sources = request.files.map { SourceText(path: $0.path, contents: $0.text) }
    reply.diagnostics = check(request.files, sources).map { problem(of: $0, in: sources) }
    if let rules = compile(sources) {
      let rehearsal = await Rehearsal(
        RehearsalEvent.lines(of: Array(request.events.utf8)), with: rules, in: scene.workspace,
        scene.options)
      rehearsalCount += 1
      kept.append((rehearsalCount, rehearsal, request.files))
      if kept.count > Self.keptCount { kept.removeFirst() }
      reply.rehearsal = rehearsalCount
      reply.runs = true
      reply.tell(rehearsal, scene.veil)
    }
    reply.milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
    return reply
  }

  private func check(_ files: [PageFile], _ sources: [SourceText]) -> [Diagnostic] {
    if let checked, checked.files == files { return checked.problems }
    let inventory = scene.workspace.snapshot.inventory
    let (ruleset, problems) = Ruleset.check(
      sources, profile: APIProfile(scene.workspace.dialect),
      inventory: inventory.isKnown ? inventory : nil)
    checked = Checked(files: files, ruleset: ruleset, problems: problems)
    return problems
  }

  /// The rules that were checked last; nothing where they are wrong.
  private func compile(_ sources: [SourceText]) -> TracedRules? {
    if let rules = checked?.rules { return rules }
    guard let ruleset = checked?.ruleset else { return nil }
    let rules = TracedRules(
      ruleset, sources: sources, profile: APIProfile(scene.workspace.dialect))
    checked?.rules = rules
    return rules
  }

  private func problem(of found: Diagnostic, in sources: [SourceText]) -> RehearseReply.Problem {
    let found = found.told(in: language)
    let source = sources.first { $0.path == found.location.path }
    let range = found.location.range
    let label = found.label.isEmpty ? "" : ": \(found.label)"
    return RehearseReply.Problem(
      code: found.code.rawValue, severity: found.severity.rawValue, message: found.message + label,
      help: found.help, file: found.location.path,
      line: source?.position(of: range.start).line ?? 1,
      from: source?.utf16Offset(of: range.start) ?? 0,
      to: source?.utf16Offset(of: range.end) ?? 0)
  }

  /// JSON; see ``StepReply``.
  func step(_ request: StepRequest) throws -> [UInt8] {
    let rehearsal = try found(request).rehearsal
    return StepReply(rehearsal, scene.veil).bytes(of: request.step)
  }

  func whyNot(_ request: StepRequest) throws -> SentenceReply {
    let rehearsal = try found(request).rehearsal
    guard let rule = request.rule, rehearsal.rules.rules.indices.contains(rule) else {
      throw Failure(message: .unknownStep)
    }
    let samples = SampleValues(
      Array(rehearsal.events.prefix(1_000)), for: rule, of: rehearsal.rules)
    let why = rehearsal.whyNot(rule, in: request.step, samples: samples)
    return SentenceReply(sentence: WhyNotReply(why, scene.veil).sentence(in: language))
  }

  func test(_ request: StepRequest) async throws -> FileReply {
    let rehearsal = try found(request).rehearsal
    let draft = await TestDraft(
      rehearsal, step: request.step, scene.workspace.dialect, standIns)
    guard let draft else { throw Failure(message: .noTest) }
    let note = PageWords.text(
      draft.agrees ? .testNote : .testDiffers, in: language, ["file": draft.path])
    return FileReply(file: draft.path, text: draft.text, note: note)
  }

  func share(_ request: StepRequest) throws -> FileReply {
    let (_, rehearsal, files) = try found(request)
    let name = scene.name.split(separator: "/").last.map(String.init) ?? "rehearsal"
    let file = "\(name).regra.json"
    return FileReply(
      file: file, text: SharedFile(name, files, rehearsal, standIns).text,
      note: PageWords.text(.shareNote, in: language, ["file": file]))
  }

  private func found(
    _ request: StepRequest
  ) throws -> (number: Int, rehearsal: Rehearsal, files: [PageFile]) {
    guard let found = kept.last(where: { $0.number == request.rehearsal }),
      found.rehearsal.steps.indices.contains(request.step)
    else { throw Failure(message: .unknownStep) }
    return found
  }
}

extension SourceText {
  /// An offset in UTF-16 units, as pages count.
  fileprivate func utf16Offset(of offset: Int) -> Int {
    String(decoding: utf8.prefix(offset), as: UTF8.self).utf16.count
  }
}
