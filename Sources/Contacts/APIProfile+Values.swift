extension APIProfile {
  /// Appends the trimmed contact name; nothing where it is blank.
  package func normalizeName(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Refusal?
  {
    let name = UTF8Text.trimmed(text)
    if UTF8Text.contains(0, in: name) { return .nulCharacter }
    if exceeds(name, nameLimit) { return .nameTooLong }
    output.append(contentsOf: name)
    return nil
  }

  /// Appends the trimmed group name, or a group's uuid in lower case.
  package func normalizeGroup(
    _ text: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) -> Refusal? {
    let name = UTF8Text.trimmed(text)
    if name.isEmpty { return .groupNameEmpty }
    if UUIDText.isHyphenated(name) {
      UTF8Text.appendLowercased(name, to: &output)
      return nil
    }
    if UTF8Text.contains(0, in: name) { return .nulCharacter }
    if exceeds(name, groupNameLimit) { return .groupNameTooLong }
    guard allowsGroup(name) else { return .groupNameCharacter }
    output.append(contentsOf: name)
    return nil
  }

  /// `weni` wants a letter, digit or `_` first; `rapidpro` forbids `"` and `\`.
  private func allowsGroup(_ name: UnsafeRawBufferPointer) -> Bool {
    switch dialect {
    case .weni: UTF8Text.beginsWord(name)
    case .rapidpro: !UTF8Text.contains(0x22, in: name) && !UTF8Text.contains(0x5C, in: name)
    }
  }

  /// Appends the trimmed value of a field; `type` is absent where no `ensure` names it.
  ///
  /// Nothing is appended where the value is blank: to the API that would clear the field.
  package func normalizeFieldValue(
    _ text: UnsafeRawBufferPointer, type: FieldType?, into output: inout [UInt8]
  ) -> Refusal? {
    let value = UTF8Text.trimmed(text)
    if UTF8Text.contains(0, in: value) { return .nulCharacter }
    if exceeds(value, valueLimit) { return .valueTooLong }
    if value.isEmpty { return nil }
    switch type {
    case .number: if !isNumber(value) { return .notANumber }
    case .datetime: return appendDateTime(value, into: &output)
    case .text, .state, .district, .ward, nil: break
    }
    output.append(contentsOf: value)
    return nil
  }

  /// An optional `-`, then digits with or without `.` and more digits, or `.` and digits.
  private func isNumber(_ value: UnsafeRawBufferPointer) -> Bool {
    var index = value[0] == UInt8(ascii: "-") ? 1 : 0
    var digits = 0
    var hasPoint = false
    while index < value.count {
      if value[index].isDigit {
        digits += 1
      } else if value[index] == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        digits = 0
        if index + 1 == value.count { return false }
      } else {
        return false
      }
      index += 1
    }
    return digits > 0
  }

  /// Capital `T` and `Z`, as the server's parser wants them.
  private func appendDateTime(
    _ value: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) -> Refusal? {
    guard let time = WrittenTime(rfc3339: value), time.hasOffset else { return .notADateTime }
    let start = output.count
    output.append(contentsOf: value)
    if output[start + 10] == UInt8(ascii: "t") { output[start + 10] = UInt8(ascii: "T") }
    if output.last == UInt8(ascii: "z") { output[output.count - 1] = UInt8(ascii: "Z") }
    return nil
  }

  /// Appends a contact's uuid, in lower case with hyphens.
  package func normalizeUUID(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Refusal?
  {
    let uuid = UTF8Text.trimmed(text)
    let isBare = UUIDText.isBare(uuid)
    guard isBare || UUIDText.isHyphenated(uuid) else { return .notAUUID }
    for (index, byte) in uuid.enumerated() {
      if isBare, index == 8 || index == 12 || index == 16 || index == 20 {
        output.append(UInt8(ascii: "-"))
      }
      output.append(byte.lowercased)
    }
    return nil
  }

  private func exceeds(_ text: UnsafeRawBufferPointer, _ limit: Int) -> Bool {
    text.count > limit && UTF8Text.scalarCount(text) > limit
  }
}
