import CoreMetrics
import Telemetry
import Testing

@Suite("Metrics")
struct MetricsRegistryTests {
  @Test("a counter is a total, with help and kind before it")
  func counter() {
    let registry = MetricsRegistry([.init("regra_calls_total", "Calls.\nAll \\ of them.")])
    let counter = Counter(label: "regra_calls", dimensions: [("kind", "post")], factory: registry)
    counter.increment(by: 2)
    Counter(label: "regra_calls", dimensions: [("kind", "post")], factory: registry).increment()
    Counter(label: "regra_calls", dimensions: [("kind", "a\"\\\nb")], factory: registry).increment()
    #expect(
      registry.exposition == #"""
        # HELP regra_calls_total Calls.\nAll \\ of them.
        # TYPE regra_calls_total counter
        regra_calls_total{kind="a\"\\\nb"} 1
        regra_calls_total{kind="post"} 3

        """#)
  }

  @Test("a gauge is what it was set to, up and down")
  func gauge() {
    let registry = MetricsRegistry()
    let gauge = Meter(label: "left", factory: registry)
    gauge.set(5)
    gauge.increment(by: 2.5)
    gauge.decrement(by: 1)
    #expect(registry.exposition == "# TYPE left gauge\nleft 6.5\n")
  }

  @Test("a histogram counts what is at most each bound, and all")
  func histogram() {
    let registry = MetricsRegistry([.init("took_seconds", "", bounds: [0.1, 1])])
    let timer = CoreMetrics.Timer(
      label: "took_seconds", dimensions: [("scope", "all")], factory: registry)
    for milliseconds in [50, 100, 101, 2_000] { timer.recordMilliseconds(milliseconds) }
    #expect(
      registry.exposition == """
        # TYPE took_seconds histogram
        took_seconds_bucket{scope="all",le="0.1"} 2
        took_seconds_bucket{scope="all",le="1"} 3
        took_seconds_bucket{scope="all",le="+Inf"} 4
        took_seconds_sum{scope="all"} 2.251
        took_seconds_count{scope="all"} 4

        """)
  }

  @Test(
    "names and labels become what Prometheus allows",
    arguments: [
      ("a.b-c", "d e", #"a_b_c{d_e="v"}"#), ("9", "9", #"_9{_9="v"}"#), ("", "", #"_{_="v"}"#),
      ("a:b", "c:d", #"a:b{c_d="v"}"#), ("é", "x", #"_{x="v"}"#),
    ])
  func names(label: String, dimension: String, series: String) {
    let registry = MetricsRegistry()
    Meter(label: label, dimensions: [(dimension, "v")], factory: registry).set(1)
    #expect(registry.exposition.hasSuffix("\(series) 1\n"))
  }

  @Test("another kind of the same name is measured and not shown")
  func conflict() {
    let registry = MetricsRegistry()
    Meter(label: "a_total", factory: registry).set(1)
    Counter(label: "a", factory: registry).increment()
    #expect(registry.exposition == "# TYPE a_total gauge\na_total 1\n")
  }

  @Test("series do not grow without bound")
  func bound() {
    let registry = MetricsRegistry()
    for number in 0..<10_000 {
      Counter(label: "a", dimensions: [("n", "\(number)")], factory: registry).increment()
    }
    #expect(registry.exposition.split(separator: "\n").count == 201)
  }

  @Test("what many threads count is all there")
  func threads() async {
    let registry = MetricsRegistry()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let counter = Counter(label: "a", factory: registry)
          for _ in 0..<1_000 { counter.increment() }
        }
      }
    }
    #expect(registry.exposition == "# TYPE a_total counter\na_total 8000\n")
  }

  @Test("each line is one that a strict reader takes")
  func grammar() throws {
    let registry = MetricsRegistry([.init("b_seconds", "x\u{2028}y\r\n", bounds: [1])])
    Counter(label: "a", dimensions: [("x", "} 1\n\r\u{85}")], factory: registry).increment(by: 1)
    CoreMetrics.Timer(label: "b_seconds", factory: registry).recordSeconds(1)
    Meter(label: "c", factory: registry).set(Double.infinity)
    let line =
      /# HELP [a-zA-Z_:][\w:]* .*|# TYPE [a-zA-Z_:][\w:]* (counter|gauge|histogram)|[a-zA-Z_:][\w:]*({[a-zA-Z_]\w*="([^"\\]|\\[\\n"])*"(,[a-zA-Z_]\w*="([^"\\]|\\[\\n"])*")*})? ([+-]?Inf|NaN|-?[0-9.e+-]+)/
    #expect(registry.exposition.hasSuffix("\n"))
    for text in registry.exposition.split(whereSeparator: \.isNewline) {
      #expect(text.wholeMatch(of: line) != nil, "\(text)")
    }
    #expect(registry.exposition.contains("c +Inf\n"))
  }
}
