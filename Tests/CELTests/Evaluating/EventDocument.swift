import CEL

/// A parsed JSON document that fills the slots of a program, as an engine does.
final class EventDocument {
  private let parser: JSONParser
  let document: Document

  init(_ json: String) {
    var parser = JSONParser()
    do {
      document = try Array(json.utf8).withUnsafeBytes { try parser.parseCopy(of: $0) }
    } catch {
      preconditionFailure("the tests' JSON is JSON: \(error): \(json)")
    }
    self.parser = parser
  }

  /// What a slot of the path holds; the first step is the variable.
  func value(of path: [String]) -> Value {
    var value = document.value(at: 1)
    for field in path.dropFirst() {
      if value.tag == .missing { return value }
      guard value.tag == .map else { return .unknown(.wrongType, found: value.tag) }
      value = self.value(of: field, in: value)
    }
    return value
  }

  private func value(of field: String, in map: Value) -> Value {
    var scratch = Scratch()
    scratch.document = document
    let entry = scratch.entries(of: map).last {
      String(decoding: $0.key.bytes, as: UTF8.self).utf8.elementsEqual(field.utf8)
    }
    return entry?.value ?? .missing
  }

  /// Evaluates an entry; slots of other roots than `event` are empty.
  func evaluate(_ program: Program, _ entry: Int, _ layout: SlotLayout) -> String {
    withValue(of: program, entry, layout) { value, scratch in
      if let literal = scratch.literal(of: value) { return "\(literal)" }
      guard value.isUnknown, let reason = Value.Reason(rawValue: value.reason) else {
        return "unknown within"
      }
      let site = program.sites[Int(value.site)]
      return "unknown(\(reason)) \(site.path.joined(separator: ".")) \(site.range)"
    }
  }

  /// What an entry comes to; only scalars and unknowns outlive the evaluation.
  func value(_ program: Program, _ entry: Int, _ layout: SlotLayout) -> Value {
    withValue(of: program, entry, layout) { value, _ in value }
  }

  private func withValue<Result>(
    of program: Program, _ entry: Int, _ layout: SlotLayout,
    _ body: (Value, borrowing Scratch) -> Result
  ) -> Result {
    var scratch = Scratch()
    scratch.document = document
    var slots = layout.paths.map { $0[0] == "event" ? value(of: $0) : .missing }
    slots.append(.missing)
    return slots.withUnsafeMutableBufferPointer { slots in
      guard let base = slots.baseAddress else { preconditionFailure("one slot at least") }
      return body(program.evaluate(entry, slots: base, scratch: &scratch), scratch)
    }
  }
}
