import CPhone

@testable import Functions

/// What a kernel writes for a text; `growth` bytes at most for each of the text's.
func written(
  _ text: String, growth: Int = 3,
  by kernel: (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Int
) -> String {
  let bytes = Array(text.utf8)
  return withUnsafeTemporaryAllocation(byteCount: bytes.count * growth + 1, alignment: 1) {
    buffer in
    let count = bytes.withUnsafeBytes { kernel($0, buffer) }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }
}

/// The E.164 form of a written number; absent for no number.
func phone(_ text: String, _ region: String, mobile9: Bool = false) -> String? {
  let form = written(text + String(repeating: " ", count: 40)) { padded, buffer in
    let text = UnsafeRawBufferPointer(rebasing: padded[..<(padded.count - 40)])
    let count = Array(region.utf8).withUnsafeBytes { PhoneNumber.write(text, $0, buffer) }
    return mobile9 ? PhoneNumber.addNinthDigit(buffer, count) : count
  }
  return form.isEmpty ? nil : form
}

/// The same through libphonenumber alone.
func phoneByLibrary(_ text: String, _ region: String) -> String? {
  let bytes = Array(text.utf8)
  let buffer = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
    guard let start = buffer.baseAddress else { return }
    count = cphone_e164_by_library(bytes, bytes.count, Array(region.utf8), start)
  }
  return buffer.isEmpty ? nil : String(decoding: buffer, as: UTF8.self)
}
