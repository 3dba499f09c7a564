/// What a body asks for, once every key of it is right.
struct ContactInput {
  var name = Input<[UInt8]>.absent
  var language = Input<LanguageTag>.absent
  var note = Input<[UInt8]>.absent
  var addresses: [Address]?
  /// Rows of the group table, each once.
  var groups: [Int]?
  /// Rows of the field table and their new texts; empty ones clear.
  var fields: [(row: Int, text: [UInt8])]?
}
