internal import Diagnostics
internal import YAMLTree

/// `# allow W0310: reason` at the end of a line silences that warning there.
struct Suppressions {
  private struct Suppression {
    var code: String
    var line: Int
    var hasReason: Bool
    var isUsed = false
    var location: SourceLocation
  }

  private var suppressions: [String: [Suppression]] = [:]
  private let sources: [String: SourceText]
  private let knowsWorkspace: Bool
  private let knowledge: Knowledge

  /// What rules were held against.
  enum Knowledge { case files, events }

  init(_ files: [FileSyntax], knowsWorkspace: Bool, knowing knowledge: Knowledge) {
    self.knowsWorkspace = knowsWorkspace
    self.knowledge = knowledge
    sources = Dictionary(
      files.map { ($0.source.path, $0.source) }, uniquingKeysWith: { first, _ in first })
    for file in files {
      suppressions[file.source.path] = file.comments.compactMap { comment in
        Self.words(of: comment.text).map { code, reason in
          Suppression(
            code: code, line: file.line(of: comment.range), hasReason: !reason.isEmpty,
            location: file.location(comment.range))
        }
      }
    }
  }

  private static func words(of comment: String) -> (code: String, reason: String)? {
    let text = comment.drop { $0 == "#" || $0 == " " }
    guard text.hasPrefix("allow ") else { return nil }
    let rest = text.dropFirst(6).drop { $0 == " " }
    let code = rest.prefix { $0 != ":" && $0 != " " }
    let isCode = code.count == 5 && code.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    guard isCode, code.hasPrefix("W") || code.hasPrefix("E") else { return nil }
    let reason = rest.dropFirst(code.count).drop { $0 == ":" || $0 == " " }
    return (String(code), String(reason))
  }

  /// What remains to be said, with what is wrong about the suppressions themselves.
  mutating func apply(to diagnostics: [Diagnostic]) -> [Diagnostic] {
    var remaining = diagnostics.filter { !silences($0) }
    for path in suppressions.keys.sorted() {
      for item in suppressions[path] ?? [] {
        if !item.hasReason {
          remaining.append(.suppressionWithoutReason(item.code, at: item.location))
        } else if !item.isUsed, canJudge(item.code) {
          remaining.append(.unusedSuppression(item.code, at: item.location))
        }
      }
    }
    return remaining
  }

  /// Whether everything that gives a code was looked for.
  private func canJudge(_ code: String) -> Bool {
    (knowsWorkspace || !Code.ofWorkspace.contains(code))
      && (knowledge == .events || !Code.ofEvents.contains(code))
  }

  private mutating func silences(_ diagnostic: Diagnostic) -> Bool {
    guard diagnostic.severity == .warning, let source = sources[diagnostic.location.path] else {
      return false
    }
    let line = source.line(of: diagnostic.location.range.start)
    let index = suppressions[source.path]?.firstIndex {
      $0.line == line && $0.code == diagnostic.code.rawValue && $0.hasReason
    }
    guard let index else { return false }
    suppressions[source.path]?[index].isUsed = true
    return true
  }
}

extension Code {
  /// What only an inventory shows: without one nobody knows whether a suppression is needed.
  fileprivate static let ofWorkspace = Set([Code.notInWorkspace, .smartGroup].map(\.rawValue))

  /// What only samples of events show.
  fileprivate static let ofEvents = Set(
    [
      Code.fieldNeverSeen, .rareField, .otherTypeSeen, .valueNotSeen, .timeAsText, .typeNotSeen,
      .alwaysHolds, .neverHolds, .neverFires, .nobodyToWriteTo,
    ].map(\.rawValue))
}

extension Diagnostic {
  static func unusedSuppression(_ code: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .unusedSuppression, "nothing on this line gives `\(code)`", at: location,
      label: code.hasPrefix("E") ? "only warnings can be silenced" : "silences nothing",
      help: "remove the comment")
  }

  static func suppressionWithoutReason(_ code: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .suppressionWithoutReason, "`allow \(code)` needs a reason", at: location,
      label: "silences nothing without one", help: "write `# allow \(code): why it is right here`")
  }
}
