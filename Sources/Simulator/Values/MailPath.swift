private import Contacts

/// Mail addresses as Django's validator accepts them.
enum MailPath {
  /// What the last part of a domain may hold, which later validators are stricter about.
  enum TopLevel { case anyLabel, lettersAlone }

  static func isValid(_ path: [UInt8], _ topLevel: TopLevel) -> Bool {
    guard path.count <= 320 || WideText.length(path) <= 320,
      let at = path.lastIndex(of: UInt8(ascii: "@"))
    else { return false }
    let user = path[..<at]
    let domain = path[(at + 1)...]
    guard isDotted(user) || isQuoted(user) else { return false }
    return domain.elementsEqual("localhost".utf8) || isDomain(domain, topLevel) || isLiteral(domain)
  }

  private static func isDotted(_ user: ArraySlice<UInt8>) -> Bool {
    let atoms = user.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomic) }
  }

  private static func isAtomic(_ byte: UInt8) -> Bool {
    byte.isDigit || byte.isLetter || "!#$%&'*+/=?^_`{}|~-".utf8.contains(byte)
  }

  private static func isQuoted(_ user: ArraySlice<UInt8>) -> Bool {
    guard user.count >= 2, user.first == 0x22, user.last == 0x22 else { return false }
    var isEscaped = false
    for byte in user.dropFirst().dropLast() {
      switch byte {
      case 0x01...0x09, 0x0B, 0x0C, 0x0E...0x7F: break
      default: return false
      }
      if !isEscaped, byte == 0x22 || byte == 0x0A || byte == 0x0D { return false }
      isEscaped = !isEscaped && byte == 0x5C
    }
    return !isEscaped
  }

  /// Labels of letters, digits and inner hyphens.
  private static func isDomain(_ domain: ArraySlice<UInt8>, _ topLevel: TopLevel) -> Bool {
    let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, let top = labels.last else { return false }
    return labels.dropLast().allSatisfy { isLabel($0) } && isTopLevel(top, topLevel)
  }

  private static func isTopLevel(_ top: ArraySlice<UInt8>, _ topLevel: TopLevel) -> Bool {
    switch topLevel {
    case .anyLabel:
      // A hyphen may begin it; what is not ASCII is longer where it counts.
      let label = top.drop { $0 == UInt8(ascii: "-") }
      return top.count >= 2 && top.count <= 63 && isLabel(label)
    case .lettersAlone:
      guard WideText.length(Array(top)) >= 2, isLabel(top) else { return false }
      return !top.contains(where: \.isDigit) || (top.starts(with: "xn--".utf8) && top.count > 4)
    }
  }

  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
    let isInner: (UInt8) -> Bool = { $0.isDigit || $0.isLetter || $0 >= 0x80 }
    return isInner(first) && isInner(last)
      && label.allSatisfy { isInner($0) || $0 == UInt8(ascii: "-") }
  }

  /// An IPv4 address in brackets.
  private static func isLiteral(_ domain: ArraySlice<UInt8>) -> Bool {
    guard domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]") else { return false }
    let parts = domain.dropFirst().dropLast()
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard part.count <= 3, part.allSatisfy(\.isDigit) else { return false }
        if part.count > 1, part.first == 0x30 { return false }
        return Int(String(decoding: part, as: UTF8.self)).map { $0 <= 255 } ?? false
      }
  }
}
