package import CoreMetrics
internal import Synchronization

/// Collects what is measured and writes it as Prometheus reads it.
///
/// Names and labels become what Prometheus allows. Whoever asks twice for the same gets the same. What does
/// not fit beside what is there (another kind of the same name, series beyond a limit) is measured and
/// not shown, so that nothing here grows without bound.
package final class MetricsRegistry: MetricsFactory {
  /// What is known of a metric before it is measured.
  package struct Description: Sendable {
    package var name: String
    package var help: String
    /// Upper ends of a histogram's ranges, ascending.
    package var bounds: [Double]

    package init(_ name: String, _ help: String, bounds: [Double] = durations) {
      self.name = name
      self.help = help
      self.bounds = bounds
    }

    /// For times, in seconds.
    package static let durations = [
      0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120,
    ]
  }

  /// Series of one name at most.
  private static let seriesLimit = 200

  private let descriptions: [String: Description]
  private let families = Mutex<[String: Family]>([:])

  package init(_ descriptions: [Description] = []) {
    self.descriptions = .init(descriptions.map { ($0.name, $0) }) { $1 }
  }

  /// All that was measured, in the text format 0.0.4.
  package var exposition: String {
    let families = families.withLock(\.self)
    return families.sorted { $0.key < $1.key }
      .map { Exposition.text(of: $0.value, named: $0.key) }.joined()
  }

  /// The instrument of a name and labels, made where there is none.
  private func instrument<Instrument: AnyObject & Sendable>(
    _ label: String, _ kind: Family.Kind, _ dimensions: [(String, String)],
    make: (Description) -> Instrument
  ) -> Instrument {
    let name = MetricName.name(label, isCounter: kind == .counter)
    let labels = MetricName.labels(dimensions)
    let description = descriptions[name] ?? Description(name, "")
    return families.withLock { families in
      var family = families[name] ?? Family(kind: kind, help: description.help)
      let existing = family.series[labels]
      if family.kind == kind, let instrument = existing as? Instrument { return instrument }
      let instrument = make(description)
      guard family.kind == kind, existing == nil, family.series.count < Self.seriesLimit else {
        return instrument
      }
      family.series[labels] = instrument
      families[name] = family
      return instrument
    }
  }

  package func makeCounter(
    label: String, dimensions: [(String, String)]
  ) -> any CounterHandler {
    instrument(label, .counter, dimensions) { _ in CounterInstrument() }
  }

  package func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    instrument(label, .counter, dimensions) { _ in CounterInstrument() }
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    instrument(label, .gauge, dimensions) { _ in GaugeInstrument() }
  }

  package func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    guard aggregate else {
      return instrument(label, .gauge, dimensions) { _ in GaugeInstrument() }
    }
    return instrument(label, .histogram, dimensions) { HistogramInstrument(bounds: $0.bounds) }
  }

  /// Times are shown in seconds.
  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    instrument(label, .histogram, dimensions) { HistogramInstrument(bounds: $0.bounds) }
  }

  // What was measured stays: a counter that goes and comes back would count backwards.

  package func destroyCounter(_ handler: any CounterHandler) {}
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  package func destroyMeter(_ handler: any MeterHandler) {}
  package func destroyRecorder(_ handler: any RecorderHandler) {}
  package func destroyTimer(_ handler: any TimerHandler) {}
}

/// All series of one name.
struct Family: Sendable {
  enum Kind: String { case counter, gauge, histogram }

  var kind: Kind
  var help: String
  /// By their labels, as they are written.
  var series: [String: any AnyObject & Sendable] = [:]
}
