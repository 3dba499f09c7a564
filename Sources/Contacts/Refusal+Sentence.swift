extension Refusal {
  /// What people read, in lower case without a full stop; limits are those of `weni`.
  package var sentence: String { sentence(in: .weni) }

  /// What people read, with the numbers of the workspace's dialect.
  package func sentence(in profile: APIProfile) -> String {
    switch self {
    case .notALanguage: "a language is an ISO 639-3 code of three letters, such as `por` or `eng`"
    case .nameTooLong: "a contact's name has at most \(profile.nameLimit) characters"
    case .valueTooLong: "a field keeps at most \(profile.valueLimit) characters"
    case .groupNameEmpty: "a group needs a name"
    case .groupNameTooLong: "a group's name has at most \(profile.groupNameLimit) characters"
    case .groupNameCharacter:
      switch profile.dialect {
      case .weni: "a group's name begins with a letter, a digit or `_`"
      case .rapidpro: "a group's name contains neither `\"` nor `\\`"
      }
    case .fieldKey:
      "a field's key has at most \(profile.labelLimit) lower-case letters, digits and `_`, a "
        + "letter first"
    case .reservedFieldKey: "this key is reserved by the server"
    case .labelCharacter:
      switch profile.dialect {
      case .weni: "a field's label has only letters without accents, digits, blanks, `-` and `_`"
      case .rapidpro: "a field's label has only letters without accents, digits, blanks and `-`"
      }
    case .labelTooLong: "a field's label has at most \(profile.labelLimit) characters"
    case .noScheme, .unknownScheme, .urnCharacter, .urnEmpty, .urnTooLong, .phoneWithoutCountry,
      .phoneDigits, .whatsappPath, .mailAddress, .schemePath:
      addressSentence(in: profile)
    case .notANumber: "a number is written in digits with `.` before decimals, such as `1234.5`"
    case .notADateTime:
      "a datetime needs a date, a time and an offset, such as `2026-03-02T09:00:00-03:00`"
    case .nulCharacter: "a text cannot contain the NUL character"
    case .tooManyItems: "one call carries at most \(profile.itemLimit) of them"
    case .notAUUID: "a uuid has 32 hexadecimal digits, in groups of 8, 4, 4, 4 and 12"
    case .notText: "a list, map, bytes or duration is no text"
    }
  }

  private func addressSentence(in profile: APIProfile) -> String {
    switch self {
    case .noScheme: "a URN begins with its scheme, such as `whatsapp:`"
    case .unknownScheme:
      "the server knows no such scheme; schemes are lower case, such as `whatsapp` or `tel`"
    case .urnCharacter: "an address contains neither `#` nor `?` nor `%`"
    case .urnEmpty: "nothing stands behind the scheme"
    case .urnTooLong: "a URN has at most \(profile.urnLimit) characters"
    case .phoneWithoutCountry: "a `tel` number needs its country code, such as +55"
    case .phoneDigits: "a phone number has 8 to 15 digits, those of its country code included"
    case .whatsappPath: "a `whatsapp` address is a number in digits, from its country code on"
    case .mailAddress: "a mail address looks like `name@example.com`"
    default: "this is no address of its scheme"
    }
  }
}
