import Execution
import Planning
package import Sending
import StateStore
import Synchronization

/// What is known of a workspace, for calls that run side by side.
package final class SharedKnowledge: Sendable {
  private let known: Mutex<KnownWorkspace>

  package init(_ known: sending KnownWorkspace) { self.known = Mutex(known) }

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
