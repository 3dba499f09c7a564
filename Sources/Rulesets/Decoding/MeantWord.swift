/// What words of other tools and of Portuguese stand for here.
enum MeantWord {
  /// Keys of files, rules and their parts.
  static let keys = [
    "on": "when", "trigger": "when", "triggers": "when", "event": "when", "quando": "when",
    "condition": "if", "conditions": "if", "where": "if", "se": "if", "condição": "if",
    "condições": "if", "condicao": "if", "condicoes": "if",
    "action": "do", "actions": "do", "then": "do", "faça": "do", "faca": "do", "fazer": "do",
    "ação": "do", "ações": "do", "acao": "do", "acoes": "do", "então": "do", "entao": "do",
    "name": "id", "nome": "id", "alias": "about", "description": "about", "desc": "about",
    "sobre": "about", "descrição": "about", "descricao": "about",
    "else": "otherwise", "default": "otherwise", "senão": "otherwise", "senao": "otherwise",
    "switch": "match", "casos": "cases", "timezone": "zone", "fuso": "zone",
    "variables": "let", "vars": "let", "variáveis": "let", "variaveis": "let",
    "regras": "rules", "eventos": "events", "contato": "contact", "listas": "lists",
    "versão": "version", "versao": "version", "garantir": "ensure", "limites": "guards",
    "ativa": "enabled", "ativo": "enabled", "active": "enabled", "tipo": "type",
    "testes": "tests", "casos_de_teste": "tests", "esperado": "expect", "espera": "expect",
    "expected": "expect", "contatos": "contacts", "chamadas": "calls", "agora": "now",
    "depois": "after", "servidor": "server", "disparou": "fired", "não_disparou": "not_fired",
    "nao_disparou": "not_fired", "cada": "each", "params": "each", "given": "contacts",
    "grupos": "groups", "campos": "fields", "rótulo": "label", "rotulo": "label",
  ]

  /// Combinations of lines under `if`.
  static let combinations = [
    "or": "any", "ou": "any", "qualquer": "any", "and": "all", "e": "all", "todos": "all",
    "todas": "all", "not": "none", "não": "none", "nao": "none", "nenhum": "none",
    "nenhuma": "none",
  ]

  /// Field tests with a value.
  static let tests = [
    "gte": "at_least", "ge": "at_least", ">=": "at_least", "min": "at_least",
    "pelo_menos": "at_least", "no_mínimo": "at_least", "no_minimo": "at_least",
    "lte": "at_most", "le": "at_most", "<=": "at_most", "max": "at_most",
    "no_máximo": "at_most", "no_maximo": "at_most",
    "gt": "above", "greater_than": "above", ">": "above", "maior_que": "above",
    "acima": "above", "acima_de": "above",
    "lt": "below", "less_than": "below", "<": "below", "menor_que": "below",
    "abaixo": "below", "abaixo_de": "below", "entre": "between",
    "one_of": "in", "em": "in", "nin": "not_in", "não_em": "not_in", "nao_em": "not_in",
    "not": "is_not", "ne": "is_not", "neq": "is_not", "!=": "is_not", "not_equals": "is_not",
    "diferente": "is_not", "diferente_de": "is_not",
    "regex": "matches", "like": "matches", "includes": "contains", "contém": "contains",
    "contem": "contains", "prefix": "starts_with", "começa_com": "starts_with",
    "comeca_com": "starts_with", "suffix": "ends_with", "termina_com": "ends_with",
    "antes": "before", "antes_de": "before", "depois": "after", "depois_de": "after",
    "any": "any_item", "all": "all_items",
  ]

  /// Field tests that are a word alone.
  static let bareTests = [
    "present": "present", "absent": "absent", "empty": "empty", "exists": "present",
    "exist": "present", "existe": "present", "defined": "present", "not_null": "present",
    "presente": "present", "ausente": "absent", "missing": "absent", "undefined": "absent",
    "not_exists": "absent", "nil": "absent", "none": "absent", "vazio": "empty", "blank": "empty",
  ]

  /// Words for tests that are unlikely values; `none` and `missing` are plausible ones.
  static let neverTexts: Set = [
    "exists", "exist", "existe", "defined", "undefined", "not_null", "not_exists", "presente",
    "ausente", "vazio",
  ]

  /// Actions; near misses that would do something else come first.
  static let actions = [
    "remove_group": "remove_from_group", "add_group": "add_to_group",
    "set_group": "add_to_group", "set_urn": "add_urn", "update_name": "set_name",
    "adicionar_ao_grupo": "add_to_group", "remover_do_grupo": "remove_from_group",
    "definir_nome": "set_name", "definir_campos": "set_fields", "update_fields": "set_fields",
    "criar_contato": "create_contact", "excluir_contato": "delete_contact",
    "apagar_contato": "delete_contact", "remove_contact": "delete_contact",
    "bloquear_contato": "block_contact", "log": "note", "print": "note", "nota": "note",
  ]

  /// Schemes of URNs.
  static let schemes = [
    "whats": "whatsapp", "wa": "whatsapp", "wpp": "whatsapp", "zap": "whatsapp",
    "phone": "tel", "telefone": "tel", "fone": "tel", "sms": "tel", "mobile": "tel",
    "email": "mailto", "e-mail": "mailto", "mail": "mailto", "external": "ext", "id": "ext",
  ]
}
