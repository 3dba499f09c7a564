/// Elements on their way from one thread to others, in order, at most so many at a time.
final class Ring<Element: Sendable>: Sendable {
  private struct State {
    var elements: [(ticket: Int, element: Element)] = []
    var next = 0
    var isClosed = false
  }

  private let state = Monitor(State())
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  /// Adds an element, as soon as there is room.
  func put(_ element: Element) {
    state.update(when: { $0.elements.count < capacity }) { state in
      state.elements.append((state.next, element))
      state.next += 1
    }
  }

  /// The next element and its place in the order; nothing after the last one.
  func take() -> (ticket: Int, element: Element)? {
    state.update(when: { !$0.elements.isEmpty || $0.isClosed }) { state in
      state.elements.isEmpty ? nil : state.elements.removeFirst()
    }
  }

  /// Says that no element follows.
  func close() { state.update { $0.isClosed = true } }
}
