import Engine
import CEL
import Contacts

/// One write of a rule, in words.
struct WriteText {
  private let trace: WriteTrace
  private let veil: Veil

  init(_ trace: WriteTrace, _ veil: Veil) {
    self.trace = trace
    self.veil = veil
  }

  private var value: String {
    let isPersonal = trace.write.kind == .setName || trace.reads.contains(where: \.isPersonal)
    return ValueText(veil: veil).text(
      .string(trace.write.value),
      isPersonal: isPersonal || PersonalPath.isPersonal([trace.write.target]))
  }

  private var target: String { veil.text(trace.write.target) }

  /// What is written to.
  var subject: String {
    switch trace.write.kind {
    case .setName, .clearName: "name"
    case .setLanguage, .clearLanguage: "language"
    case .setField, .clearField: target
    case .addToGroup, .removeFromGroup, .replaceGroups, .createGroup, .renameGroup, .deleteGroup:
      target.isEmpty ? "group" : target
    case .addURN, .preferURN, .removeURN, .replaceURNs: "URN"
    case .createContact, .deleteContact, .blockContact, .unblockContact, .interruptContact,
      .archiveMessages:
      "contact"
    case .createField: "field"
    case .note: "note"
    }
  }

  /// What it does.
  var effect: String {
    switch trace.write.kind {
    case .setName, .setLanguage, .setField: "\(subject) \(value)"
    case .clearName, .clearLanguage, .clearField: "\(subject) cleared"
    case .addToGroup: "+ \(target)"
    case .removeFromGroup: "− \(target)"
    case .replaceGroups: "groups: only these"
    case .addURN: "+ \(veil.contact(trace.write.value))"
    case .preferURN: "+ \(veil.contact(trace.write.value)) first"
    case .removeURN: "− \(veil.contact(trace.write.value))"
    case .replaceURNs: "URNs: only these"
    case .createContact: "made if it is not there"
    case .deleteContact: "deleted"
    case .blockContact: "blocked"
    case .unblockContact: "active again"
    case .interruptContact: "interrupted"
    case .archiveMessages: "messages archived"
    case .createField: "field \(value) made, \(trace.write.second)"
    case .createGroup: "group \(value) made"
    case .renameGroup: "group \(value) becomes \"\(veil.text(trace.write.second))\""
    case .deleteGroup: "group \(value) deleted"
    case .note: "note: \(value)"
    }
  }

  /// Why a hole gave nothing.
  var gap: String {
    for read in trace.reads {
      switch read.value {
      case .unknown(let doubt): return doubt.sentence
      case .value(.null): return "`\(read.text)` is null"
      case .value(.string(let text)) where text.allSatisfy(\.isWhitespace):
        return "`\(read.text)` is empty"
      case .value: continue
      }
    }
    return "nothing to write"
  }
}
