extension Language {
  /// The words of expressions.
  static let expressionsInPortuguese = #"""
    a number
    um número
    a text
    um texto
    true or false
    verdadeiro ou falso
    a time
    uma data
    a duration
    uma duração
    a list
    uma lista
    a map
    um mapa
    an optional
    um opcional
    a type
    um tipo
    a value
    um valor
    a `{}`
    um `{1}`
    a whole number
    um número inteiro
    a number and {}
    um número e {1}
    a text and {}
    um texto e {1}
    true or false and {}
    verdadeiro ou falso e {1}
    null and {}
    null e {1}
    bytes and {}
    bytes e {1}
    a time and {}
    uma data e {1}
    a duration and {}
    uma duração e {1}
    a list and {}
    uma lista e {1}
    a map and {}
    um mapa e {1}
    an optional and {}
    um opcional e {1}
    a type and {}
    um tipo e {1}
    a value and {}
    um valor e {1}
    a `{}` and {}
    um `{1}` e {2}
    `{}` and `{}`
    `{1}` e `{2}`
    write `{}` to keep the fraction
    escreva `{1}` para manter a fração
    make a double of one side with `double(…)` to keep the fraction
    converta um lado com `double(…)` para manter a fração
    `/` between whole numbers drops the fraction
    `/` entre números inteiros descarta a fração
    constants of two types are calculated as doubles
    constantes de dois tipos são calculadas como decimais
    the index of a list is a number
    a posição em uma lista é um número
    the keys of this map are {} each
    cada chave deste mapa é {1}
    only lists and maps have items
    só listas e mapas têm itens
    use `charAt` or `substring`
    use `charAt` ou `substring`
    a key is a text, a whole number, true or false
    uma chave é um texto, um número inteiro, verdadeiro ou falso
    `?` before an item needs an optional
    `?` antes de um item precisa de um opcional
    write the item without `?`
    escreva o item sem `?`
    `{}` goes over a list or a map
    `{1}` percorre uma lista ou um mapa
    unknown function `{}`
    função `{1}` desconhecida
    write it as `{}`
    escreva como `{1}`
    functions of `{}` are {}
    as funções de `{1}` são {2}
    `{}` is called on a value
    `{1}` é chamada sobre um valor
    `{}` takes {} arguments
    `{1}` pede {2} argumentos
    `{}` takes {} argument
    `{1}` pede {2} argumento
    {} given
    recebeu {1}
    unknown name `{}`
    nome `{1}` desconhecido
    a text stands in quotes: `{}`
    um texto fica entre aspas: `{1}`
    names are {}; a text stands in quotes: `{}`
    os nomes são {1}; um texto fica entre aspas: `{2}`
    take an item with `[0]`, or ask all with `exists`
    pegue um item com `[0]`, ou pergunte a todos com `exists`
    only maps have fields such as `{}`
    só mapas têm campos como `{1}`
    the keys of this map are no texts
    as chaves deste mapa não são textos
    write the key in brackets
    escreva a chave entre colchetes
    `{}` is a function, not a method
    `{1}` é uma função, não um método
    `{}` is a method of {}
    `{1}` é um método de {2}
    argument {} of `{}` must be {}
    o argumento {1} de `{2}` deve ser {3}
    `{}` does not take these types together
    `{1}` não aceita estes tipos juntos
    `{}` takes numbers, or one list of them
    `{1}` pede números, ou uma lista deles
    the pattern is refused: {}
    o padrão foi recusado: {1}
    patterns follow RE2: no lookaround, no backreferences
    padrões seguem o RE2: sem lookaround nem referências anteriores
    missing ): {}
    falta ): {1}
    missing ]: {}
    falta ]: {1}
    unexpected ): {}
    ) sobrando: {1}
    no argument for repetition operator: {}
    nada a repetir antes de: {1}
    bad repetition operator: {}
    repetição inválida: {1}
    invalid repetition size: {}
    número de repetições inválido: {1}
    invalid escape sequence: {}
    escape inválido: {1}
    invalid character class range: {}
    intervalo de caracteres inválido: {1}
    invalid character class: {}
    classe de caracteres inválida: {1}
    invalid perl operator: {}
    operador não aceito: {1}
    invalid named capture group: {}
    nome de grupo inválido: {1}
    trailing \: {}
    \ sobrando no fim: {1}
    `{}` needs true or false
    `{1}` precisa de verdadeiro ou falso
    this part of the condition is always true
    esta parte da condição é sempre verdadeira
    this part of the condition is always false
    esta parte da condição é sempre falsa
    both sides are constants, so the outcome is always the same
    os dois lados são constantes: o resultado é sempre o mesmo
    a field is read with its whole path, such as `event.status`
    um campo é lido com o caminho inteiro, como `event.status`
    only a number has a negative
    só um número tem negativo
    {} is never equal to {}
    {1} nunca é igual a {2}
    `{}` compares two numbers, two texts or two times
    `{1}` compara dois números, dois textos ou duas datas
    {} is never in a list of which each item is {}
    {1} nunca está em uma lista em que cada item é {2}
    `in` looks into a list or the keys of a map
    `in` procura em uma lista ou nas chaves de um mapa
    use `text.contains(part)`
    use `text.contains(part)`
    `+` adds numbers of one type, moves times, joins texts or lists
    `+` soma números de um só tipo, move datas, junta textos ou listas
    `-` works on numbers of one type and on times
    `-` funciona com números de um só tipo e com datas
    `%` works on whole numbers of one type
    `%` funciona com números inteiros de um só tipo
    `{}` works on numbers of one type
    `{1}` funciona com números de um só tipo
    make a text of the other side with `string(…)`
    converta o outro lado em texto com `string(…)`
    convert one side with `int(…)` or `double(…)`
    converta um lado com `int(…)` ou `double(…)`
    `{}` is always there
    `{1}` está sempre presente
    both sides are the same, so the outcome is too
    os dois lados são iguais: o resultado é sempre o mesmo
    compare with something else
    compare com outra coisa
    this part of the condition stands there twice
    esta parte da condição aparece duas vezes
    a part before it
    uma parte anterior
    this never holds together with {}
    isto nunca vale junto com {1}
    the whole is never true
    o todo nunca é verdadeiro
    this always holds where {} does not
    isto sempre vale quando não vale {1}
    the whole is never false
    o todo nunca é falso
    to exclude both use `&&`
    para excluir os dois use `&&`
    unknown field `{}`
    campo `{1}` desconhecido
    not a field of `{}`
    não é um campo de `{1}`
    not a field of this map
    não é um campo deste mapa
    fields are {}
    os campos são {1}
    the keys of this map are a text each
    cada chave deste mapa é um texto
    unknown message type `{}`
    tipo de mensagem `{1}` desconhecido
    {} has no field `{}`
    {1} não tem o campo `{2}`
    `-` is minus; a field called `{}` stands in brackets
    `-` é menos; um campo chamado `{1}` fica entre colchetes
    a whole number without sign
    um número inteiro sem sinal
    write `2026-03-02T09:00:00-03:00`, or with `Z` for UTC
    escreva `2026-03-02T09:00:00-03:00`, ou com `Z` para UTC
    units are `h`, `m`, `s`, `ms`, `us` and `ns`; a day is `24h`
    as unidades são `h`, `m`, `s`, `ms`, `us` e `ns`; um dia é `24h`
    `{}` is not {}
    `{1}` não é {2}
    no time zone `{}`
    não há o fuso horário `{1}`
    zones are called as `America/Sao_Paulo`, `UTC` or `-03:00`
    fusos se chamam `America/Sao_Paulo`, `UTC` ou `-03:00`
    a name consists of letters without accents, digits and `_`
    um nome tem só letras sem acento, dígitos e `_`
    write `{}` instead of `{}`
    escreva `{1}` em vez de `{2}`
    a quoted name ends with a backtick
    um nome entre crases termina com crase
    not closed
    sem fechamento
    inside are letters, digits, `_`, `-`, `.`, `/` and blanks
    dentro ficam letras, dígitos, `_`, `-`, `.`, `/` e espaços
    one `=` assigns nothing here
    um só `=` não atribui nada aqui
    compares nothing
    não compara nada
    use `==`
    use `==`
    `{}` is no operator
    `{1}` não é operador
    use `{}`
    use `{1}`
    `{}` has no meaning here
    `{1}` não tem sentido aqui
    a whole number has 64 bits
    um número inteiro tem 64 bits
    too large
    grande demais
    write it with a `.0` for a double, or in quotes for a text
    escreva com `.0` para um decimal, ou entre aspas para um texto
    a text ends with the quote it begins with, on the same line
    um texto termina com a aspa com que começa, na mesma linha
    curly quotes are no quotes here
    aspas curvas não valem como aspas aqui
    use straight quotes: `{}`
    use aspas retas: `{1}`
    `{}` is no escape
    `{1}` não é um escape
    `{}` is no escape of bytes
    `{1}` não é um escape de bytes
    write `\\` for a backslash, or `r` before the text of a pattern
    escreva `\\` para uma barra invertida, ou `r` antes do texto de um padrão
    a field name after `.`
    um nome de campo depois de `.`
    `{}` after the index
    `{1}` depois da posição
    `{}` after the arguments
    `{1}` depois dos argumentos
    a name after `.`
    um nome depois de `.`
    `{}` to match the opening one
    `{1}` para fechar o que foi aberto
    `{}` or `,` after the item
    `{1}` ou `,` depois do item
    `{}` after the key
    `{1}` depois da chave
    `{}` or `,` after the entry
    `{1}` ou `,` depois da entrada
    `{}` after the field
    `{1}` depois do campo
    `{}` or `,` after the field
    `{1}` ou `,` depois do campo
    `{}` between the two results of `?`
    `{1}` entre os dois resultados de `?`
    an operator or the end
    um operador ou o fim
    the end
    o fim
    expected {}, found {}
    esperava-se {1}, veio {2}
    write a choice as `condition ? this : that`
    escreva uma escolha como `condition ? this : that`
    give a value a name with `cel.bind(name, value, expression)`
    dê nome a um valor com `cel.bind(name, value, expression)`
    go over a list with `all`, `exists`, `map` or `filter`
    percorra uma lista com `all`, `exists`, `map` ou `filter`
    `{}` is a reserved word
    `{1}` é uma palavra reservada
    a list stands between `[` and `]`
    uma lista fica entre `[` e `]`
    `has` takes one field, such as `has(a.b)`
    `has` pede um campo, como `has(a.b)`
    no field
    nenhum campo
    for a key in brackets write `"key" in a`
    para uma chave entre colchetes escreva `"key" in a`
    the variables of `{}` are simple names, each different
    as variáveis de `{1}` são nomes simples, todos diferentes
    CEL has no `{}`; use `==`, `matches` or `>=`
    o CEL não tem `{1}`; use `==`, `matches` ou `>=`
    put an operator between the two values
    ponha um operador entre os dois valores
    an expression is nested at most {} levels deep
    uma expressão se aninha em no máximo {1} níveis
    give parts of it names of their own
    dê nomes próprios a partes dela
    an expression has at most {} bytes
    uma expressão tem no máximo {1} bytes
    too long
    longo demais
    put long lists of constants under a name of their own
    ponha listas longas de constantes em um nome próprio
    use `{}`, or put each part on a line of its own
    use `{1}`, ou ponha cada parte em uma linha própria
    """#
}
