import Contacts

extension FaultFile {
  /// Writes a script as a file; reading it gives the script from its beginning.
  package static func write(_ plan: FaultPlan) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("seed")
    writer.integer(Int(clamping: plan.seed))
    writer.key("faults")
    writer.beginList()
    for fault in plan.faults { write(fault, to: &writer) }
    writer.endList()
    writer.endObject()
    return writer.bytes
  }

  private static func write(_ fault: Fault, to writer: inout JSONWriter) {
    writer.beginObject()
    let matcher = fault.matcher
    if matcher != RequestMatcher() {
      writer.key("on")
      writer.beginObject()
      let parts: [(StaticString, String?)] = [
        ("method", matcher.method), ("path", matcher.path), ("contact", matcher.contact),
      ]
      for case (let key, let text?) in parts {
        writer.key(key)
        writer.string(text)
      }
      writer.endObject()
    }
    write(fault.occasions, to: &writer)
    write(fault.effect, to: &writer)
    writer.endObject()
  }

  private static func write(_ occasions: Occasions, to writer: inout JSONWriter) {
    let standard = Occasions()
    let parts: [(StaticString, Int?)] = [
      ("from", occasions.first == standard.first ? nil : occasions.first),
      ("every", occasions.every == standard.every ? nil : occasions.every),
      ("times", occasions.times),
    ]
    for case (let key, let number?) in parts {
      writer.key(key)
      writer.integer(number)
    }
    if occasions.chance != standard.chance {
      writer.key("chance")
      writer.raw(Array("\(occasions.chance)".utf8))
    }
  }

  private static func write(_ effect: Fault.Effect, to writer: inout JSONWriter) {
    switch effect {
    case .delay(let range):
      let bounds = [range.lowerBound, range.upperBound].map { WrittenDuration($0).text }
      writer.key("delay")
      writer.string(bounds[0] == bounds[1] ? bounds[0] : bounds.joined(separator: ".."))
    case .answer(let answer, let application): write(answer, application, to: &writer)
    case .reset(let application):
      writer.key("answer")
      writer.string("reset")
      write(application, to: &writer)
    case .partialDelete(let count): write("delete", count, to: &writer)
    case .slow(let rate): write("slow", rate, to: &writer)
    case .truncate(let count): write("truncate", count, to: &writer)
    case .jump(let duration):
      writer.key("jump")
      writer.string(WrittenDuration(duration).text)
    }
  }

  private static func write(
    _ answer: APIAnswer, _ application: Fault.Application, to writer: inout JSONWriter
  ) {
    write("answer", answer.status, to: &writer)
    write(application, to: &writer)
    let seconds = answer.header("retry-after").flatMap { Int($0) }
    if let seconds { write("retry_after", seconds, to: &writer) }
    guard answer != FaultAnswer.standard(answer.status, retryAfter: seconds) else { return }
    writer.key("body")
    if answer.header("content-type") == "application/json" {
      writer.raw(answer.body)
    } else {
      writer.string(answer.body)
    }
  }

  private static func write(_ application: Fault.Application, to writer: inout JSONWriter) {
    guard application == .done else { return }
    writer.key("applied")
    writer.bool(true)
  }

  private static func write(_ key: StaticString, _ number: Int, to writer: inout JSONWriter) {
    writer.key(key)
    writer.integer(number)
  }
}
