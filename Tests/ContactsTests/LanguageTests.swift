import Contacts
import Testing

@Suite("Languages")
struct LanguageTests {
  @Test(
    "become the code that the API keeps",
    arguments: [
      ("por", "por"), ("POR", "por"), ("pt", "por"), ("PT", "por"), ("pt-BR", "por"),
      ("pt_BR", "por"), (" en ", "eng"), ("en-US", "eng"), ("zh-Hant-TW", "zho"), ("zh", "zho"),
      ("por-BR", "por"), ("fra", "fra"), ("mul", "mul"), ("und", "und"), ("zxx", "zxx"),
      ("aa", "aar"), ("zu", "zul"), ("aaa", "aaa"), ("zzj", "zzj"), ("iw", nil), ("fre", nil),
      ("ger", nil), ("qaa", nil), ("xx", nil), ("p", nil), ("", nil), ("port", nil),
      ("português", nil), ("pt-", nil), ("pt--BR", nil), ("pt BR", nil), ("pt.UTF-8", nil),
      ("pt-abcdefghi", nil), ("p1", nil),
    ] as [(String, String?)])
  func codes(text: String, code: String?) {
    for dialect in both {
      let expected = code.map { Result<String, Refusal>.success($0) } ?? .failure(.notALanguage)
      #expect(APIProfile(dialect).language(text) == expected)
    }
  }

  @Test("7,910 codes of three letters and 184 of two are known")
  func completeness() {
    let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
    var long = 0
    var short = 0
    for first in letters {
      for second in letters {
        if case .success = APIProfile.weni.language(first + second) { short += 1 }
        for third in letters {
          let code = first + second + third
          if APIProfile.weni.language(code) == .success(code) { long += 1 }
        }
      }
    }
    #expect(long == 7_910)
    #expect(short == 184)
  }

  @Test(
    "what was probably meant is suggested",
    arguments: [
      ("pt", "por"), ("PT-br", "por"), ("fre", "fra"), ("Português", "por"), ("pt-br", "por"),
      ("English", "eng"), ("por", nil), ("klingon", nil),
    ] as [(String, String?)])
  func suggestions(text: String, code: String?) {
    #expect(APIProfile.weni.languageSuggestion(for: text) == code)
  }
}
