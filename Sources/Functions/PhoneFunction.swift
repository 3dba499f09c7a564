internal import CEL
private import CPhone
private import Contacts

extension RegraFunctions {
  /// `phone(x, region)` and `phone(x, "BR", "mobile9")`: E.164 with `+`.
  static let phone = Function(
    "phone",
    [
      Function.Overload(id: "phone_string", [.string, .string], .string),
      Function.Overload(id: "phone_int", [.int, .string], .string),
      Function.Overload(id: "phone_string_form", [.string, .string, .string], .string),
      Function.Overload(id: "phone_int_form", [.int, .string, .string], .string),
    ]
  ) { arguments, scratch in
    if isNegative(arguments[0]) { return .unknown(.refused) }
    let region = arguments[1].bytes
    guard region.count == 2 else { return .unknown(.malformed) }
    var addsNinthDigit = false
    if arguments.count == 3 {
      guard PhoneNumber.isNinthDigitForm(arguments[2].bytes) else { return .unknown(.malformed) }
      addsNinthDigit = true
    }
    return withBytes(of: arguments[0]) { text in
      let result = scratch.makeText(capacity: PhoneNumber.capacity) { buffer in
        let count = PhoneNumber.write(text, region, buffer)
        return addsNinthDigit ? PhoneNumber.addNinthDigit(buffer, count) : count
      }
      return result.length == 0 ? .unknown(.refused) : result
    }
  }

  /// `urn(scheme, x)`: the URN that the API would keep.
  static let urn = Function(
    "urn",
    [
      Function.Overload(id: "urn_string", [.string, .string], .string),
      Function.Overload(id: "urn_int", [.string, .int], .string),
    ]
  ) { arguments, scratch in
    if isNegative(arguments[1]) { return .unknown(.refused) }
    let scheme = UTF8Text.trimmed(arguments[0].bytes)
    var urn: [UInt8] = []
    let isKept = withBytes(of: arguments[1]) { path in
      urn.reserveCapacity(scheme.count + path.count + 2)
      urn.append(contentsOf: scheme)
      urn.append(UInt8(ascii: ":"))
      urn.append(contentsOf: path)
      return normalize(&urn)
    }
    guard isKept else { return .unknown(.refused) }
    return scratch.makeText(capacity: urn.count) { buffer in
      buffer.copyBytes(from: urn)
      return urn.count
    }
  }

  /// Brings a URN into the form of whichever dialect keeps it; `weni` is asked first.
  private static func normalize(_ urn: inout [UInt8]) -> Bool {
    var form: [UInt8] = []
    form.reserveCapacity(urn.count + 1)
    let isKept = urn.withUnsafeBytes { bytes in
      APIProfile.weni.normalizeURN(bytes, into: &form) == nil
        || APIProfile.rapidpro.normalizeURN(bytes, into: &form) == nil
    }
    urn = form
    return isKept
  }

  /// Whether this is an int below zero, whose minus would pass for punctuation.
  private static func isNegative(_ value: Value) -> Bool { value.tag == .int && value.int < 0 }

  /// The bytes of a text, or an int's digits.
  private static func withBytes<Result>(
    of value: Value, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    guard value.tag == .int else { return body(value.bytes) }
    return withUnsafeTemporaryAllocation(byteCount: 21, alignment: 1) { buffer in
      let count = Decimal.write(signed: value.int, buffer)
      return body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}

/// The C face of libphonenumber, over buffers.
enum PhoneNumber {
  /// What ``write(_:_:_:)`` and then ``addNinthDigit(_:_:)`` may need.
  static let capacity = 33

  /// Writes the E.164 form of a written number and returns its length; 0 for no number.
  static func write(
    _ text: UnsafeRawBufferPointer, _ region: UnsafeRawBufferPointer,
    _ buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    guard let bytes = text.assumingMemoryBound(to: UInt8.self).baseAddress,
      let letters = region.assumingMemoryBound(to: UInt8.self).baseAddress,
      let output = buffer.assumingMemoryBound(to: UInt8.self).baseAddress, text.count > 0
    else { return 0 }
    return cphone_e164(bytes, text.count, letters, output)
  }

  /// Gives a Brazilian mobile number of eight digits (+55, area, 6 to 9 …) its ninth.
  static func addNinthDigit(_ number: UnsafeMutableRawBufferPointer, _ count: Int) -> Int {
    guard count == 13, number[1] == 0x35, number[2] == 0x35, number[5] >= 0x36 else {
      return count
    }
    for place in stride(from: count, to: 5, by: -1) { number[place] = number[place - 1] }
    number[5] = UInt8(ascii: "9")
    return count + 1
  }

  static func isNinthDigitForm(_ text: UnsafeRawBufferPointer) -> Bool {
    text.count == 7 && text.elementsEqual("mobile9".utf8)
  }
}
