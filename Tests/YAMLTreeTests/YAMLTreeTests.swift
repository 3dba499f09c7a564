import Diagnostics
import Testing

@testable import YAMLTree

@Suite("Trees")
struct YAMLTreeTests {
  @Test(
    "text becomes a tree without types",
    arguments: [
      ("", "nothing"), ("# only a comment\n", "nothing"),
      ("a: 1\nb: [x, 'y', \"z\"]\n", "{a: \"1\", b: [\"x\", \"y\", \"z\"]}"),
      (
        "cep: 01310100\nestado: NO\nat: 12:30\n",
        "{cep: \"01310100\", estado: \"NO\", at: \"12:30\"}"
      ),
      ("urn: +5582\nn: ~\ne:\n", "{urn: \"+5582\", n: \"~\", e: \"\"}"),
      ("on: yes\n", "{on: \"yes\"}"),
      ("- a\n- b: {c: d}\n  e: f\n", "[\"a\", {b: {c: \"d\"}, e: \"f\"}]"),
      ("k:\n- a\n- b\n", "{k: [\"a\", \"b\"]}"),
      ("if: !has(event.email)\n", "{if: !has(event.email) \"\"}"),
      ("v: !!str 12\n", "{v: !!str \"12\"}"),
      ("v: &a !t\n  x: 1\n", "{v: !t {x: \"1\"}}"),
      ("v: !t &a [1]\nw: *a\n", "{v: !t [\"1\"], w: !t [\"1\"]}"),
      ("a: &x {p: 1}\nb: {<<: *x, q: 2}\n", "{a: {p: \"1\"}, b: {<<: {p: \"1\"}, q: \"2\"}}"),
      ("a: ${event.x}\r\nb: c\r\n", "{a: \"${event.x}\", b: \"c\"}"),
      ("\u{FEFF}a: b\n", "{a: \"b\"}"),
    ])
  func outlines(text: String, outline: String) {
    let reading = Reading(text)
    #expect(reading.outline == outline)
    #expect(reading.document.diagnostics.isEmpty)
  }

  @Test(
    "a value's range is its own text, quotes included",
    arguments: [
      "v: «plain text»   # comment\n", "v: «'it''s'»\n", "v: «\"a\\n\"»  \n", "v: «[a, b]» \n",
      "v: «{a: b}»\n", "ação: ã\nv: «çã»\n", "v:\n  «- a\n  - b»\n\nw: x\n",
      "v:\n  «a: b\n  c: [d,\n      e]»\n# end\n", "v: «|\n  a\n\n  b»\n\nw: x\n",
      "v: «>-\n  a\n  b»\n  \n", "v: &a «text»\n", "v: !t # why\n  «text»\n", "v: !t &b «[x]»\n",
      "\u{FEFF}v: «x»\n", "v: «a\n  b\n\n  c»\nw: x", "v: &m\n  «a: b»\n", "v:«»\nw: x\n",
    ])
  func ranges(picture: String) throws {
    let (text, ranges) = marked(picture)
    let reading = Reading(text)
    let node = try #require(reading.node())
    #expect(reading.text(node.range) == reading.text(try #require(ranges.first)))
    #expect([node.range] == ranges)
  }

  @Test("a key's range is its own text too")
  func keyRanges() throws {
    let (text, ranges) = marked("é: 1\n«\"olá\"»: x\n")
    let root = try #require(Reading(text).document.root)
    guard case .mapping(let entries) = root.kind else { throw Mismatch() }
    #expect([entries[1].key.range] == ranges)
  }

  @Test("a tag keeps its text and its place")
  func tags() throws {
    let (text, ranges) = marked("v: &a «!has(x)»\n")
    let tag = try #require(Reading(text).node()?.tag)
    #expect(tag.text == "!has(x)")
    #expect([tag.range] == ranges)
  }

  @Test("comments are found where they are, and nowhere else")
  func comments() {
    let text = """
      # first
      a: b # second
      c: "x # not"   # third
      d: | # fourth
        # not
        e#not
      # fifth
      f: x#not
      g: 'y
        # not'
      """
    let reading = Reading(text)
    #expect(
      reading.document.comments.map(\.text)
        == ["# first", "# second", "# third", "# fourth", "# fifth"])
    #expect(
      reading.document.comments.map { reading.text($0.range) }
        == reading.document.comments.map(\.text))
  }
}

/// A tree of another shape than the test needs.
struct Mismatch: Error {}
