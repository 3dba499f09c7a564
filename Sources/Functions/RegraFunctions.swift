package import CEL

/// Regra's own CEL functions: `phone`, `urn`, `digits`, `trim`, …, `hash`.
package enum RegraFunctions {
  package static let all: [CEL.Function] = []
}
