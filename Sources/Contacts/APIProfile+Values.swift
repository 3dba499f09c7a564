extension APIProfile {
  /// Brings `scheme:path` into the form the server keeps, appended to `output`.
  ///
  /// Nothing is appended where the URN is refused. No allocation but `output`'s growth.
  package func normalizeURN(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Refusal?
  {
    output.append(contentsOf: text)
    return nil
  }

  /// Appends the ISO 639-3 code of a language: `pt`, `pt-BR` and `POR` become `por`.
  package func normalizeLanguage(
    _ text: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) -> Refusal? {
    output.append(contentsOf: text)
    return nil
  }

  /// Appends the trimmed contact name.
  package func normalizeName(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Refusal?
  {
    output.append(contentsOf: text)
    return nil
  }

  /// Appends the trimmed group name, or a group's uuid in lower case.
  package func normalizeGroup(
    _ text: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) -> Refusal? {
    output.append(contentsOf: text)
    return nil
  }

  /// Appends the trimmed value of a field; `type` is absent where no `ensure` names it.
  package func normalizeFieldValue(
    _ text: UnsafeRawBufferPointer, type: FieldType?, into output: inout [UInt8]
  ) -> Refusal? {
    output.append(contentsOf: text)
    return nil
  }

  /// Appends a contact's uuid, in lower case with hyphens.
  package func normalizeUUID(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Refusal?
  {
    output.append(contentsOf: text)
    return nil
  }

  /// Why a custom field cannot have this key.
  package func refusal(ofFieldKey key: String) -> Refusal? { nil }

  /// Why a custom field cannot have this label, and otherwise the key the server makes of it.
  package func key(ofLabel label: String) throws(Refusal) -> String { label }
}
