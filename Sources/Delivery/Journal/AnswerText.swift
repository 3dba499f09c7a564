import CEL
import Execution

/// Answers as the journal keeps them.
enum AnswerText {
  static func text(of answer: KeptAnswer) -> String {
    var coder = JSONCoder()
    return String(decoding: coder.bytes(of: answer.literal), as: UTF8.self)
  }

  static func answer(_ text: String) -> KeptAnswer? {
    var coder = JSONCoder()
    return Array(text.utf8).withUnsafeBytes { try? coder.value(of: $0) }.map { KeptAnswer($0) }
  }
}
