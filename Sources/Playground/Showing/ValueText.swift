import CEL

/// A value in few words, with what is personal in it covered.
struct ValueText {
  let veil: Veil

  private static let textLimit = 40
  private static let itemLimit = 4
  private static let depthLimit = 3

  func text(_ value: Literal, isPersonal: Bool) -> String {
    text(value, isPersonal: isPersonal, depth: 0)
  }

  private func text(_ value: Literal, isPersonal: Bool, depth: Int) -> String {
    switch value {
    case .string(let text):
      return isPersonal ? covered(text) : quoted(veil.text(text))
    case .int, .uint, .double, .bytes, .timestamp, .duration:
      return isPersonal ? covered("\(value)") : veil.text("\(value)")
    case .list(let items):
      if depth >= Self.depthLimit { return "[…]" }
      let shown = items.prefix(Self.itemLimit).map {
        text($0, isPersonal: isPersonal, depth: depth + 1)
      }
      let rest = items.count - shown.count
      return "[\((shown + (rest > 0 ? ["… \(rest) more"] : [])).joined(separator: ", "))]"
    case .map(let entries):
      if depth >= Self.depthLimit { return "{…}" }
      let shown = entries.prefix(Self.itemLimit).map { key, value in
        let name = key.text ?? "\(key)"
        let isOwn = isPersonal || PersonalPath.isPersonal([name])
        return "\(name): \(text(value, isPersonal: isOwn, depth: depth + 1))"
      }
      let rest = entries.count - shown.count
      return "{\((shown + (rest > 0 ? ["… \(rest) more"] : [])).joined(separator: ", "))}"
    case .null, .bool, .type, .optional(nil): return "\(value)"
    case .optional(.some(let inner)): return text(inner, isPersonal: isPersonal, depth: depth)
    }
  }

  private func covered(_ text: String) -> String {
    let cover = veil.whole(text)
    return cover == text ? quoted(text) : cover
  }

  /// The text in quotes, shortened; what would break the line is written as JSON does.
  func quoted(_ text: String) -> String {
    let short = text.count > Self.textLimit ? text.prefix(Self.textLimit - 1) + "…" : text[...]
    return "\(Literal.string(String(short)))"
  }

  /// The same value with what is personal covered, whole otherwise.
  func literal(_ value: Literal, isPersonal: Bool) -> Literal {
    switch value {
    case .string(let text): .string(isPersonal ? veil.whole(text) : veil.text(text))
    case .int, .uint, .double: number(value, isPersonal: isPersonal)
    case .list(let items): .list(items.map { literal($0, isPersonal: isPersonal) })
    case .map(let entries):
      .map(
        entries.map { key, value in
          let isOwn = isPersonal || PersonalPath.isPersonal([key.text ?? ""])
          return (key, literal(value, isPersonal: isOwn))
        })
    case .optional(.some(let inner)): literal(inner, isPersonal: isPersonal)
    case .optional(nil): .null
    case .bytes, .timestamp, .duration, .type: .string("\(value)")
    case .null, .bool: value
    }
  }

  /// A phone number may come as a number.
  private func number(_ value: Literal, isPersonal: Bool) -> Literal {
    let text = "\(value)"
    let cover = isPersonal ? veil.whole(text) : veil.text(text)
    return cover == text ? value : .string(cover)
  }
}
