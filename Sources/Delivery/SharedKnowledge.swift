import Execution
import Planning
package import Sending
import StateStore
import Synchronization

/// What is known of a workspace, for calls that run side by side.
package final class SharedKnowledge: Sendable {
  private let known: Mutex<KnownWorkspace>
  private let store: ContactStore

  package init(_ known: sending KnownWorkspace) {
    store = known.store
    self.known = Mutex(known)
  }

  /// Brings it to the disk, before the journal says that a call is sent, or done.
  func sync() throws(StoreFailure) { try store.sync() }

  func begin(
    _ call: Call, answers: [KeptAnswer], isRepeated: Bool
  ) throws(StoreFailure) -> ContactStore.Doubted {
    try known.withLock { known throws(StoreFailure) in
      try known.begin(call, answers: answers, isRepeated: isRepeated)
    }
  }

  func learn(
    _ findings: [Finding], settling doubted: ContactStore.Doubted
  ) throws(StoreFailure) {
    try known.withLock { known throws(StoreFailure) in
      try known.learn(findings, settling: doubted)
    }
  }
}
