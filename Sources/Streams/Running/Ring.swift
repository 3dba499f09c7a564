/// Elements on their way from one thread to others, in order, at most so many at a time.
///
/// Who finds it full waits until it is half empty: on one core, each wait is a change of threads.
final class Ring<Element: Sendable>: Sendable {
  private struct State {
    var elements: [(ticket: Int, element: Element)] = []
    var next = 0
    var isFull = false
    var isClosed = false
  }

  private let state = Monitor(State())
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  /// Adds an element, as soon as there is room.
  func put(_ element: Element) {
    state.update(when: { !$0.isFull }, waking: { $0.elements.count == 1 }) { state in
      state.elements.append((state.next, element))
      state.next += 1
      state.isFull = state.elements.count == capacity
    }
  }

  /// The next element and its place in the order; nothing after the last one.
  func take() -> (ticket: Int, element: Element)? {
    state.update(
      when: { !$0.elements.isEmpty || $0.isClosed },
      waking: { $0.elements.count == capacity / 2 }
    ) { state in
      if state.elements.count <= capacity / 2 + 1 { state.isFull = false }
      return state.elements.isEmpty ? nil : state.elements.removeFirst()
    }
  }

  /// Says that no element follows.
  func close() { state.update { $0.isClosed = true } }
}
