internal import CEL
internal import Diagnostics

extension ExpressionChecker {
  /// A value with its holes checked; a hole whose type can never be sent is a mistake.
  mutating func check(_ syntax: TemplateSyntax) -> Template {
    var parts: [Template.Part] = []
    for part in syntax.parts {
      switch part {
      case .text(let text): parts.append(.text(text))
      case .hole(let hole):
        let checked = check(hole)
        if let words = checked.type.unwritable {
          report(.unwritableHole(words, at: location(hole.range)))
        }
        parts.append(.hole(checked))
      }
    }
    return Template(parts, line: source.line(of: syntax.range.start))
  }
}

extension CEL.`Type` {
  /// What a value of this type is called, if it has no form as text.
  fileprivate var unwritable: String? {
    switch self {
    case .list, .map, .record, .bytes, .duration, .type: words
    case .dynamic, .null, .bool, .int, .uint, .double, .string, .timestamp, .parameter, .unknown,
      .optional, .named:
      nil
    case .wrapper(let inner): inner.unwritable
    }
  }
}

extension Diagnostic {
  static func unwritableHole(_ type: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .unwritableHole, "a hole must hold a text, a number, a bool or a time", at: location,
      label: "this is \(type)", help: "make a text of it, such as `event.tags.join(\", \")`")
  }
}
