import ArgumentParser

/// Where the metrics and the health of a run are shown: `9090`, `:9090`, `HOST:9090`, `[::1]:9090`.
struct MetricsAddress: ExpressibleByArgument, Equatable {
  /// This machine alone, unless another is named.
  var host = "127.0.0.1"
  var port: Int

  init?(argument: String) {
    let colon = argument.lastIndex(of: ":")
    let digits = colon.map { argument[argument.index(after: $0)...] } ?? argument[...]
    guard let port = UInt16(digits), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    self.port = Int(port)
    guard let colon, colon > argument.startIndex else { return }
    host = String(argument[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
  }
}
