/// Latin letters without their accents, written by `script/generate-latin-letters`.
enum LatinLetters {
  /// U+00C0 to U+024F, one character each; `.` where no single letter stands behind.
  static let extended: StaticString = """
    AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yAaAaAaCcCcCcCcDd
    DdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKk.LlLlLl..LlNnNnNn...OoOoOo..RrRrRrSsSsSs
    SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZz.b......................I........Oo.............U
    u....Zz......................AaIiOoUuUuUuUuUu.AaAa....GgKkOoOo..j...Gg..NnAa....
    AaAaEeEeIiIiOoOoRrRrUuUuSsTt..Hh......AaEeOoOoOoOoYy...............B..EeJj..RrYy
    """

  /// U+1E00 to U+1EFF, likewise.
  static let additional: StaticString = """
    AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOo
    OoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVvWwWwWwWwWwXxXxYyZzZzZzhtwy......
    AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUu
    UuYyYyYyYy......
    """

  /// Characters in a row of either, without its line feed.
  static let perRow = 80
}
