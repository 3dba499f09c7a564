import Diagnostics
import Testing

@testable import YAMLTree

/// A wrong text with the range to underline, its code, and what the rest of the file still reads as.
struct WrongText: Sendable, CustomTestStringConvertible {
  let picture: String
  let code: Code
  let outline: String
  var testDescription: String { "\(code.rawValue) \(picture)" }

  init(_ picture: String, _ code: Code, _ outline: String = "nothing") {
    self.picture = picture
    self.code = code
    self.outline = outline
  }
}

@Suite("Slips")
struct SlipTests {
  @Test(
    "a slip is named, placed, and does not hide the rest of the file",
    arguments: [
      WrongText(
        "v: event.a ? \"x\" «:» \"y\"\nw: 1\n", .unquotedColon,
        "{v: \"event.a ? \"x\" : \"y\"\", w: \"1\"}"),
      WrongText(
        "if: event.msg.contains(\"oi«:» tudo\")\n", .unquotedColon,
        "{if: \"event.msg.contains(\"oi: tudo\")\"}"),
      WrongText(
        "if:\n  - event.a ? \"x\" «:» \"y\"\n  - b\n", .unquotedColon,
        "{if: [\"event.a ? \"x\" : \"y\"\", \"b\"]}"),
      WrongText(
        "if:\n  - event.msg.contains(\"oi«:» tudo\")\n", .unquotedColon,
        "{if: [\"event.msg.contains(\"oi: tudo\")\"]}"),
      WrongText(
        "urns: [tel:«${event.phone}»]\n", .bracesInFlow, "{urns: [\"tel:${event.phone}\"]}"),
      WrongText(
        "v: {urn: «${event.urn}», missing: skip}\nw: 1\n", .bracesInFlow,
        "{v: {urn: \"${event.urn}\", missing: \"skip\"}, w: \"1\"}"),
      WrongText("name: «{{ event.name }}»\n", .doubleBraces, "{name: \"{{ event.name }}\"}"),
      WrongText(
        "name: «{{event.name}}»-x\nw: 1\n", .doubleBraces, "{name: \"{{event.name}}-x\", w: \"1\"}"),
      WrongText(
        "if: \"paid\" «== event.status»\nw: 1\n", .textAfterQuote,
        "{if: \"\"paid\" == event.status\", w: \"1\"}"),
      WrongText(
        "if:\n  - \"vip\" «in event.tags»\n  - b\n", .textAfterQuote,
        "{if: [\"\"vip\" in event.tags\", \"b\"]}"),
      WrongText(
        "if: [\"a\",\"b\"]«.exists(t, t == \"a\")»\nw: 1\n", .textAfterBracket,
        "{if: \"[\"a\",\"b\"].exists(t, t == \"a\")\", w: \"1\"}"),
      WrongText(
        "if: event.tag == \"a «#vip\"»\nw: 1\n", .cutByComment,
        "{if: \"event.tag == \"a #vip\"\", w: \"1\"}"),
      WrongText(
        "if:\n  - event.tag == 'a «#vip'»\n", .cutByComment, "{if: [\"event.tag == 'a #vip'\"]}"),
      WrongText("name: «@»maria\n", .reservedStart, "{name: \"@maria\"}"),
      WrongText("v: «`»x`\n", .reservedStart, "{v: \"`x`\"}"),
      WrongText("v: «%»d\nw: 1\n", .reservedStart, "{v: \"%d\", w: \"1\"}"),
      WrongText("v: «&»& x\n", .reservedStart, "{v: \"&& x\"}"),
      WrongText("if: «>» 5\nw: 1\n", .reservedStart, "{if: \"> 5\", w: \"1\"}"),
      WrongText(
        "if: «!»has(event.email) && vip\nw: 1\n", .reservedStart,
        "{if: \"!has(event.email) && vip\", w: \"1\"}"),
      WrongText("if: «!»(a && b)\n", .reservedStart, "{if: \"!(a && b)\"}"),
      WrongText("v: «,»x\nw: 1\n", .reservedStart, "{v: \",x\", w: \"1\"}"),
      WrongText("v: «\"abc»\nw: 1\n", .unclosedQuote, "{v: \"\"abc\", w: \"1\"}"),
      WrongText(
        "v: «\"abc»\nw: \"d\"\nx: 1\n", .unclosedQuote, "{v: \"\"abc\", w: \"d\", x: \"1\"}"),
      WrongText("l:\n  - «'abc»\n  - d\n", .unclosedQuote, "{l: [\"'abc\", \"d\"]}"),
      WrongText("v: «[»a, b\nw: 1\n", .unclosedBracket),
      WrongText("v: «{»a: b\n", .unclosedBracket),
      WrongText("a:\n«\t»b: c\n", .tabIndentation),
      WrongText("a:\n  - b\n«\t»- c\n", .tabIndentation),
      WrongText("a: b\n  «c»: d\n", .wrongIndentation),
      WrongText("a:\n  b: 1\n «c: 2»\n", .wrongIndentation),
      WrongText("a:\n  - b\n  «c»\n", .wrongIndentation),
      WrongText("a:\n  - b\n «- c»\n", .wrongIndentation),
      WrongText("a: 1\n«foo»\nb: 2\n", .missingColon),
      WrongText("a: 1\nb«:»2\nc: 3\n", .missingColon),
      WrongText("v: \"C:«\\p»asta\"\n", .unknownEscape, "{v: \"\"C:\\pasta\"\"}"),
      WrongText("a: 1\nb: 2\n«a»: 3\n", .duplicateKey, "{a: \"1\", b: \"2\"}"),
      WrongText("a: 1\n«\"a\"»: 3\n", .duplicateKey, "{a: \"1\"}"),
      WrongText("v: {a: 1, «a»: 2}\n", .duplicateKey, "{v: {a: \"1\"}}"),
      WrongText("? «[a]»\n: b\nc: d\n", .keyNotText, "{c: \"d\"}"),
      WrongText("a: 1\n«---»\nb: 2\n", .severalDocuments, "{a: \"1\"}"),
      WrongText("v: «*bold»\n", .unknownAlias, "{v: {}}"),
      WrongText("v: &a [«*a»]\n", .unknownAlias, "{v: [{}]}"),
      WrongText("v: «-» a\n", .malformedYAML),
      WrongText("a: b\n«- c»\n", .wrongIndentation),
      WrongText("a:\n  b\n  «c»: d\n", .wrongIndentation),
      WrongText("v: 'it«'»s'\nw: 1\n", .textAfterQuote, "{v: \"'it's'\", w: \"1\"}"),
      WrongText("a: &x 1\nb: «*»x y\n", .reservedStart, "{a: \"1\", b: \"*x y\"}"),
    ])
  func slips(_ wrong: WrongText) {
    let (text, ranges) = marked(wrong.picture)
    let reading = Reading(text)
    #expect(reading.codes == [wrong.code])
    #expect(reading.document.diagnostics.map(\.location.range) == ranges)
    #expect(reading.outline == wrong.outline)
  }

  @Test("several slips are found in one run")
  func several() {
    let reading = Reading("a: {{ x }}\nb: @c\nd: \"e\" f\ng: 1\ng: 2\n")
    #expect(reading.codes == [.doubleBraces, .reservedStart, .textAfterQuote, .duplicateKey])
  }

  @Test("a key that stands twice is found in mappings of any length", arguments: 1...30)
  func duplicate(keyCount: Int) throws {
    let keys = (1...keyCount).map { "k\($0): v\n" }
    for twice in 1...keyCount {
      let reading = Reading(keys.joined() + "k\(twice): w\n")
      #expect(reading.codes == [.duplicateKey])
      let place = reading.document.diagnostics.first?.notes.first?.location
      #expect(reading.text(try #require(place).range) == "k\(twice)")
      #expect(Reading(keys.joined()).codes == [])
    }
  }

  @Test("a duplicate key shows the first one")
  func firstDefinition() {
    let (text, ranges) = marked("«a»: 1\nb: 2\na: 3\n")
    let notes = Reading(text).document.diagnostics.flatMap(\.notes)
    #expect(notes.map(\.message) == ["first defined here"])
    #expect(notes.map(\.location?.range) == ranges)
  }

  @Test(
    "a repair, where there is one, leaves nothing to report",
    arguments: [
      "v: event.a ? \"x\" : \"y\"\n", "v: [tel:${event.phone}]\n", "v: {{ event.name }}\n",
      "v: \"paid\" == event.status\n", "v: [\"a\"].exists(t, t == 'a')\n", "v: e == \"a #vip\"\n",
      "v: @maria\n", "v: %d\n", "l:\n  - a ? \"x\" : \"y\"\n", "a: 1\nb:2\nc: 3\n",
      "v: 'it's'\n", "v: \"say \"hi\" now\"\n",
    ])
  func fixes(text: String) throws {
    let reading = Reading(text)
    var bytes = reading.source.utf8
    let edit = try #require(reading.document.diagnostics.first?.fix?.edits.first)
    bytes.replaceSubrange(
      edit.location.range.start..<edit.location.range.end, with: edit.replacement.utf8)
    #expect(Reading(bytes: bytes).codes.isEmpty)
  }

  @Test(
    "what only looks like a slip is left alone",
    arguments: [
      "v: d'água # quente\n", "v: 5\" tela # \"x\n", "v: \"a #b\"\n", "v: a#b\n",
      "v: ${event.x ? \"a\":\"b\"}\n", "l:\n  - event.a: present\n",
      "l:\n  - event[\"a\"].b: {in: [c]}\n", "v: \"{{ x }}\"\n", "v: '@a'\n", "v: a & b * c ! d\n",
    ])
  func innocent(text: String) {
    #expect(Reading(text).document.diagnostics.isEmpty)
  }
}
