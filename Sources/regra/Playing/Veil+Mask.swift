import ArgumentParser
private import Glibc
import Playground

extension Veil {
  /// The pseudonyms that every command gives.
  static let masked = Veil(
    text: { Mask.masked($0) }, whole: { "p:" + Mask.pseudonym(of: $0) },
    contact: { Mask.shown(contact: $0) })

  /// Covers personal data unless it was asked for on a terminal.
  static func asked(revealing: Bool) throws -> Veil {
    guard revealing else { return .masked }
    guard isatty(STDOUT_FILENO) == 1 else {
      throw ValidationError("--reveal shows personal data on a terminal only")
    }
    return .none
  }
}
