internal import CEL
internal import Diagnostics
internal import Rulesets

extension Judge {
  /// Holds the planned calls against what is expected of them.
  mutating func judge(_ wanted: Placed<ExpectedCalls>) {
    switch wanted.value {
    case .count(let count):
      guard !count.holds(for: record.calls.count) else { return }
      let got = record.calls.count
      note(
        Mismatch(
          message: "\(got) \(got == 1 ? "call" : "calls"), not \(count.words)",
          range: wanted.range, label: "got \(got)", details: lines()))
    case .all(let expected): judgeAll(expected, wanted)
    case .some(let has, let hasNot):
      let calls = values()
      for item in has where !calls.contains(where: { item.difference(from: $0) == nil }) {
        note(
          Mismatch(
            message: "no call is like this", range: item.range, label: "none of \(calls.count)",
            details: lines()))
      }
      for item in hasNot where calls.contains(where: { item.difference(from: $0) == nil }) {
        note(
          Mismatch(
            message: "a call is like this", range: item.range, label: "was planned",
            details: lines()))
      }
    }
  }

  private mutating func judgeAll(_ expected: [ExpectedValue], _ wanted: Placed<ExpectedCalls>) {
    let calls = values()
    for (index, item) in expected.enumerated() where index < calls.count {
      guard let difference = item.difference(from: calls[index]) else { continue }
      note(
        Mismatch(
          message: "call \(index + 1): \(difference.path) is another",
          range: difference.range, label: "got \(value: difference.got, of: difference.path)",
          details: [line(index)]))
    }
    guard expected.count != calls.count else { return }
    note(
      Mismatch(
        message: "\(calls.count) calls, not \(expected.count)", range: wanted.range,
        label: "got \(calls.count)", details: lines()))
  }

  private func values() -> [Literal] {
    var coder = JSONCoder()
    return record.calls.map { line in
      (try? line.withUnsafeBytes { try coder.value(of: $0) }) ?? .null
    }
  }

  private func lines() -> [Words] { record.calls.indices.prefix(10).map { line($0) } }

  private func line(_ index: Int) -> Words {
    "\(index + 1)  \(value: CallText.line(record.calls[index]), of: "call")"
  }
}

/// A call for people: without numbers and provenance.
enum CallText {
  static func line(_ call: [UInt8]) -> String {
    var coder = JSONCoder()
    guard let value = try? call.withUnsafeBytes({ try coder.value(of: $0) }) else {
      return String(decoding: call, as: UTF8.self)
    }
    var words = [value["method"]?.text ?? ""]
    words.append((value["path"]?.text ?? "").replacing("/api/v2/", with: ""))
    for key in ["query", "body"] {
      guard let part = value[key], !part.isNull else { continue }
      words.append(String(decoding: coder.bytes(of: part), as: UTF8.self))
    }
    return words.joined(separator: " ")
  }
}

extension ExpectedValue {
  /// Where a value is not as described, and what stands there.
  struct Difference {
    var path: String
    var got: String
    var range: SourceRange
  }

  /// The first difference; maps are described in part, lists as a whole.
  func difference(from value: Literal?, at path: String = "") -> Difference? {
    switch kind {
    case .map(let entries):
      guard value?.entries != nil else { return differing(value, path) }
      for (key, expected) in entries {
        let place = path.isEmpty ? key.text : "\(path).\(key.text)"
        if let difference = expected.difference(from: value?[key.text], at: place) {
          return difference
        }
      }
      return nil
    case .list(let items):
      guard let got = value?.items, got.count == items.count else {
        return differing(value, path)
      }
      for (index, (item, value)) in zip(items, got).enumerated() {
        if let difference = item.difference(from: value, at: "\(path)[\(index)]") {
          return difference
        }
      }
      return nil
    case .scalar(let expected):
      return isEqual(expected, value, at: path) ? nil : differing(value, path)
    }
  }

  private func differing(_ value: Literal?, _ path: String) -> Difference {
    Difference(path: "`\(path)`", got: value.map(Self.text) ?? "nothing", range: range)
  }

  /// Values of calls are texts; `120` and `"120"` are the same to whoever describes them.
  private func isEqual(_ expected: Literal, _ value: Literal?, at path: String) -> Bool {
    guard let value else { return expected.isNull }
    let (expected, got) = (Self.text(expected), Self.text(value))
    return expected == got || path == "path" && got == "/api/v2/" + expected
  }

  private static func text(_ value: Literal) -> String {
    if let text = value.text { return text }
    var coder = JSONCoder()
    return String(decoding: coder.bytes(of: value), as: UTF8.self)
  }
}
