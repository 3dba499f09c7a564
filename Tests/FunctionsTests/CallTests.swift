import CEL
import Testing

@testable import Functions

@Suite("Calls")
struct CallTests {
  @Test(
    "a call that can give no value says why",
    arguments: [
      ("phone('99933-0001', 'BR')", .refused), ("phone('', 'BR')", .refused),
      ("phone(-82999330001, 'BR')", .refused), ("phone('82 99933-0001', 'BRA')", .malformed),
      ("phone('82 99933-0001', '')", .malformed), ("phone('82 99933-0001', 'ZZ')", .refused),
      ("phone('82 9933-0001', 'BR', 'mobile8')", .malformed),
      ("phone(dyn(null), 'BR')", .wrongType), ("phone(dyn([1]), 'BR')", .wrongType),
      ("phone(event.phone, 'BR')", .missing), ("urn('tel', '82 99933-0001')", .refused),
      ("urn('', 'x')", .refused), ("urn('ext', ' ')", .refused), ("urn('ext', 'a#b')", .refused),
      ("urn('tel', -5582999330001)", .refused), ("lower(dyn(1))", .wrongType),
      ("date('soon')", .malformed), ("date('2026-03-02', 'Mars/Base')", .malformed),
      ("date(dyn(true))", .wrongType), ("days_between('2026-03-02', '2026-03-05')", .malformed),
      ("parse_number('1.5', 'pt-BR')", .malformed), ("parse_number('1', 'xx')", .malformed),
      ("one_of(1, dyn(1))", .wrongType), ("hash(dyn(1.5))", .wrongType),
    ] as [(String, Value.Reason)])
  func reasons(expression: String, expected: Value.Reason) throws {
    #expect(try reason(of: expression) == expected)
  }

  @Test(
    "ints and members take the same way as texts",
    arguments: [
      ("phone(558299331122, 'BR', 'mobile9')", "'+5582999331122'"),
      ("urn('whatsapp', 5582999330001)", "'whatsapp:5582999330001'"),
      ("urn(' tel ', '+5582999330001')", "'tel:+5582999330001'"),
      ("urn('webchat', 'abcdefghijklmnopqrstuvwx')", "'webchat:abcdefghijklmnopqrstuvwx'"),
      ("urn('discord', 7)", "'discord:7'"), ("hash(b'a')", "'af63dc4c8601ec8c'"),
      ("hash(-7) == hash('-7')", "true"), ("'ÁB'.lower()", "'áb'"),
      ("'ana lima'.title()", "'Ana Lima'"),
      ("' a  é '.plain()", "'a e'"),
      ("(-9223372036854775807 - 1).digits()", "'9223372036854775808'"),
      ("'+55 82'.digits()", "'5582'"), ("trim(' a ') + ' b '.trim()", "'ab'"),
      ("date(1772452800.5)", "timestamp('2026-03-02T12:00:00.5Z')"),
      ("date(timestamp('2026-03-02T12:00:00Z'), 'America/Recife')", "date(1772452800)"),
      ("days_between('2026-03-02T12:00:00Z', date('2026-03-09T12:00:00Z'))", "7"),
      ("days_between(date('2026-03-09T12:00:00Z'), '2026-03-02T12:00:00Z')", "-7"),
      ("parse_number(1.5, 'pt-BR')", "1.5"), ("digits('')", "''"), ("plain('') + title('')", "''"),
    ])
  func values(expression: String, value: String) throws {
    let found = try evaluated(expression)
    #expect(found != "unknown")
    #expect(try found == evaluated(value))
  }

  @Test("`one_of` answers as `in` does, but for lists and maps")
  func membership() throws {
    let items = [
      "null", "true", "1", "1u", "1.0", "2.5", "-1", "'1'", "'é'", "'e\u{301}'", "b'1'", "''",
      "timestamp('2026-03-02T12:00:00Z')", "duration('1s')", "double('NaN')", "9007199254740993",
    ]
    for item in items {
      for other in items {
        let call = try evaluated("one_of(dyn(\(item)), [dyn('x'), dyn(\(other))])")
        #expect(
          try call == evaluated("dyn(\(item)) in [dyn('x'), dyn(\(other))]"), "\(item) \(other)")
      }
    }
    #expect(try evaluated("one_of(1, [])") == evaluated("false"))
    #expect(try evaluated("one_of([1], [[1]])") == evaluated("false"))
  }

  @Test("`one_of` reads lists that an event holds")
  func eventLists() {
    let strings: [UInt8] = [1, 0, 0, 0, UInt8(ascii: "a"), 0]
    let tape: [UInt64] = [
      word("r", 0), word("[", 3 << 32 | 8), word("\"", 0), word("l", 0), 7, word("d", 0),
      (2.5).bitPattern, word("]", 1),
    ]
    tape.withUnsafeBufferPointer { tape in
      strings.withUnsafeBufferPointer { strings in
        guard let words = tape.baseAddress, let texts = strings.baseAddress else { return }
        var scratch = Scratch()
        let document = Document(tape: words, strings: texts)
        scratch.document = document
        let list = document.value(at: 1)
        let text = document.value(at: 2)
        for (item, isThere) in [
          (text, true), (.int(7), true), (.double(7), true), (.double(2.5), true), (.int(2), false),
          (.null, false), (.bool(true), false),
        ] as [(Value, Bool)] {
          let arguments = [item, list]
          let answer = arguments.withUnsafeBufferPointer { RegraFunctions.oneOf.body($0, &scratch) }
          #expect(answer.tag == .bool && answer.isTrue == isThere)
        }
      }
    }
  }

  private func word(_ tag: Unicode.Scalar, _ rest: UInt64) -> UInt64 {
    UInt64(tag.value) << 56 | rest
  }
}
