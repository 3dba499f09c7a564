import Contacts
import Knowledge

/// The tables of a log while it is applied, passed on without counting references.
///
/// Safety: the addresses are those of the columns of a log, and good for as long as that is borrowed.
struct LogView: BitwiseCopyable {
  let mutations: UnsafeBufferPointer<Log.Mutation>
  let keys: UnsafeBufferPointer<Log.ContactKey>
  let bytes: UnsafeBufferPointer<UInt8>
  /// What the ranges of its events point into.
  let eventBytes: UnsafeBufferPointer<UInt8>
  /// How far behind in the batch's bytes its texts stand; absent where they are copied one by one.
  let shift: UInt32?
  /// Where the owners of its keys begin in ``Merger/owners``.
  let firstOwner: Int
}

/// Whom a key of a log names in the batch.
struct KeyOwner: BitwiseCopyable {
  var identifier: Int32
  /// -1 before it is looked up.
  var contact: Int32
}

/// What people know an event by, its id or where it was read; made only when it is printed.
struct EventName {
  let event: UnsafePointer<Log.Event>
  let bytes: UnsafeBufferPointer<UInt8>
  let sources: [String]

  var text: String {
    let id = event.pointee.id
    guard id.length > 0 else { return place }
    let range = Int(id.offset)..<Int(id.offset) + Int(id.length)
    return String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  /// `SOURCE:LINE`.
  var place: String {
    let source = Int(event.pointee.source)
    return "\(source < sources.count ? sources[source] : "-"):\(event.pointee.line)"
  }
}

extension UnsafeBufferPointer {
  /// The address of the first element.
  var start: UnsafePointer<Element> {
    guard let baseAddress else { preconditionFailure("nothing is there") }
    return baseAddress
  }
}
