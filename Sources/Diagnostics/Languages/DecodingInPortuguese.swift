extension Language {
  /// The words of decoding.
  static let decodingInPortuguese = #"""
    YAML reads `#` as the start of a comment: quote the value
    o YAML lê `#` como início de comentário: ponha o valor entre aspas
    a key
    uma chave
    a mapping
    um mapeamento
    a text or a list of texts
    um texto ou uma lista de textos
    a list of actions or a mapping of them
    uma lista ou um mapeamento de ações
    a text or a mapping
    um texto ou um mapeamento
    a mapping or a list of mappings
    um mapeamento ou uma lista de mapeamentos
    an expression, a field test, or `any`, `all`, `none`
    uma expressão, um teste de campo, ou `any`, `all`, `none`
    a value, a word such as `present`, or a mapping of tests
    um valor, uma palavra como `present`, ou um mapeamento de testes
    {} must be {}
    {1} deve ser {2}
    {} is empty
    {1} não tem valor
    write a value, or leave the key out
    escreva um valor, ou tire a chave
    {} holds nothing
    {1} não contém nada
    no items
    nenhum item
    {} needs `{}`
    {1} precisa de `{2}`
    {} needs `{}` or `{}`
    {1} precisa de `{2}` ou `{3}`
    `{}` is missing
    falta `{1}`
    `{}` or `{}` is missing
    falta `{1}` ou `{2}`
    merge keys are not used here
    chaves de fusão não se usam aqui
    would copy another mapping
    copiaria outro mapeamento
    write the keys out
    escreva as chaves por extenso
    a line of `{}`
    uma linha de `{1}`
    YAML reads a `!` in front as a tag, not as part of the value
    o YAML lê um `!` na frente como tag, não como parte do valor
    read as a tag
    lido como tag
    leave the tag out: {} needs none
    tire a tag: {1} não precisa dela
    unknown key `{}` in {}
    chave `{1}` desconhecida em {2}
    unknown key `{}` in the contact `{}`
    chave `{1}` desconhecida no contato `{2}`
    unknown key `{}` in the field `{}`
    chave `{1}` desconhecida no campo `{2}`
    unknown key `{}` in the test of `{}`
    chave `{1}` desconhecida no teste de `{2}`
    not a key here
    não é uma chave aqui
    the keys are {}
    as chaves são {1}
    two answers to a contact that is missing
    duas respostas para um contato que falta
    first said here
    dito primeiro aqui
    say `missing` once: it holds for the whole list
    diga `missing` uma vez: vale para a lista toda
    `contact` must be a mapping or a list of mappings
    `contact` deve ser um mapeamento ou uma lista de mapeamentos
    write `urn:` or `uuid:` in front
    escreva `urn:` ou `uuid:` na frente
    {} cannot be `{}`
    {1} não pode ser `{2}`
    not a word for this
    não é uma palavra válida aqui
    write one of {}
    escreva um destes: {1}
    a deletion cannot be undone: it must say `confirmed`
    apagar não tem volta: é preciso dizer `confirmed`
    a group's deletion must say `confirmed: true`
    para apagar um grupo é preciso dizer `confirmed: true`
    `create_contact` makes the contact of the rule
    `create_contact` cria o contato da regra
    not a value for it
    não é um valor para isso
    to give it addresses write `{}`
    para lhe dar endereços escreva `{1}`
    not confirmed
    não confirmado
    add `confirmed: true`
    acrescente `confirmed: true`
    the value of `{}`
    o valor de `{1}`
    the test of `{}`
    o teste de `{1}`
    an item of `{}`
    um item de `{1}`
    an item of the value of `{}`
    um item do valor de `{1}`
    {} takes a constant or one hole
    {1} pede uma constante ou uma só lacuna
    text and holes together
    texto e lacunas juntos
    put the text into the hole: `${"a" + event.b}`
    ponha o texto dentro da lacuna: `${"a" + event.b}`
    {} takes a number or a text
    {1} pede um número ou um texto
    this has no order
    isto não tem ordem
    `between` takes two values
    `between` pede dois valores
    no list
    não é uma lista
    write the lowest and the highest: `[1, 10]`
    escreva o menor e o maior: `[1, 10]`
    `between` takes the lowest value first
    em `between` o menor valor vem primeiro
    never holds
    nunca vale
    `{}` takes no value
    `{1}` não leva valor
    unknown test `{}`
    teste `{1}` desconhecido
    not a field test with a value
    não é um teste de campo com valor
    this compares with the text `{}`
    isto compara com o texto `{1}`
    not a field test
    não é um teste de campo
    write `{}`; the text itself stands in quotes
    escreva `{1}`; o texto em si fica entre aspas
    for a value alone write `path: value`; fields of an object are paths of their own
    para um só valor escreva `path: value`; campos de um objeto são caminhos próprios
    a test for null never holds
    um teste de null nunca vale
    absent and null are the same here
    ausente e null são o mesmo aqui
    a list is not a value to compare with
    uma lista não é um valor para comparar
    one of these?
    um destes?
    write `{in: […]}` to allow any of them
    escreva `{in: […]}` para aceitar qualquer um deles
    a rule
    uma regra
    a rule has either `do` or `match` with `cases`
    uma regra tem ou `do` ou `match` com `cases`
    the cases are here
    os casos estão aqui
    move `do` into a rule of its own
    passe `do` para uma regra própria
    a rule with cases
    uma regra com casos
    the case `{}`
    o caso `{1}`
    `when` takes the types of events, not a condition
    `when` pede tipos de eventos, não uma condição
    read as the name of a type
    lido como nome de um tipo
    write the type alone, such as `order.paid`; conditions stand under `if`
    escreva só o tipo, como `order.paid`; condições ficam em `if`
    an action of `{}`
    uma ação de `{1}`
    an action of the case `{}`
    uma ação do caso `{1}`
    unknown action `{}`
    ação `{1}` desconhecida
    not an action
    não é uma ação
    actions change contacts; they send no messages and start no flows
    ações mudam contatos; não enviam mensagens nem iniciam fluxos
    `{}` needs a value
    `{1}` precisa de um valor
    nothing follows
    nada vem depois
    only `true` may stand here
    só cabe `true` aqui
    a time is a constant or one hole
    uma data é uma constante ou uma só lacuna
    {} takes a span of time
    {1} pede um período
    `{}` is none
    `{1}` não é um período
    write numbers with `s`, `m`, `h`, `d` or `w`, such as `7d` or `1h30m`
    escreva números com `s`, `m`, `h`, `d` ou `w`, como `7d` ou `1h30m`
    a rule file
    um arquivo de regras
    a condition
    uma condição
    the list `{}`
    a lista `{1}`
    this is no rule file
    isto não é um arquivo de regras
    no `version`, no `rules`
    nem `version`, nem `rules`
    a rule file starts with `version: 1` and has `rules:`
    um arquivo de regras começa com `version: 1` e tem `rules:`
    `version` must be 1
    `version` deve ser 1
    version {} is not known
    a versão {1} não é conhecida
    a hole
    uma lacuna
    write the expression inside `${…}`
    escreva a expressão dentro de `${…}`
    `${` without its `}`
    `${` sem o seu `}`
    the hole starts here
    a lacuna começa aqui
    close it with `}`, or write `$${` for the two characters themselves
    feche com `}`, ou escreva `$${` para os dois caracteres em si
    names under `let` stand alone, without `let.`
    nomes de `let` ficam sozinhos, sem `let.`
    put what must not hold under `none:`
    ponha o que não deve valer em `none:`
    a group
    um grupo
    a guard
    um limite
    a guard is a count or a percentage
    um limite é um número ou uma porcentagem
    `{}` is neither
    `{1}` não é um nem outro
    write `10` or `20%`
    escreva `10` ou `20%`
    """#
}
