extension Language {
  /// The words of schemas.
  static let inferenceInPortuguese = #"""
    {#} type
    {1} tipo
    {#} types
    {1} tipos
    more than {} paths: some from level {} on are left out
    mais de {1} caminhos: alguns, do nível {2} em diante, ficam de fora
    {}, by {} · {}
    {1}, por {2} · {3}
    without a type · {}
    sem tipo · {1}
    {#} %  {}
    {1} %  {2}
    {#} %  text, masked
    {1} %  texto, mascarado
    {#} %  text, many values
    {1} %  texto, muitos valores
    {#} %  text, {} value
    {1} %  texto, {2} valor
    {#} %  text, {} values
    {1} %  texto, {2} valores
    {#} %  text: {}
    {1} %  texto: {2}
    {#} %  text ({}), masked
    {1} %  texto ({2}), mascarado
    {#} %  text ({}), many values
    {1} %  texto ({2}), muitos valores
    {#} %  text ({}), {} value
    {1} %  texto ({2}), {3} valor
    {#} %  text ({}), {} values
    {1} %  texto ({2}), {3} valores
    {#} %  text ({}): {}
    {1} %  texto ({2}): {3}
    {#} %  number {}
    {1} %  número {2}
    {#} %  text or number {}
    {1} %  texto ou número {2}
    text
    texto
    text ({})
    texto ({1})
    number
    número
    list of {}
    lista de {1}
    object
    objeto
    masked
    mascarado
    many values
    muitos valores
    {#} value
    {1} valor
    {#} values
    {1} valores
    blank
    vazio
    true or false
    true ou false
    number with comma
    número com vírgula
    date
    data
    date and time
    data e hora
    date and time without zone
    data e hora sem fuso
    day/month/year
    dia/mês/ano
    phone
    telefone
    word
    palavra
    """#
}
