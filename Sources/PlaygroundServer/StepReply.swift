import CEL
import Playground

/// All about one event: what was read, what each rule made of it, and the calls of its window.
struct StepReply {
  private let rehearsal: Rehearsal
  private let veil: Veil

  init(_ rehearsal: Rehearsal, _ veil: Veil) {
    self.rehearsal = rehearsal
    self.veil = veil
  }

  func bytes(of step: Int) -> [UInt8] {
    let state = rehearsal.steps[step]
    let json = RehearsalJSON(rehearsal, veil: veil)
    var tracer = Tracer(rehearsal.rules)
    let calls =
      rehearsal.windows.indices.contains(state.window)
      ? json.list(of: rehearsal.windows[state.window]) : []
    var coder = JSONCoder()
    return coder.bytes(
      of: .object([
        ("text", .string(text(of: step))), ("event", .object(json.event(step, by: &tracer))),
        ("calls", .list(calls)),
      ]))
  }

  /// The event as it was read, on several lines.
  private func text(of step: Int) -> String {
    let bytes = rehearsal.events[step].text
    var coder = JSONCoder()
    guard let event = bytes.withUnsafeBytes({ try? coder.value(of: $0) }) else {
      return veil.text(String(decoding: bytes, as: UTF8.self))
    }
    let covered = ValueText(veil: veil).literal(event, isPersonal: false)
    return PrettyJSON.text(of: coder.bytes(of: covered))
  }
}
