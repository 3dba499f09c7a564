internal import CEL
private import Contacts

extension RegraFunctions {
  /// Functions of one text; all but `trim`, whose member form is CEL's own, also as members.
  static let texts: [CEL.Function] = [
    Function("trim", [overload("trim", isMember: false)]) { arguments, _ in
      .text(UTF8Text.trimmed(arguments[0].bytes))
    },
    Function("lower", bothForms("lower")) { arguments, scratch in
      mapped(arguments[0], by: LetterCase.lower, growth: 3, scratch: &scratch)
    },
    Function("upper", bothForms("upper")) { arguments, scratch in
      mapped(arguments[0], by: LetterCase.upper, growth: 3, scratch: &scratch)
    },
    Function("plain", bothForms("plain")) { arguments, scratch in
      mapped(arguments[0], by: PlainText.write, growth: 1, scratch: &scratch)
    },
    Function("title", bothForms("title")) { arguments, scratch in
      mapped(arguments[0], by: TitleCase.write, growth: 3, scratch: &scratch)
    },
    Function(
      "digits",
      bothForms("digits") + [
        Function.Overload(id: "digits_int", [.int], .string),
        Function.Overload(id: "int_digits", [.int], .string, isMember: true),
      ]
    ) { arguments, scratch in
      if arguments[0].tag == .int { return decimal(arguments[0].int.magnitude, &scratch) }
      return mapped(arguments[0], by: writeDigits, growth: 1, scratch: &scratch)
    },
  ]

  private static func overload(_ name: String, isMember: Bool) -> Function.Overload {
    Function.Overload(
      id: isMember ? "string_\(name)" : "\(name)_string", [.string], .string, isMember: isMember)
  }

  private static func bothForms(_ name: String) -> [Function.Overload] {
    [overload(name, isMember: false), overload(name, isMember: true)]
  }

  /// A text that a kernel makes of another; `growth` is how many bytes it may write for each.
  private static func mapped(
    _ value: Value, by kernel: (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Int,
    growth: Int, scratch: inout Scratch
  ) -> Value {
    let text = value.bytes
    let capacity = isASCII(text) ? text.count : text.count * growth
    return scratch.makeText(capacity: capacity) { kernel(text, $0) }
  }

  private static func isASCII(_ text: UnsafeRawBufferPointer) -> Bool {
    for byte in text where byte >= 0x80 { return false }
    return true
  }

  /// The digits 0 to 9 of a text.
  static func writeDigits(
    _ text: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> Int {
    var count = 0
    for byte in text where byte >= 0x30 && byte <= 0x39 {
      output[count] = byte
      count += 1
    }
    return count
  }

  static func decimal(_ number: UInt64, _ scratch: inout Scratch) -> Value {
    scratch.makeText(capacity: 20) { Decimal.write(number, $0) }
  }
}
