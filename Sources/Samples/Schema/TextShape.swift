/// What a text looks like; the first that fits counts.
package enum TextShape: Int, Sendable, CaseIterable {
  /// Nothing, or blanks only.
  case blank
  /// `true` or `false`.
  case boolean
  /// As JSON writes numbers, of at most seven digits if it is whole.
  case number
  /// `1.234,56`, as people write amounts in Brazil.
  case localNumber
  /// `2026-03-02`.
  case date
  /// A date and a time of day, with and without an offset.
  case moment, localMoment
  /// `02/03/2026`, perhaps with a time.
  case slashedDate
  case uuid
  case mail
  case link
  /// Eight to fifteen digits, with nothing but the signs of phone numbers and documents around.
  case phone
  /// One word with digits in it: the id of something.
  case code
  /// One word.
  case word
  case sentence

  /// The word for it in listings and in saved schemas.
  package var name: String {
    switch self {
    case .blank: "blank"
    case .boolean: "true or false"
    case .number: "number"
    case .localNumber: "number with comma"
    case .date: "date"
    case .moment: "date and time"
    case .localMoment: "date and time without zone"
    case .slashedDate: "day/month/year"
    case .uuid: "uuid"
    case .mail: "e-mail"
    case .link: "link"
    case .phone: "phone"
    case .code: "id"
    case .word: "word"
    case .sentence: "text"
    }
  }

  /// Whether it says a point in time.
  package var isTime: Bool {
    switch self {
    case .date, .moment, .localMoment, .slashedDate: true
    case .blank, .boolean, .number, .localNumber, .uuid, .mail, .link, .phone, .code, .word,
      .sentence:
      false
    }
  }

  package init(_ text: UnsafeRawBufferPointer) {
    var signs = Signs()
    for byte in text.prefix(Signs.reach) { signs.add(byte) }
    if text.count > Signs.reach {
      self = signs.blanks == 0 && signs.isLink(text) ? .link : .sentence
      return
    }
    self = TextShape.shape(of: text, signs)
  }

  private static func shape(of text: UnsafeRawBufferPointer, _ signs: Signs) -> TextShape {
    if signs.blanks == text.count { return .blank }
    if text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8) { return .boolean }
    if signs.letters == 0 || signs.digits > 0 {
      if let shape = WrittenShape.time(text) { return shape }
      if WrittenShape.isNumber(text) {
        let isWhole = signs.digits == text.count || signs.minuses > 0 && signs.dots == 0
        return isWhole && (8...15).contains(signs.digits) ? .phone : .number
      }
      if WrittenShape.isLocalNumber(text) { return .localNumber }
    }
    if WrittenShape.isUUID(text) { return .uuid }
    if signs.isMail(text) { return .mail }
    if signs.isLink(text) { return .link }
    if signs.isPhone(text) { return .phone }
    if signs.blanks > 0 { return .sentence }
    return signs.digits > 0 ? .code : .word
  }
}

/// Counts of the kinds of signs in a text.
private struct Signs {
  /// Longer texts are not looked at beyond this.
  static let reach = 256

  var blanks = 0
  var digits = 0
  var letters = 0
  var dots = 0
  var minuses = 0
  var ats = 0
  /// Signs that stand in phone numbers and documents beside digits.
  var separators = 0

  mutating func add(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
    case 0x20, 0x09...0x0D:
      blanks += 1
      separators += 1
    case UInt8(ascii: "."):
      dots += 1
      separators += 1
    case UInt8(ascii: "-"):
      minuses += 1
      separators += 1
    case UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "/"):
      separators += 1
    case UInt8(ascii: "@"): ats += 1
    default:
      let letter = byte | 0x20
      if byte >= 0x80 || letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z") { letters += 1 }
    }
  }

  func isPhone(_ text: UnsafeRawBufferPointer) -> Bool {
    (8...15).contains(digits) && digits + separators == text.count
      || digits >= 8 && text.starts(with: "whatsapp:".utf8) || text.starts(with: "tel:".utf8)
  }

  func isMail(_ text: UnsafeRawBufferPointer) -> Bool {
    guard ats == 1, blanks == 0, let at = text.firstIndex(of: UInt8(ascii: "@")) else {
      return false
    }
    return at > 0 && text[(at + 1)...].contains(UInt8(ascii: "."))
  }

  func isLink(_ text: UnsafeRawBufferPointer) -> Bool {
    text.starts(with: "https://".utf8) || text.starts(with: "http://".utf8)
  }
}
