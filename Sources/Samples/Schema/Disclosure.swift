/// Decides which values of samples may be shown: none that may be personal, and only those that
/// come again, which are words of a system rather than of a person.
package enum Disclosure: Sendable {
  case masked
  /// Everything, on a terminal of somebody who asked for it.
  case revealed

  /// Whether the values of a place may be shown.
  package func shows(_ facts: PathFacts, at steps: [PathStep]) -> Bool {
    switch self {
    case .revealed: true
    case .masked: !Self.isPersonal(facts, at: steps) && Self.isEnumeration(facts)
    }
  }

  /// Whether numbers of a place may be shown as a range.
  package func showsRange(_ facts: PathFacts, at steps: [PathStep]) -> Bool {
    self == .revealed || !Self.isPersonal(facts, at: steps)
  }

  /// Few different values, each of which stands for several events.
  package static func isEnumeration(_ facts: PathFacts) -> Bool {
    guard let count = facts.values.count, count > 0 else { return false }
    return facts.texts + facts.numbers >= (count <= 12 ? 2 : 5) * count
  }

  /// Whether the values of a place may say who somebody is, by its name or by their look.
  package static func isPersonal(_ facts: PathFacts, at steps: [PathStep]) -> Bool {
    if facts.count(.phone) > 0 || facts.count(.mail) > 0 { return true }
    let keys = steps.compactMap { if case .key(let key) = $0 { key } else { nil } }
    guard let last = keys.last else { return false }
    let words = words(of: last)
    if !words.isDisjoint(with: personalWords) { return true }
    guard !words.isDisjoint(with: nameWords) else { return false }
    let around = words.union(keys.dropLast().last.map { Self.words(of: $0) } ?? [])
    let isOfPerson = !around.isDisjoint(with: personWords)
    return isOfPerson || around.isDisjoint(with: thingWords) || !isEnumeration(facts)
  }

  /// The words that a key is made of, in small letters without accents.
  private static func words(of key: String) -> Set<String> {
    var words: Set<String> = []
    var word = ""
    var wasSmall = false
    for character in key {
      let isBreak = !character.isLetter || character.isUppercase && wasSmall
      if isBreak, !word.isEmpty {
        words.insert(word)
        word = ""
      }
      wasSmall = character.isLowercase
      if character.isLetter { word += Folding.letter(character) }
    }
    return word.isEmpty ? words : words.union([word])
  }

  private static let personalWords: Set<String> = [
    "phone", "phones", "telefone", "telefones", "fone", "tel", "mobile", "celular", "cellphone",
    "cell", "whatsapp", "wa", "fax", "ramal", "email", "emails", "mail", "cpf", "cnpj", "rg", "cnh",
    "passport", "passaporte", "ssn", "document", "documento", "address", "addresses", "endereco",
    "street", "rua", "logradouro", "bairro", "complemento", "zip", "zipcode", "postcode", "cep",
    "postal", "birth", "birthday", "birthdate", "nascimento", "aniversario", "age", "idade",
    "gender", "genero", "sexo", "latitude", "longitude", "lat", "lng", "ip", "username", "login",
    "password", "senha", "token", "secret", "authorization", "signature", "card", "cartao", "iban",
    "pix", "conta", "urn", "urns", "recipient", "destinatario", "avatar", "photo", "foto",
  ]

  private static let nameWords: Set<String> = [
    "name", "names", "nome", "nomes", "firstname", "lastname", "fullname", "surname", "sobrenome",
    "nickname", "apelido", "apelidos", "nombre", "apellido",
  ]

  private static let personWords: Set<String> = [
    "contact", "contato", "customer", "customers", "cliente", "client", "user", "usuario", "person",
    "pessoa", "agent", "agente", "owner", "dono", "requester", "solicitante", "lead", "buyer",
    "comprador", "seller", "vendedor", "first", "last", "full", "sobrenome", "holder", "titular",
    "billing", "shipping", "author", "autor", "member", "membro", "employee", "patient", "paciente",
    "student", "aluno", "mother", "mae", "father", "pai", "parceiro", "partner", "friend", "sender",
    "assignee", "responsavel",
  ]

  /// What has a name without being anybody.
  private static let thingWords: Set<String> = [
    "stage", "etapa", "step", "passo", "pipeline", "funnel", "funil", "plan", "plano", "product",
    "produto", "item", "items", "category", "categoria", "status", "situacao", "reason", "motivo",
    "group", "grupo", "tag", "queue", "fila", "department", "departamento", "campaign", "campanha",
    "source", "origem", "form", "formulario", "list", "lista", "field", "campo", "channel", "canal",
    "type", "tipo", "event", "evento", "store", "loja", "team", "equipe", "currency", "moeda",
    "method", "metodo", "gateway", "gateways", "payment", "pagamento", "priority", "prioridade",
    "service", "servico", "brand", "marca", "course", "curso",
  ]
}
