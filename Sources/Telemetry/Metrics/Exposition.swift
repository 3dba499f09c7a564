/// The text format of Prometheus, version 0.0.4.
package enum Exposition {
  /// What a server says of such a text.
  package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  static func text(of family: Family, named name: String) -> String {
    var text = ""
    if !family.help.isEmpty {
      text += "# HELP \(name) \(MetricName.escaped(family.help, quotes: false))\n"
    }
    text += "# TYPE \(name) \(family.kind.rawValue)\n"
    for (labels, instrument) in family.series.sorted(by: { $0.key < $1.key }) {
      switch instrument {
      case let counter as CounterInstrument: text += line(name, labels, counter.value)
      case let gauge as GaugeInstrument: text += line(name, labels, gauge.value)
      case let histogram as HistogramInstrument: text += lines(of: histogram, name, labels)
      default: preconditionFailure("an instrument that nobody makes")
      }
    }
    return text
  }

  private static func lines(
    of histogram: HistogramInstrument, _ name: String, _ labels: String
  ) -> String {
    let state = histogram.snapshot
    var text = ""
    var count = 0
    for (place, bound) in (histogram.bounds + [.infinity]).enumerated() {
      count += state.counts[place]
      let bound = "le=\"\(number(bound))\""
      text += line(
        name + "_bucket", labels.isEmpty ? bound : "\(labels),\(bound)", Double(count))
    }
    return text + line(name + "_sum", labels, state.sum)
      + line(name + "_count", labels, Double(count))
  }

  private static func line(_ name: String, _ labels: String, _ value: Double) -> String {
    "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(number(value))\n"
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
  }
}
