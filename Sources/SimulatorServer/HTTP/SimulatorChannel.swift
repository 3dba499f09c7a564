import Contacts
import HummingbirdCore
import Logging
import NIOCore
import Simulator

/// What a connection of the server is made of, and the loop that answers its requests in order.
struct SimulatorChannel: ServerChildChannel {
  typealias Value = NIOAsyncChannel<Connection.Received, Connection.AnswerPart>

  let api: SimulatedAPI
  let limits: ServerLimits
  let held: HeldBytes

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandler(Connection(limits: limits, held: held))
      return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
    }
  }

  func handle(value: Value, logger: Logger) async {
    let channel = value.channel
    await withTaskCancellationHandler {
      do {
        try await value.executeThenClose { inbound, outbound in
          let answering = Answering(self, on: channel, to: outbound)
          for try await received in inbound where try await answering.answer(received) == .closed {
            break
          }
          try await channel.closeFuture.get()
        }
      } catch {
        // The client has gone; there is nobody to tell.
      }
    } onCancel: {
      channel.close(promise: nil)
    }
  }
}
