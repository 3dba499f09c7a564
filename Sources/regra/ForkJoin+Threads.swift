private import Glibc
import Rulesets

extension ForkJoin {
  /// The other piece on a thread of its own, from five hundred rules on.
  static let twoThreads = ForkJoin(from: 500) { other, own in
    let body = Unmanaged.passRetained(Body(other))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard failure == 0 else {
      body.takeRetainedValue().run()
      own()
      return
    }
    own()
    pthread_join(thread, nil)
  }

  /// What the thread does, boxed so that it fits into a C pointer.
  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
