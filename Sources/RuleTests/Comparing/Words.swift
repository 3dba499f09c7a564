/// A sentence that knows which of its words are values, so that whoever prints it can mask them.
///
/// ```swift
/// let words: Words = "got \(value: "Ana", of: "name")"
/// ```
package struct Words: Sendable, ExpressibleByStringInterpolation {
  package enum Piece: Sendable {
    case plain(String)
    /// The value of `name`, a field's key or the like.
    case value(String, of: String)
    /// A URN or uuid.
    case contact(String)
  }

  package var pieces: [Piece]

  package init(_ pieces: [Piece]) { self.pieces = pieces }

  package init(stringLiteral value: String) { pieces = [.plain(value)] }

  package init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

  package struct Interpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { pieces.append(.plain(literal)) }

    package mutating func appendInterpolation(_ text: String) { pieces.append(.plain(text)) }

    package mutating func appendInterpolation(_ number: Int) { pieces.append(.plain("\(number)")) }

    package mutating func appendInterpolation(_ words: Words) { pieces += words.pieces }

    package mutating func appendInterpolation(value: String, of subject: String) {
      pieces.append(.value(value, of: subject))
    }

    package mutating func appendInterpolation(contact: String) { pieces.append(.contact(contact)) }
  }

  /// The words, with what `mask` makes of values.
  package func text(_ mask: (Piece) -> String) -> String { pieces.map(mask).joined() }

  static func + (left: Words, right: Words) -> Words { Words(left.pieces + right.pieces) }

  /// Several, with commas between them.
  static func list(_ items: [Words]) -> Words {
    guard let first = items.first else { return "none" }
    return items.dropFirst().reduce(first) { $0 + ", " + $1 }
  }
}
