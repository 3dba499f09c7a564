import Engine
import Delivery
import Planning
import StateStore
import Streams

/// Puts the windows of a run into the journal of its delivery.
final class DeliveryLedger: WindowLedger {
  static let deletesFact = "deletes"

  private let journal: DeliveryJournal
  private let inputs: [Input]
  private let identities: [String]
  private let spool: Spool?
  private let now: @Sendable () -> PointInTime
  private let watch: RunWatch
  private let wake: @Sendable () -> Void

  init(
    _ journal: DeliveryJournal, of inputs: [Input], spool: Spool?, watch: RunWatch,
    now: @escaping @Sendable () -> PointInTime, wake: @escaping @Sendable () -> Void
  ) {
    self.watch = watch
    self.journal = journal
    self.inputs = inputs
    self.spool = spool
    self.now = now
    self.wake = wake
    identities = inputs.map { SourceIdentity(of: $0).text }
  }

  func commit(_ window: ClosedWindow) throws(SinkFailure) {
    var planned = DeliveryJournal.Planned(at: now())
    planned.lines = window.calls.split(separator: 0x0A)
    planned.order = window.table.order(of: window.batch)
    planned.sources = window.positions.map { position in
      DeliveryJournal.Source(
        path: inputs[Int(position.source)].path, identity: identities[Int(position.source)],
        byteOffset: position.byteOffset, line: Int(position.line),
        isByLine: position.isByLine,
        recordCount: position.recordCount)
    }
    planned.facts[Self.deletesFact] = "\(window.deleteCount)"
    planned.repeats = window.marks.withUnsafeBytes { Array($0) }
    // How far the spool was read says nothing where it is shorter.
    do throws(SystemFailure) { try spool?.sync() } catch {
      throw .failed(FileFailure(path: spool?.directory ?? "", cause: error.sentence))
    }
    let batch: Int?
    do throws(StoreFailure) { batch = try journal.plan(planned) } catch {
      throw .failed(FileFailure(path: journal.path, cause: error.sentence))
    }
    watch.planned(window, as: batch)
    if !planned.lines.isEmpty { wake() }
    let live = window.positions.last { inputs[Int($0.source)].place == .standardInput }
    if let live { spool?.release(upTo: live.byteOffset) }
  }

  /// Where the run goes on that the journal knows of.
  static func resume(
    _ journal: DeliveryJournal, _ inputs: [Input]
  ) throws(StoreFailure) -> RunResume {
    var resume = RunResume()
    let sources = try journal.sources()
    for (index, input) in inputs.enumerated() {
      guard let source = sources.first(where: { $0.path == input.path }),
        SourceIdentity.matches(source.identity, input)
      else { continue }
      resume.positions.append(
        SourcePosition(
          source: Int32(index), byteOffset: source.byteOffset, line: UInt64(source.line),
          isByLine: source.isByLine,
          recordCount: source.recordCount))
    }
    resume.deleteCount =
      sources.isEmpty ? 0 : try journal.fact(deletesFact).flatMap { Int($0) } ?? 0
    for bytes in try journal.repeats() {
      bytes.withUnsafeBytes { resume.marks += $0.bindMemory(to: RepeatMark.self) }
    }
    return resume
  }
}
