internal import Contacts

/// What a field of a contact holds: the text, and what the server made of it when it was written.
struct FieldValue: Sendable, Equatable {
  /// A row of the field table.
  var field: Int32
  var text: [UInt8]
  var moment: WrittenMoment?
  /// The full path of a place; empty where the text names none.
  var place: [UInt8] = []

  /// What the API shows for a field of this type; nothing where the text is no such value.
  func text(as type: FieldType) -> [UInt8]? {
    switch type {
    case .text: text
    case .number: DecimalText.read(text)
    case .datetime: moment?.text
    case .state, .district, .ward:
      type.placeLevel.flatMap { Place.cut(place, to: $0) }
    }
  }
}

extension FieldType {
  /// How deep the places of a location type lie.
  var placeLevel: Int? {
    switch self {
    case .state: 1
    case .district: 2
    case .ward: 3
    case .text, .number, .datetime: nil
    }
  }
}
