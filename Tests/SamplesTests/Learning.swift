import CEL
import Samples

/// What events look like.
func learn(_ events: [String], _ typings: [Typing] = [.usual]) -> SampleSchema {
  var builder = SchemaBuilder(typings)
  for event in events { withPadding(event) { _ = builder.add($0) } }
  return builder.schema
}

func typing(_ text: String) throws -> Typing {
  var environment = Environment(profile: .regra)
  environment.declare("event", as: .dynamic)
  let parsed = Expression.parse(text)
  let checked = (parsed.expression ?? Expression(.literal(.null), 0..<0)).check(in: environment)
  return Typing(checked.expression, in: environment, keepsUntyped: true)
}

extension SampleSchema {
  func type(_ name: String) -> SampledType? { types.first { $0.type == name } }
}

/// SplitMix64.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// Events of all kinds of values.
enum RandomEvent {
  static func make(_ random: inout SeededRandom) -> String {
    let type = ["order.paid", "order.open", "ticket", ""].randomElement(using: &random) ?? ""
    return "{\"type\": \"\(type)\", \"body\": \(value(&random, depth: 0))}"
  }

  private static func value(_ random: inout SeededRandom, depth: Int) -> String {
    switch Int.random(in: depth > 3 ? 0...7 : 0...10, using: &random) {
    case 0: return "null"
    case 1: return Bool.random(using: &random) ? "true" : "false"
    case 2: return String(Int.random(in: -5...500, using: &random))
    case 3: return "\(Double(Int.random(in: -50...50, using: &random)) / 4)"
    case 4: return "\"2026-03-\(Int.random(in: 10...28, using: &random))T10:00:00-03:00\""
    case 5: return "\"word \(Int.random(in: 0...140, using: &random))\""
    case 6:
      return
        "\"\(["paid", "Pago", "não", "", "(82) 99933-0001"].randomElement(using: &random) ?? "")\""
    case 7: return "-0.0"
    case 8:
      let items = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        value(&random, depth: depth + 1)
      }
      return "[" + items.joined(separator: ", ") + "]"
    default:
      let fields = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        "\"\(["a", "b", "name", "id", "12345"].randomElement(using: &random) ?? "")\": "
          + value(&random, depth: depth + 1)
      }
      return "{" + fields.joined(separator: ", ") + "}"
    }
  }
}
