private import Glibc
import Streams

/// The token of the API: from a file, from standard input, or from `REGRA_TOKEN`; never from a flag,
/// which every program on the machine could read.
enum AccessToken {
  static let variable = "REGRA_TOKEN"

  /// Reads the token; `-` is standard input.
  static func read(file: String?) throws -> String {
    guard let file else {
      guard let text = getenv(variable).map({ String(cString: $0) }), !text.isEmpty else {
        throw CommandFailure(
          "the API needs a token: set \(variable), or name a file with --token-file (- is standard "
            + "input)", status: ExitStatus.misuse)
      }
      return try checked(text, from: variable)
    }
    let bytes: [UInt8]
    do throws(FileFailure) {
      bytes = try FileTree.contents(of: file == "-" ? "/dev/stdin" : file)
    } catch {
      throw CommandFailure(error)
    }
    return try checked(String(decoding: bytes, as: UTF8.self), from: file)
  }

  /// What is wrong with the rights of a file that holds a token; nothing where its owner alone reads it.
  static func openness(of file: String) -> String? {
    var status = stat()
    guard file != "-", stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_mode & 0o044 != 0
    else { return nil }
    return "others may read this token; `chmod 600` keeps it yours"
  }

  /// A token is one word; blanks and a line's end around it are those of the file.
  private static func checked(_ text: String, from place: String) throws -> String {
    let token = text.drop { $0.isWhitespace }.prefix { !$0.isWhitespace }
    let rest = text.drop { $0.isWhitespace }.dropFirst(token.count)
    guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      rest.allSatisfy(\.isWhitespace)
    else { throw CommandFailure("\(place): holds no token", status: ExitStatus.misuse) }
    return String(token)
  }
}
