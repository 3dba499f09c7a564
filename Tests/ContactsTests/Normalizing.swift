import Contacts

/// What a profile makes of a text: its form, or why it refuses; refusing must append nothing.
func normalized(
  _ text: String, by kernel: (UnsafeRawBufferPointer, inout [UInt8]) -> Refusal?
) -> Result<String, Refusal> {
  var output = Array("kept ".utf8)
  let refusal = Array(text.utf8).withUnsafeBytes { kernel($0, &output) }
  guard output.starts(with: "kept ".utf8) else { return .success("the output was overwritten") }
  let form = String(decoding: output.dropFirst(5), as: UTF8.self)
  guard let refusal else { return .success(form) }
  return form.isEmpty ? .failure(refusal) : .success("refused, but appended `\(form)`")
}

extension APIProfile {
  func urn(_ text: String) -> Result<String, Refusal> { normalized(text, by: normalizeURN) }
  func language(_ text: String) -> Result<String, Refusal> {
    normalized(text, by: normalizeLanguage)
  }
  func name(_ text: String) -> Result<String, Refusal> { normalized(text, by: normalizeName) }
  func group(_ text: String) -> Result<String, Refusal> { normalized(text, by: normalizeGroup) }
  func uuid(_ text: String) -> Result<String, Refusal> { normalized(text, by: normalizeUUID) }
  func value(_ text: String, _ type: FieldType?) -> Result<String, Refusal> {
    normalized(text) { normalizeFieldValue($0, type: type, into: &$1) }
  }
  func folded(_ text: String) -> Result<String, Refusal> {
    normalized(text) {
      foldGroupName($0, into: &$1)
      return nil
    }
  }
}

/// Both dialects, by one name in tables.
let both: [Dialect] = [.weni, .rapidpro]
