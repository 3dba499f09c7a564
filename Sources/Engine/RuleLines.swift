/// The lines under `if` of all rules, side by side.
///
/// As texts and lists of their own they would lie among the trees that they were compiled from, and each
/// keeps a page of those from going back to the system.
final class RuleLines: Sendable {
  /// A line of a rule file that a predicate was written on.
  struct Line: BitwiseCopyable, Sendable {
    let line: Int32
    /// Its number.
    let predicate: Int32
    /// In ``RuleLines/texts``.
    fileprivate let text: Int32
    /// In ``RuleLines/reads``.
    fileprivate let reads: RowRange
  }

  /// A slot that a line reads.
  private struct Read: BitwiseCopyable {
    var slot: Int32
    /// In ``RuleLines/tagSets``.
    var tags: Int32
  }

  private let lines: [Line]
  /// Of each rule its first line, and behind the last the end of all.
  private let starts: [Int32]
  private let texts: TextList
  private let reads: [Read]
  /// Few: most lines of a kind take the same.
  private let tagSets: [Set<UInt8>]

  /// - Parameter rules: the lines of each rule.
  init(_ rules: [[PredicateLine]]) {
    var (lines, texts, reads) = ([Line](), TextList(), [Read]())
    var starts: [Int32] = [0]
    var tagSets: [Set<UInt8>] = []
    starts.reserveCapacity(rules.count + 1)
    lines.reserveCapacity(rules.reduce(0) { $0 + $1.count })
    for rule in rules {
      for line in rule {
        texts.append(line.text.utf8)
        let firstRead = reads.count
        for read in line.reads {
          let known = tagSets.firstIndex(of: read.expected)
          if known == nil { tagSets.append(read.expected) }
          reads.append(Read(slot: Int32(read.slot), tags: Int32(known ?? tagSets.count - 1)))
        }
        lines.append(
          Line(
            line: Int32(line.line), predicate: line.predicate, text: Int32(texts.count - 1),
            reads: RowRange(from: firstRead, to: reads.count)))
      }
      starts.append(Int32(lines.count))
    }
    (self.lines, self.starts, self.texts) = (lines, starts, texts)
    (self.reads, self.tagSets) = (reads, tagSets)
  }

  /// How many rules there are; those that are switched off have no lines.
  var ruleCount: Int { starts.count - 1 }

  /// The lines of a rule, by its number.
  subscript(rule: Int) -> ArraySlice<Line> { lines[Int(starts[rule])..<Int(starts[rule + 1])] }

  /// A line as it was written.
  func text(of line: Line) -> String { texts[Int(line.text)] }

  /// The slots that a line reads, and for kernels the tags that are of the right type.
  func reads(of line: Line) -> [(slot: Int, expected: Set<UInt8>)] {
    reads(in: line.reads).map { (slot: Int($0.slot), expected: tagSets[Int($0.tags)]) }
  }

  /// Calls with each slot that a line reads.
  func forEachSlot(of line: Line, _ body: (Int32) -> Void) {
    for read in reads(in: line.reads) { body(read.slot) }
  }

  private func reads(in range: RowRange) -> ArraySlice<Read> {
    reads[Int(range.first)..<Int(range.first + range.count)]
  }
}
