internal import CEL
internal import Contacts
internal import Diagnostics

/// Holds constants against what the API accepts, and brings them into the form it keeps.
struct ConstantChecker {
  let source: SourceText
  let profile: APIProfile
  /// The types of fields under `ensure` anywhere in the ruleset.
  let fieldTypes: [String: FieldType]
  var diagnostics: [Diagnostic] = []

  /// What a constant is for.
  enum Use {
    case name, language, group, urn, uuid
    case value(FieldType?)

    fileprivate var code: Code {
      switch self {
      case .name: .refusedName
      case .language: .refusedLanguage
      case .group: .refusedGroup
      case .urn: .refusedURN
      case .uuid: .refusedUUID
      case .value: .refusedValue
      }
    }
  }

  /// The value, in the API's form where it is constant and accepted.
  mutating func check(_ template: TemplateSyntax, as use: Use, _ what: String) -> TemplateSyntax {
    if case .urn = use { checkPrefix(of: template) }
    guard let text = template.constant else { return template }
    guard !isBlank(text) else {
      report(.blankValue(what, at: location(template.range), clear: clearWord(what)))
      return template
    }
    switch normalized(text, as: use) {
    case .success(let normal):
      if let path = pathLook(text) { report(.pathAsText(path, at: location(template.range))) }
      var copy = template
      copy.parts = [.text(normal)]
      return copy
    case .failure(let refusal):
      report(
        .refusedConstant(
          use.code, what, refusal.sentence(in: profile), at: location(template.range))
      )
      return template
    }
  }

  private func clearWord(_ what: String) -> String? {
    switch what {
    case "`set_name`": "clear_name"
    case "`set_language`": "clear_language"
    default: what.hasPrefix("the field") ? "clear_fields" : nil
    }
  }

  /// The form in which the API keeps a constant.
  func normalized(_ text: String, as use: Use) -> Result<String, Refusal> {
    var output: [UInt8] = []
    let bytes = Array(text.utf8)
    let refusal = bytes.withUnsafeBytes { (raw: UnsafeRawBufferPointer) -> Refusal? in
      switch use {
      case .name: profile.normalizeName(raw, into: &output)
      case .language: profile.normalizeLanguage(raw, into: &output)
      case .group: profile.normalizeGroup(raw, into: &output)
      case .urn: profile.normalizeURN(raw, into: &output)
      case .uuid: profile.normalizeUUID(raw, into: &output)
      case .value(let type): profile.normalizeFieldValue(raw, type: type, into: &output)
      }
    }
    if let refusal { return .failure(refusal) }
    return .success(String(decoding: output, as: UTF8.self))
  }

  /// What can be said of a URN before its first hole: its scheme.
  private mutating func checkPrefix(of template: TemplateSyntax) {
    let prefix = template.prefix
    if prefix.hasPrefix("whatsapp:+") {
      let plus = piece("+", of: template)
      report(.plusInURN(at: plus ?? location(template.range), isExact: plus != nil))
    }
    guard template.constant == nil, !template.isBroken else { return }
    guard !prefix.isEmpty else {
      if template.isPhoneAlone { report(.urnWithoutScheme(at: location(template.range))) }
      return
    }
    guard let colon = prefix.firstIndex(of: ":") else {
      report(.urnWithoutScheme(at: location(template.range)))
      return
    }
    let scheme = String(prefix[..<colon])
    guard case .failure(.unknownScheme) = normalized("\(scheme):1", as: .urn) else { return }
    report(.unknownScheme(scheme, at: piece(scheme, of: template) ?? location(template.range)))
  }

  /// Where a text first stands in a value as written.
  private func piece(_ text: String, of template: TemplateSyntax) -> SourceLocation? {
    let bytes = source.utf8[template.range.start..<template.range.end]
    let first = bytes.indices.first { bytes[$0...].starts(with: text.utf8) }
    return first.map { location(SourceRange($0..<$0 + text.utf8.count)) }
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  func location(_ range: SourceRange) -> SourceLocation {
    SourceLocation(path: source.path, range: range)
  }
}

extension ConstantChecker {
  /// The key of a custom field.
  mutating func checkKey(_ key: TextSyntax) {
    guard let refusal = profile.refusal(ofFieldKey: key.text) else { return }
    let meant = try? profile.key(ofLabel: key.text)
    report(
      .refusedKey(
        key.text, refusal, sentence: refusal.sentence(in: profile), at: location(key.range),
        meant: meant))
  }

  /// The label of a custom field; the key the server makes of it.
  mutating func checkLabel(_ label: String, at range: SourceRange) -> String? {
    do {
      return try profile.key(ofLabel: label)
    } catch {
      report(
        .refusedConstant(
          .refusedLabel, "a field's label", error.sentence(in: profile), at: location(range)))
      return nil
    }
  }

  /// A list that one call must carry whole.
  mutating func checkCount(_ items: [TemplateSyntax], _ what: String, at range: SourceRange) {
    guard items.count > profile.itemLimit else { return }
    report(.tooManyItems(what, items.count, limit: profile.itemLimit, at: location(range)))
  }
}

extension TemplateSyntax {
  /// Whether the value is a call of `phone`, which gives a number without a scheme.
  fileprivate var isPhoneAlone: Bool {
    guard parts.count == 1, case .hole(let hole) = parts[0],
      case .call(let name, target: _, arguments: _) = hole.expression.kind, name == "phone"
    else { return false }
    return true
  }
}

/// The path that a constant text looks like: `event.name`, `$contact.name`.
func pathLook(_ text: String) -> String? {
  let path = text.hasPrefix("$") ? text.dropFirst() : text[...]
  guard path.utf8.starts(with: "event.".utf8) || path.utf8.starts(with: "contact.".utf8) else {
    return nil
  }
  let steps = path.split(separator: ".", omittingEmptySubsequences: false)
  let isWord = { (step: Substring) in
    !step.isEmpty && step.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }
  guard steps.count > 1, steps[0] == "event" || steps[0] == "contact",
    steps.allSatisfy(isWord)
  else { return nil }
  return String(path)
}

extension Diagnostic {
  static func pathAsText(_ path: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .pathAsText, "this is the text `\(path)`, not what stands there in the event", at: location,
      label: "no hole", help: "write `${\(path)}`")
  }

  static func refusedConstant(
    _ code: Code, _ what: String, _ sentence: String, at location: SourceLocation
  ) -> Self {
    Diagnostic(code, "the API refuses this value of \(what)", at: location, label: sentence)
  }

  static func blankValue(_ what: String, at location: SourceLocation, clear: String?) -> Self {
    Diagnostic(
      .blankValue, "\(what) with a blank value writes nothing", at: location, label: "blank",
      help: clear.map { "to empty it write `\($0)`" })
  }

  static func plusInURN(at location: SourceLocation, isExact: Bool) -> Self {
    Diagnostic(
      .plusInURN, "a `whatsapp` URN has no `+`", at: location, label: "the `+` will be dropped",
      help: "write the digits alone, from the country code on",
      fix: isExact ? Fix([Fix.Edit(at: location, with: "")]) : nil)
  }

  static func urnWithoutScheme(at location: SourceLocation) -> Self {
    Diagnostic(
      .refusedURN, "a URN starts with its scheme", at: location,
      label: "no `whatsapp:`, `tel:`, `mailto:` …", help: "write `whatsapp:` in front")
  }

  static func unknownScheme(_ scheme: String, at location: SourceLocation) -> Self {
    let common = ["whatsapp", "tel", "mailto", "ext", "telegram", "facebook", "instagram"]
    let near = MeantWord.schemes[scheme.lowercased()] ?? closestMatch(to: scheme, in: common)
    return Diagnostic(
      .refusedURN, "`\(scheme)` is no scheme that the API knows", at: location,
      label: "not a scheme", help: near.map { "did you mean `\($0):`?" },
      fix: near.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }

  static func refusedKey(
    _ key: String, _ refusal: Refusal, sentence: String, at location: SourceLocation,
    meant: String?
  ) -> Self {
    let actions = ["name": "set_name", "first_name": "set_name", "language": "set_language"]
    if refusal == .reservedFieldKey, let action = actions[key] {
      return Diagnostic(
        .refusedKey, "`\(key)` is no custom field", at: location, label: sentence,
        help: "write `\(action): …` as an action of its own")
    }
    let near = meant == key ? nil : meant
    return Diagnostic(
      .refusedKey, "`\(key)` cannot be the key of a field", at: location, label: sentence,
      help: near.map { "the key of a field labelled `\(key)` is `\($0)`" },
      fix: near.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }

  static func tooManyItems(
    _ what: String, _ count: Int, limit: Int, at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .tooManyItems, "\(what) takes at most \(limit) items", at: location,
      label: "\(count) here", help: "the API refuses longer lists")
  }
}
