extension Language {
  /// The words of what is wrong with YAML.
  static let yamlInPortuguese = #"""
    {} cannot stand in a rule file
    {1} não pode estar em um arquivo de regras
    a carriage return without a line feed
    um retorno de carro sem quebra de linha
    a NUL character
    um caractere NUL
    a control character
    um caractere de controle
    a line separator that most editors do not show
    um separador de linhas que a maioria dos editores não mostra
    a byte order mark inside the text
    uma marca de ordem de bytes no meio do texto
    a code point that is no character
    um código que não é caractere
    a rule file holds at most 4 MiB
    um arquivo de regras tem no máximo 4 MiB
    this file has {} bytes
    este arquivo tem {1} bytes
    split it into several files of one directory; they form one ruleset
    divida-o em vários arquivos de uma pasta; juntos são um conjunto
    the file is UTF-16, rule files are UTF-8
    o arquivo é UTF-16; arquivos de regras são UTF-8
    the mark of UTF-16
    a marca de UTF-16
    save the file as UTF-8
    salve o arquivo como UTF-8
    rule files are UTF-8
    arquivos de regras são UTF-8
    the byte {} is not UTF-8 here
    o byte {1} não é UTF-8 aqui
    save the file as UTF-8; in Windows-1252 this byte is `{}`
    salve o arquivo como UTF-8; em Windows-1252 este byte é `{1}`
    end lines with LF or CRLF
    termine as linhas com LF ou CRLF
    delete it, or write it as `{}` inside double quotes
    apague-o, ou escreva `{1}` entre aspas duplas
    the key `{}` stands twice in one mapping
    a chave `{1}` aparece duas vezes em um mapeamento
    again here
    de novo aqui
    first defined here
    a primeira definição está aqui
    keep one of them
    fique com uma só
    a key must be text
    uma chave deve ser texto
    a list or a mapping
    uma lista ou um mapeamento
    quote it if it is text
    se for texto, ponha entre aspas
    a rule file holds one YAML document
    um arquivo de regras contém um só documento YAML
    a second one begins here
    um segundo começa aqui
    put it into a file of its own
    ponha-o em um arquivo próprio
    values nest at most {} deep
    valores se aninham em no máximo {1} níveis
    level {} begins here
    o nível {1} começa aqui
    `{}` stands inside the value it repeats
    `{1}` está dentro do valor que repete
    no anchor `{}` before this
    nenhuma âncora `{1}` antes disto
    YAML reads `*` as "repeat the value marked `{}`"
    o YAML lê `*` como "repita o valor marcado com `{1}`"
    quote the value if it is text
    se for texto, ponha o valor entre aspas
    aliases repeat too much
    os apelidos repetem demais
    with `{}` the file would pass {} repeated values
    com `{1}` o arquivo passaria de {2} valores repetidos
    write the values out, or use `lists:` and `let:`
    escreva os valores por extenso, ou use `lists:` e `let:`
    a value without quotes cannot start with `{}`
    um valor sem aspas não pode começar com `{1}`
    reserved in YAML
    reservado no YAML
    names a value in YAML
    dá nome a um valor no YAML
    repeats a named value in YAML
    repete um valor com nome no YAML
    begins a directive in YAML
    começa uma diretiva no YAML
    begins a block of text in YAML
    começa um bloco de texto no YAML
    parts the items of a list in YAML
    separa os itens de uma lista no YAML
    ends a list in YAML
    termina uma lista no YAML
    ends a mapping in YAML
    termina um mapeamento no YAML
    quote the whole value: `{}`
    ponha todo o valor entre aspas: `{1}`
    YAML reads `!` as a tag
    o YAML lê `!` como tag
    put what must not hold under `none:`, or quote the whole value
    ponha o que não deve valer em `none:`, ou todo o valor entre aspas
    a key cannot stand here
    não cabe uma chave aqui
    the key above has a value already, which would go on here
    a chave acima já tem um valor, que continuaria aqui
    align it with that key, or take its value away
    alinhe-a com aquela chave, ou tire o valor dela
    a hole inside `[…]` or `{…}` needs quotes
    uma lacuna dentro de `[…]` ou `{…}` precisa de aspas
    YAML reads this `{` as the start of a mapping
    o YAML lê este `{` como início de um mapeamento
    quote it: `{}`, or write one per line
    ponha entre aspas: `{1}`, ou escreva um por linha
    a value that starts with a quote ends with it
    um valor que começa com aspa termina com ela
    text after the closing quote
    texto depois da aspa final
    this quote ends the value
    esta aspa termina o valor
    write `{}`
    escreva `{1}`
    a value that starts with a bracket ends with it
    um valor que começa com colchete ou chave termina com ele
    text after the closing `{}`
    texto depois do `{1}` final
    name the list under `lists:`, or quote the whole value: `{}`
    dê nome à lista em `lists:`, ou ponha todo o valor entre aspas: `{1}`
    our holes are `${…}`
    as lacunas daqui são `${…}`
    not a hole here
    não é uma lacuna aqui
    a value with `: ` in it needs quotes
    um valor que contém `: ` precisa de aspas
    YAML reads what is before this as a key
    o YAML lê o que vem antes como chave
    quote the whole value: `{}`, or use `|`
    ponha todo o valor entre aspas: `{1}`, ou use `|`
    YAML cuts this value at ` #`
    o YAML corta este valor em ` #`
    read as a comment, so the quote before it stays open
    lido como comentário, por isso a aspa antes dele fica aberta
    lines are indented by blanks, not by tabs
    linhas são recuadas com espaços, não com tabulações
    a tab
    uma tabulação
    use two blanks per level
    use dois espaços por nível
    a blank must follow the `:` of a key
    depois do `:` de uma chave vem um espaço
    no blank after it
    sem espaço depois
    a line among keys must be `key: value`
    uma linha entre chaves deve ser `key: value`
    no `: ` in this line
    falta `: ` nesta linha
    add it, or indent the line to continue the one above
    acrescente-o, ou recue a linha para continuar a de cima
    this line does not fit the lines above
    esta linha não combina com as de cima
    an item of this list starts with `- `
    um item desta lista começa com `- `
    add `- `, or indent the line to continue the item above
    acrescente `- `, ou recue a linha para continuar o item de cima
    a list item among keys
    um item de lista entre chaves
    put the list under a key of its own
    ponha a lista em uma chave própria
    this quote is not closed
    esta aspa não foi fechada
    no `{}` ends it in this line
    nenhum `{1}` a fecha nesta linha
    add `{}` at the end of the value
    acrescente `{1}` no fim do valor
    YAML has no escape `{}`
    o YAML não tem o escape `{1}`
    inside double quotes `\` begins an escape
    entre aspas duplas `\` começa um escape
    write `\\` for a backslash, or use single quotes
    escreva `\\` para uma barra invertida, ou use aspas simples
    this `{}` is not closed
    este `{1}` não foi fechado
    no `{}` ends it
    nenhum `{1}` o fecha
    what follows does not fit inside it
    o que vem depois não cabe dentro dele
    add `{}` where the value ends
    acrescente `{1}` onde o valor termina
    indented by {}, but what it belongs to by {}
    recuo de {1}, mas o bloco a que pertence tem {2}
    the list begins here
    a lista começa aqui
    the mapping begins here
    o mapeamento começa aqui
    align it with line {}
    alinhe com a linha {1}
    a tag
    uma tag
    YAML cannot be read here
    o YAML não pode ser lido aqui
    a list begins on a line of its own
    uma lista começa em linha própria
    a list item beside its key
    um item de lista ao lado da chave
    put each `- ` on a line below the key
    ponha cada `- ` em uma linha abaixo da chave
    `? ` begins a key in YAML
    `? ` começa uma chave no YAML
    not a place for a key
    não é lugar de chave
    quote the value
    ponha o valor entre aspas
    items of a list in brackets are parted by commas
    itens de uma lista entre colchetes são separados por vírgulas
    expected `{}` or `{}`
    esperava-se `{1}` ou `{2}`
    put a comma between the items, or quote the whole item
    ponha uma vírgula entre os itens, ou todo o item entre aspas
    entries in braces are parted by commas
    entradas entre chaves são separadas por vírgulas
    put a comma between the entries, or quote the whole value
    ponha uma vírgula entre as entradas, ou todo o valor entre aspas
    leave out the `- ` in front of each key
    tire o `- ` da frente de cada chave
    write the value alone: `{}`
    escreva só o valor: `{1}`
    did you mean `{}`?
    você quis dizer `{1}`?
    """#
}
