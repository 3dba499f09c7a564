import Contacts
import Engine

/// A batch as text, one part a line: what merging tests compare.
extension Batch {
  var lines: [String] {
    let order = parts.indices.sorted { (parts[$0].round, $0) < (parts[$1].round, $1) }
    return order.map { line(of: parts[$0]) }
      + workspace.map { "\($0.round) \($0.kind) \(string($0.subject)) \(string($0.value))" }
  }

  private func line(of part: Part) -> String {
    var words = ["\(part.round) \(string(part.key)) \(part.missing.word)"]
    if part.creates { words[0] += "!" }
    if part.replacesGroups { words.append("groups:") }
    if part.replacesURNs { words.append("urns:") }
    var next = part.firstWrite
    while next >= 0 {
      words.append(text(of: writes[Int(next)]))
      next = writes[Int(next)].next
    }
    return words.joined(separator: " ")
  }

  private func text(of write: Write) -> String {
    let target = write.target >= 0 ? "(\(string(targets[Int(write.target)])))" : ""
    var word = "\(write.kind)\(target)"
    if write.kind == .setField || write.kind == .setName { word += "=\(string(write.value))" }
    if write.comesAfterRemoval { word += "+" }
    return word
  }

  func string(_ range: TextRange) -> String { String(decoding: text(range), as: UTF8.self) }
}
