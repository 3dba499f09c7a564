import CEL

/// Takes any bytes through the lexer, the parser, the checker and the evaluator.
///
/// The first byte chooses the profile; the rest is source text. What must hold besides "no
/// crash, no hang, bounded memory": there is a tree or an issue, every place lies within the
/// text, and a printed tree is read again as what it was.
@_cdecl("LLVMFuzzerTestOneInput")
public func evaluate(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard count > 1, let start else { return 0 }
  let isStandard = start[0] % 2 == 0
  let bytes = UnsafeBufferPointer(start: start + 1, count: count - 1)
  let text = String(decoding: bytes, as: UTF8.self)
  let parsed = Expression.parse(text)
  precondition(parsed.expression != nil || !parsed.issues.isEmpty, "a tree or an issue")
  requirePlaces(parsed.issues, in: text)
  guard let tree = parsed.expression else { return 0 }
  let environment = isStandard ? standard : regra
  let checked = tree.check(in: environment)
  requirePlaces(checked.issues, in: text)
  if parsed.issues.isEmpty { requirePrinting(tree) }
  var activation = Activation(costLimit: 20_000)
  activation.bind("event", to: event)
  var writer = JSONWriter()
  let value = activation.evaluate(CompiledExpression(checked.expression, in: environment))
  activation.write(value, to: &writer)
  return 0
}

private func requirePlaces(_ issues: [Issue], in text: String) {
  for issue in issues {
    precondition(issue.range.upperBound <= text.utf8.count, "a place within the text: \(issue)")
  }
}

/// A tree that was printed may be too long or too deep to be read, but is never another.
private func requirePrinting(_ tree: Expression) {
  let printed = tree.description
  guard !printed.contains("@") else { return }
  let again = Expression.parse(printed)
  guard let read = again.expression, again.issues.isEmpty else {
    precondition(again.issues.contains { $0.kind == .tooDeep }, "not read again: \(printed)")
    return
  }
  precondition(read.description == printed, "read as another tree: \(printed)")
}

private let standard = environment(.standard, event: .dynamic)
private let regra = environment(.regra, event: .dynamic)

private func environment(
  _ profile: Environment.Profile, event type: CEL.`Type`
) -> CEL.Environment {
  var environment = CEL.Environment(profile: profile)
  environment.declare("event", as: type)
  environment.declare("now", as: .timestamp)
  environment.define("states", as: .list([.string("paid"), .string("sent")]))
  return environment
}

private let event: Literal = .map([
  (.string("n"), .int(2)), (.string("d"), .double(2.5)), (.string("t"), .string("xé😀")),
  (.string("none"), .null), (.string("yes"), .bool(true)),
  (.string("l"), .list([.int(1), .double(2.5), .string("x"), .list([.int(2)])])),
  (
    .string("m"),
    .map([
      (.string("t"), .string("2026-03-02T09:00:00Z")),
      (.string("k"), .map([(.string("z"), .int(3))])),
    ])
  ),
])
