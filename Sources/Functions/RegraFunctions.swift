package import CEL

/// Regra's own CEL functions: `phone`, `urn`, `digits`, `trim`, …, `hash`.
///
/// Bodies run once per event: bytes in, bytes out, no String but for case mapping outside ASCII.
package enum RegraFunctions {
  package static let all: [CEL.Function] =
    texts + [phone, urn, date, daysBetween, parseNumber, oneOf, hash]
}
