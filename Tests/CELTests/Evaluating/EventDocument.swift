import CEL
import CJSON

/// A parsed JSON document that fills the slots of a program, as an engine does.
final class EventDocument {
  private let parser: OpaquePointer?
  let document: Document

  init(_ json: String) {
    parser = cjson_parser_create(1 << 20, 1_024)
    let bytes = Array(json.utf8) + [UInt8](repeating: 0, count: 64)
    var parsed = cjson_document()
    let error = cjson_parse(parser, bytes, bytes.count - 64, &parsed)
    precondition(error == CJSON_OK, "the tests' JSON is JSON: \(json)")
    document = Document(tape: parsed.tape, strings: parsed.strings)
  }

  deinit { cjson_parser_destroy(parser) }

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
    var scratch = Scratch()
    scratch.document = document
    var slots = layout.paths.map { $0[0] == "event" ? value(of: $0) : .missing }
    slots.append(.missing)
    return slots.withUnsafeMutableBufferPointer { slots in
      guard let base = slots.baseAddress else { return "no slots" }
      let value = program.evaluate(entry, slots: base, scratch: &scratch)
      if let literal = scratch.literal(of: value) { return "\(literal)" }
      guard value.isUnknown, let reason = Value.Reason(rawValue: value.reason) else {
        return "unknown within"
      }
      let site = program.sites[Int(value.site)]
      return "unknown(\(reason)) \(site.path.joined(separator: ".")) \(site.range)"
    }
  }
}
