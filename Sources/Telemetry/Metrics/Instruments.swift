internal import CoreMetrics
internal import Synchronization

/// A number that only grows.
final class CounterInstrument: CounterHandler, FloatingPointCounterHandler {
  private let whole = Atomic<Int64>(0)
  /// Of increments that are not whole.
  private let rest = Mutex(0.0)

  var value: Double { Double(whole.load(ordering: .relaxed)) + rest.withLock(\.self) }

  func increment(by amount: Int64) { whole.add(max(0, amount), ordering: .relaxed) }

  func increment(by amount: Double) {
    guard amount > 0, amount.isFinite else { return }
    rest.withLock { $0 += amount }
  }

  func reset() {
    whole.store(0, ordering: .relaxed)
    rest.withLock { $0 = 0 }
  }
}

/// A number that is what it was set to last.
final class GaugeInstrument: MeterHandler, RecorderHandler {
  private let bits = Atomic<UInt64>(0)

  var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

  func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }
  func set(_ value: Int64) { set(Double(value)) }
  func record(_ value: Double) { set(value) }
  func record(_ value: Int64) { set(Double(value)) }
  func decrement(by amount: Double) { increment(by: -amount) }

  func increment(by amount: Double) {
    var old = bits.load(ordering: .relaxed)
    while true {
      let new = (Double(bitPattern: old) + amount).bitPattern
      let (exchanged, found) = bits.weakCompareExchange(
        expected: old, desired: new, ordering: .relaxed)
      if exchanged { return }
      old = found
    }
  }
}

/// How often values fell into each of some fixed ranges.
final class HistogramInstrument: RecorderHandler, TimerHandler {
  struct State {
    /// One for each bound, and one for what is above all.
    var counts: [Int]
    var sum = 0.0
  }

  let bounds: [Double]
  private let state: Mutex<State>

  init(bounds: [Double]) {
    self.bounds = bounds
    state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
  }

  var snapshot: State { state.withLock(\.self) }

  func record(_ value: Double) {
    guard value.isFinite else { return }
    let place = bounds.firstIndex { value <= $0 } ?? bounds.count
    state.withLock { state in
      state.counts[place] += 1
      state.sum += value
    }
  }

  func record(_ value: Int64) { record(Double(value)) }
  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
}
