extension Language {
  /// The words of samples.
  static let samplesInPortuguese = #"""
    {} sample
    {1} amostra
    {} samples
    {1} amostras
    {} sample of {}
    {1} amostra de {2}
    {} samples of {}
    {1} amostras de {2}
    {} types
    {1} tipos
    {} other type
    mais {1} tipo
    {} other types
    mais {1} tipos
    true for all {}
    sempre verdadeira em {1}
    this line always holds
    esta linha sempre vale
    leave it out, if it is to choose events
    tire-a, se é para escolher eventos
    this line always holds, and `any` with it
    esta linha sempre vale, e `any` com ela
    leave out what is meant to be one of several
    tire o que deveria ser uma entre várias
    this line always holds, so that `none` never does
    esta linha sempre vale, por isso `none` nunca vale
    this line never holds
    esta linha nunca vale
    false or unknown for all {}
    falsa ou desconhecida em {1}
    false for all {}
    sempre falsa em {1}
    unknown for {}
    desconhecida em {1}
    the rule `{}` never fires
    a regra `{1}` nunca dispara
    for none of {}
    em nenhuma de {1}
    each of its lines holds for some, all together for none
    cada linha dela vale em algumas, todas juntas em nenhuma
    the rule `{}` hardly ever finds anybody to write to
    a regra `{1}` quase nunca acha um contato para mudar
    no usable contact in {} of {} it fires for
    sem contato utilizável em {1} de {2} em que dispara
    `{}` is a list in {}
    `{1}` é uma lista em {2}
    a list has no field `{}`
    uma lista não tem o campo `{1}`
    write `{}` for the first item, or ask all with `exists`
    escreva `{1}` para o primeiro item, ou pergunte a todos com `exists`
    `{}` is {} in {}
    `{1}` é {2} em {3}
    not a list
    não é uma lista
    write `{}` alone
    escreva só `{1}`
    never seen in {}
    nunca visto em {1}
    a text or a number is needed here
    aqui é preciso um texto ou um número
    write `{}` for the first item
    escreva `{1}` para o primeiro item
    write one of its fields
    escreva um de seus campos
    `{}` is null in every sample
    `{1}` é null em toda amostra
    `{}` is there in few samples
    `{1}` está em poucas amostras
    in {} of {}
    em {1} de {2}
    the line passes over all others
    a linha pula todas as outras
    every sample
    toda amostra
    every sample ({})
    toda amostra ({1})
    {} of the samples
    {1} das amostras
    {} of the samples ({})
    {1} das amostras ({2})
    {} more
    {1} a mais
    did you mean `{}`? it is in {}
    você quis dizer `{1}`? está em {2}
    did you mean `{}`? it is {}
    você quis dizer `{1}`? está em {2}
    did you mean `{}`? {}
    você quis dizer `{1}`? {2}
    events of type `{}` have it: {}
    eventos do tipo `{1}` têm isso: {2}
    events of type `{}` and {} have it: {}
    eventos do tipo `{1}` e {2} têm isso: {3}
    an object
    um objeto
    no object
    não um objeto
    no field `{}` in `{}`
    não há o campo `{1}` em `{2}`
    never in {}
    nunca em {1}
    no `{}` is `{}`
    nenhum `{1}` é `{2}`
    a value that differs little is there, and may say who somebody is
    há um valor quase igual, que pode dizer quem é alguém
    no event of type `{}`
    nenhum evento do tipo `{1}`
    not the type of any of {}
    não é o tipo de nenhuma de {1}
    no number
    não é um número
    compared with {}
    comparado com {1}
    to ask for one of its items write `{contains: …}`, or `any_item`
    para perguntar por um de seus itens escreva `{contains: …}`, ou `any_item`
    ask for one of its fields
    pergunte por um de seus campos
    make a time of it: `{}`, or write `{after: …}`
    converta em data: `{1}`, ou escreva `{after: …}`
    write `{}` without quotes
    escreva `{1}` sem aspas
    write `true` or `false`, without quotes
    escreva `true` ou `false`, sem aspas
    to compare times write `{after: …}` or `{before: …}`
    para comparar datas escreva `{after: …}` ou `{before: …}`
    make a time of it: `{}`
    converta em data: `{1}`
    write the number in quotes
    escreva o número entre aspas
    make a number of it: `{}`
    converta em número: `{1}`
    write a text, such as `{}`
    escreva um texto, como `{1}`
    `{}` says a time, and is compared as a text
    `{1}` contém uma data, e é comparado como texto
    {} in the samples
    {1} nas amostras
    time in the samples
    data nas amostras
    date in the samples
    data nas amostras
    date and time in the samples
    data e hora nas amostras
    date and time without zone in the samples
    data e hora sem fuso nas amostras
    day/month/year in the samples
    dia/mês/ano nas amostras
    write `{}` or `{}`, or `{}`
    escreva `{1}` ou `{2}`, ou `{3}`
    ask for a span with `{after: …}` and `{before: …}`, or compare `{}`
    pergunte por um período com `{after: …}` e `{before: …}`, ou compare `{1}`
    """#
}
