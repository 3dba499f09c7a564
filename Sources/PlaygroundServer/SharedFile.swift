import CEL
import Contacts
import Playground

/// A rehearsal as one file that somebody else can look through: rules, events and contacts, with stand-ins
/// for everybody.
struct SharedFile {
  private let name: String
  private let files: [PageFile]
  private let rehearsal: Rehearsal
  private let veil: Veil

  init(_ name: String, _ files: [PageFile], _ rehearsal: Rehearsal, _ veil: Veil) {
    self.name = name
    self.files = files
    self.rehearsal = rehearsal
    self.veil = veil
  }

  var text: String {
    let scene = StandInScene(
      rehearsal, rehearsal.steps.indices, contacts: rehearsal.before, veil)
    let rules = files.map { file in
      Literal.object([("path", .string(file.path)), ("text", .string(veil.text(file.text)))])
    }
    let ids = rehearsal.rules.rules.map(\.id)
    let steps = zip(scene.events, rehearsal.steps).map { event, step in
      Literal.object([
        ("line", .int(Int64(event.line))),
        ("event", .string(String(decoding: event.text, as: UTF8.self))),
        ("fired", .texts(step.outcomes.fired.map { ids[$0] })),
        ("unknown", .texts(step.outcomes.unknown.map { ids[$0] })),
      ])
    }
    var document: [(key: String, value: Literal)] = [
      ("regra", .string(SharedScenario.word)), ("version", .int(SharedScenario.version)),
      ("name", .string(name)), ("dialect", .string(rehearsal.rules.profile.dialect.rawValue)),
    ]
    if let now = rehearsal.steps.first?.now {
      let (second, rest) = now.quotientAndRemainder(dividingBy: 1_000_000_000)
      document.append(
        ("now", .timestamp(seconds: second, nanoseconds: UInt32(clamping: rest))))
    }
    document += [
      ("rules", .list(rules)), ("contacts", .list(scene.listed)), ("steps", .list(steps)),
    ]
    var coder = JSONCoder()
    return String(decoding: coder.bytes(of: .object(document)), as: UTF8.self) + "\n"
  }
}
