/// Why the API would refuse a value, or keep it as something else than was meant.
package enum Refusal: UInt8, Sendable, BitwiseCopyable, CaseIterable, Error {
  case notALanguage = 1
  case nameTooLong
  case valueTooLong
  case groupNameEmpty, groupNameTooLong, groupNameCharacter
  case fieldKey, reservedFieldKey
  case labelCharacter, labelTooLong
  case noScheme, unknownScheme, urnCharacter, urnEmpty, urnTooLong
  case phoneWithoutCountry, phoneDigits, whatsappPath, mailAddress, schemePath
  case notANumber, notADateTime
  case nulCharacter
  case tooManyItems
  case notAUUID
  /// A list, map, bytes or duration where a text belongs.
  case notText
}
