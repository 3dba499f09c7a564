extension RequestCounts {
  /// `{"v2.contacts": {"requests": 3, "statuses": {"200": 2, "429": 1}, "resets": 0}, "v2": …}`.
  var document: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for scope in ThrottleScope.allCases {
      writer.key(Array(scope.rawValue.utf8))
      self[scope].write(to: &writer)
    }
    writer.endObject()
    return writer.bytes
  }
}

extension RequestCounts.Scope {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("requests")
    writer.integer(requestCount)
    writer.key("statuses")
    writer.beginObject()
    for (status, count) in statusCounts.sorted(by: { $0.key < $1.key }) {
      writer.key(Array(String(status).utf8))
      writer.integer(count)
    }
    writer.endObject()
    writer.key("resets")
    writer.integer(resetCount)
    writer.endObject()
  }
}
