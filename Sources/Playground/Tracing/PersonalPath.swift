/// Tells by its keys whether a path leads to what may be personal.
///
/// It errs on the safe side: the name of nothing in particular counts as somebody's.
package enum PersonalPath {
  /// Words of keys whose values are somebody's, whatever stands before them.
  private static let personal: Set<String> = [
    "address", "aniversario", "apelido", "bairro", "birth", "birthdate", "birthday", "card",
    "cartao",
    "celular", "cep", "cnpj", "cpf", "document", "documento", "email", "endereco", "endereço",
    "firstname", "fone", "fullname", "lastname", "login", "logradouro", "mail", "mobile",
    "nascimento", "nickname", "passaporte", "passport", "password", "phone", "rg", "rua", "senha",
    "sobrenome", "street", "surname", "tel", "telefone", "token", "urn", "urns", "user", "username",
    "usuario", "whatsapp", "zip",
  ]
  private static let names: Set<String> = ["name", "nome"]
  /// What has a name and is nobody.
  private static let things: Set<String> = [
    "agent", "app", "campaign", "campanha", "canal", "category", "categoria", "channel", "city",
    "company", "country", "coupon", "empresa", "estado", "etapa", "event", "evento", "field",
    "file", "fila", "funil", "funnel", "gateway", "group", "grupo", "item", "items", "lista",
    "loja", "method", "order", "pipeline", "plan", "plano", "produto", "product", "project",
    "projeto", "queue", "role", "segment", "service", "shop", "source", "stage", "state", "status",
    "store", "tag", "tags", "team", "topic", "type",
  ]

  package static func isPersonal(_ path: [String]) -> Bool {
    // The variables themselves say nothing of what is in them.
    let path =
      ["event", "contact"].contains(path.first) && path.count > 1 ? path.dropFirst() : path[...]
    guard let last = path.last else { return false }
    let words = self.words(of: last)
    if words.contains(where: { personal.contains($0) }) { return true }
    guard let place = words.firstIndex(where: { names.contains($0) }) else { return false }
    let around = words[..<place] + words[(place + 1)...]
    if around.contains(where: { things.contains($0) }) { return false }
    guard around.isEmpty, path.count > 1 else { return true }
    return !self.words(of: path[path.endIndex - 2]).contains { things.contains($0) }
  }

  /// `firstName`, `first_name` and `first-name` are two words each.
  private static func words(of key: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in key {
      if !character.isLetter || (character.isUppercase && wasLower) {
        if !word.isEmpty { words.append(word.lowercased()) }
        word = ""
      }
      if character.isLetter { word.append(character) }
      wasLower = character.isLowercase
    }
    if !word.isEmpty { words.append(word.lowercased()) }
    return words
  }
}
