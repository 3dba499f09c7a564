import RandomNumbers

/// Writes well-formed files as carelessly as people do.
struct ScruffyWriter {
  private var random: SplitMix
  private var text = ""
  private var keyCount = 0

  static func file(seed: UInt64) -> String {
    var writer = ScruffyWriter(random: SplitMix(state: seed))
    writer.mapping(at: 0, depth: 0)
    return writer.text
  }

  private init(random: SplitMix) { self.random = random }

  private mutating func blanks(_ range: ClosedRange<Int>) -> String {
    String(repeating: " ", count: range.lowerBound + random.below(range.count))
  }

  /// An indent below a column.
  private mutating func deeper(_ column: Int) -> String {
    String(repeating: " ", count: column + 1 + random.below(5))
  }

  /// Blank lines and comments between lines.
  private mutating func between(_ column: Int) {
    while random.chance(4) { text += blanks(0...3) + "\n" }
    while random.chance(5) {
      text += blanks(0...column) + random.pick(["# c\n", "# x: 1\n", "#- y\n"])
    }
  }

  private mutating func lineEnd() {
    text += (random.chance(5) ? blanks(1...4) + "# end" : blanks(0...2)) + "\n"
  }

  private mutating func start(_ place: Int, at column: Int, isOpen: Bool) {
    if place == 0, isOpen { return }
    between(column)
    text += String(repeating: " ", count: column)
  }

  private mutating func mapping(at column: Int, depth: Int, isOpen: Bool = false) {
    if depth == 0 {
      for (name, step) in [("rules", 0), ("tests", 3)] where random.chance(2) {
        text += name + ":\n"
        sequence(at: step, depth: 1)
      }
    }
    for place in 0...random.below(4) {
      start(place, at: column, isOpen: isOpen)
      keyCount += 1
      text += random.pick([
        "id\(keyCount)", "\"a b\(keyCount)\"", "event.x\(keyCount)", "\u{e9}t\u{e9}\(keyCount)",
      ])
      text += random.chance(8) ? " :" : ":"
      value(below: column, depth: depth + 1, .key)
    }
  }

  private mutating func sequence(at column: Int, depth: Int, isOpen: Bool = false) {
    for place in 0...random.below(3) {
      start(place, at: column, isOpen: isOpen)
      text += "-"
      value(below: column, depth: depth + 1, .item)
    }
  }

  private enum Owner { case key, item }

  private mutating func value(below column: Int, depth: Int, _ owner: Owner) {
    switch random.below(depth > 4 ? 6 : 10) {
    case 0: lineEnd()
    case 1:
      text += blanks(1...4) + random.pick(["x", "'it''s'", "\"a # b\"", "${event.x}", "1"])
      lineEnd()
    case 2:
      text += blanks(1...2)
      flow(depth: 0, column)
      lineEnd()
    case 3: block(column)
    case 4:
      let indent = "\n" + deeper(column)
      text += " one" + indent + "two" + (random.chance(3) ? "\n" : "") + indent + "three"
      lineEnd()
    case 5:
      let indent = "\n" + deeper(column)
      text += " \"one \\" + indent + "two  " + indent + indent + " three\""
      lineEnd()
    case 6, 7: nested(column, depth, owner) { $0.mapping(at: $1, depth: depth, isOpen: $2) }
    default: nested(column, depth, owner) { $0.sequence(at: $1, depth: depth, isOpen: $2) }
    }
  }

  /// A block below a key, or beside or below a dash.
  private mutating func nested(
    _ column: Int, _ depth: Int, _ owner: Owner, _ write: (inout ScruffyWriter, Int, Bool) -> Void
  ) {
    let step = 2 + random.below(4)
    if owner == .item, !random.chance(3) {
      text += String(repeating: " ", count: step - 1)
      write(&self, column + step, true)
    } else {
      lineEnd()
      write(&self, column + step, false)
    }
  }

  private mutating func block(_ column: Int) {
    let digit = random.chance(4) ? random.below(4) + 1 : nil
    text +=
      blanks(1...2) + random.pick(["|", ">"]) + (digit.map(String.init) ?? "")
      + random.pick(["", "-", "+"])
    lineEnd()
    let indent = digit.map { String(repeating: " ", count: column + $0) } ?? deeper(column)
    for place in 0...random.below(4) {
      if random.chance(4) { text += "\n" }
      text += indent + (place > 0 || digit != nil ? blanks(0...2) : "") + "text # no comment\n"
    }
  }

  private mutating func flow(depth: Int, _ column: Int) {
    let isList = random.chance(2)
    text += (isList ? "[" : "{") + gap(column)
    for place in 0..<random.below(4) {
      if place > 0 { text += gap(column) + "," + gap(column) }
      if !isList { text += "k\(place)" + blanks(0...1) + ": " + gap(column) }
      if depth < 2, random.chance(3) {
        flow(depth: depth + 1, column)
      } else {
        text += random.pick(["a", "'b, c'", "\"d\"", "e f", "e\n" + deeper(column) + "f"])
      }
    }
    text += gap(column) + (isList ? "]" : "}")
  }

  /// Blanks within brackets, at times a line break.
  private mutating func gap(_ column: Int) -> String {
    guard random.chance(8) else { return blanks(0...2) }
    return (random.chance(3) ? "  # in brackets" : "") + "\n" + deeper(column)
  }
}
