internal import Engine

extension JSONSplitter {
  /// Takes what stands at a non-blank byte inside an array, which stands for its items.
  mutating func takeInArray(_ feed: inout Feed, _ byte: UInt8) {
    switch byte {
    case .closingBracket:
      openArrays -= 1
      needsSeparator = true
      pass(&feed, 1)
    case .comma where needsSeparator:
      needsSeparator = false
      pass(&feed, 1)
    case .openingBracket where !needsSeparator:
      openArrays += 1
      pass(&feed, 1)
    case .comma, .colon, .closingBrace: breakArray(&feed, byte)
    default:
      if needsSeparator { return breakArray(&feed, byte) }
      guard let length = takeValue(&feed) else { return }
      emit(&feed, at: 0, length: length)
      pass(&feed, length)
      needsSeparator = true
    }
  }

  /// Gives up the open arrays; records go on at the next line that begins one.
  private mutating func breakArray(_ feed: inout Feed, _ byte: UInt8) {
    let expected = needsSeparator ? "`,` or `]`" : "an item or `]`"
    feed.cutter.report(
      line: line,
      "no JSON: \(expected) expected in the array of line \(arrayLine), found \(byte.shown)")
    openArrays = 0
    needsSeparator = false
    toleratesClosers = true
    skipToOpeningLine(&feed)
  }

  /// The length of a malformed item whose brackets still close on its line.
  ///
  /// The rest of an array on one line is not lost with one bad item.
  func balancedLength(_ feed: inout Feed) -> Int? {
    var depth = 0
    var isInText = false
    var offset = 0
    while offset <= byteLimit, offset < feed.available || feed.more() {
      guard offset < feed.available else { continue }
      let byte = feed.bytes[offset]
      switch byte {
      case .newline: return nil
      case .quote: isInText.toggle()
      case .backslash where isInText: offset += 1
      case .openingBrace where !isInText, .openingBracket where !isInText: depth += 1
      case .closingBrace where !isInText, .closingBracket where !isInText:
        depth -= 1
        if depth == 0 { return offset + 1 }
        if depth < 0 { return nil }
      default: break
      }
      offset += 1
    }
    return nil
  }
}
