extension Language {
  /// The words of rules.
  static let rulesInPortuguese = #"""
    nothing on this line gives `{}`
    nada nesta linha causa `{1}`
    only warnings can be silenced
    só avisos podem ser silenciados
    silences nothing
    não silencia nada
    remove the comment
    remova o comentário
    `allow {}` needs a reason
    `allow {1}` precisa de um motivo
    silences nothing without one
    sem um, não silencia nada
    write `# allow {}: why it is right here`
    escreva `# allow {1}: why it is right here`
    this ruleset names contacts by `{}` and by `{}`
    este conjunto identifica contatos por `{1}` e por `{2}`
    by `{}` here
    por `{1}` aqui
    without a snapshot of the contacts, one person with both counts as two
    sem uma cópia dos contatos, quem tem ambos conta como dois
    groups are named both by name and by uuid
    os grupos são citados ora por nome, ora por uuid
    by name here
    por nome aqui
    by uuid here
    por uuid aqui
    only an inventory knows which are the same: name all of them one way
    só um inventário sabe quais são os mesmos: cite todos de um só modo
    the field `{}`
    o campo `{1}`
    `set_groups` with one group takes the contact out of all others
    `set_groups` com um grupo tira o contato de todos os outros
    replaces all groups
    substitui todos os grupos
    names under `lists` stand alone, without `lists.`
    nomes de `lists` ficam sozinhos, sem `lists.`
    parts of the event are written `{}`, texts stand in quotes
    partes do evento se escrevem `{1}`, textos ficam entre aspas
    this text is no date
    este texto não é uma data
    cannot be read
    não pode ser lido
    write `2026-03-01`, `2026-03-01 14:30`, `01/03/2026` or `2026-03-01T14:30:00-03:00`
    escreva `2026-03-01`, `2026-03-01 14:30`, `01/03/2026` ou `2026-03-01T14:30:00-03:00`
    the server makes no such key of any label: name another field
    o servidor não faz essa chave de nenhum rótulo: cite outro campo
    the workspace has no field `{}`
    o workspace não tem o campo `{1}`
    the workspace has no group `{}`
    o workspace não tem o grupo `{1}`
    the workspace has no group with this uuid
    o workspace não tem um grupo com este uuid
    writes to it will be set aside
    as escritas nele serão postas de lado
    name it under `ensure`, or let `regra provision` make it
    cite-o em `ensure`, ou deixe `regra provision` criá-lo
    name the group: names can be made, uuids cannot
    cite o grupo pelo nome: nomes podem ser criados, uuids não
    `{}` is a smart group: the server decides who is in it
    `{1}` é um grupo inteligente: o servidor decide quem está nele
    name a group without a query, or write what the query asks for
    cite um grupo sem consulta, ou escreva o que a consulta pede
    the server makes the key `{}` of the label `{}`
    o servidor faz a chave `{1}` do rótulo `{2}`
    not `{}`
    não é `{1}`
    the label is here
    o rótulo está aqui
    write `{}` here and in the rules, or choose another label
    escreva `{1}` aqui e nas regras, ou escolha outro rótulo
    the field `{}` exists with another type
    o campo `{1}` existe com outro tipo
    `{}` here, `{}` in the workspace
    `{1}` aqui, `{2}` no workspace
    write `{}`, or name another field
    escreva `{1}`, ou cite outro campo
    the field `{}` has two types
    o campo `{1}` tem dois tipos
    `{}` here
    `{1}` aqui
    a field has one type
    um campo tem um só tipo
    this is the text `{}`, not what stands there in the event
    isto é o texto `{1}`, não o que está lá no evento
    no hole
    nenhuma lacuna
    the API refuses this value of `{}`
    a API recusa este valor de `{1}`
    the API refuses this value of the field `{}`
    a API recusa este valor do campo `{1}`
    the API refuses this value of a field's label
    a API recusa este rótulo de campo
    the API refuses this value of a group under `ensure`
    a API recusa este valor de um grupo em `ensure`
    the API refuses this value of the contact `{}`
    a API recusa este valor do contato `{1}`
    the API refuses this value of an item of `{}`
    a API recusa este valor de um item de `{1}`
    {} with a blank value writes nothing
    {1} com valor em branco não escreve nada
    blank
    em branco
    to empty it write `{}`
    para esvaziar escreva `{1}`
    a `whatsapp` URN has no `+`
    uma URN `whatsapp` não tem `+`
    the `+` will be dropped
    o `+` será descartado
    write the digits alone, from the country code on
    escreva só os dígitos, a partir do código do país
    a URN starts with its scheme
    uma URN começa com o seu esquema
    no `whatsapp:`, `tel:`, `mailto:` …
    nem `whatsapp:`, nem `tel:`, nem `mailto:` …
    write `whatsapp:` in front
    escreva `whatsapp:` na frente
    `{}` is no scheme that the API knows
    `{1}` não é um esquema que a API conhece
    not a scheme
    não é um esquema
    `{}` is no custom field
    `{1}` não é um campo personalizado
    write `{}` as an action of its own
    escreva `{1}` como ação à parte
    `{}` cannot be the key of a field
    `{1}` não pode ser a chave de um campo
    the key of a field labelled `{}` is `{}`
    a chave de um campo com o rótulo `{1}` é `{2}`
    {} takes at most {} items
    {1} aceita no máximo {2} itens
    {} here
    {1} aqui
    the API refuses longer lists
    a API recusa listas mais longas
    the name
    o nome
    the language
    o idioma
    the status
    a situação
    the contact's flow
    o fluxo do contato
    the contact's messages
    as mensagens do contato
    one group
    um grupo
    one URN
    uma URN
    the groups
    os grupos
    the URNs
    as URNs
    one field of the workspace
    um campo do workspace
    one group of the workspace
    um grupo do workspace
    two actions of one rule write {}
    duas ações de uma regra escrevem {1}
    two actions of one rule write whether the contact exists
    duas ações de uma regra decidem se o contato existe
    first written here
    a primeira escrita está aqui
    `{}` has no effect: the same rule deletes the contact
    `{1}` não tem efeito: a mesma regra apaga o contato
    deleted here
    apagado aqui
    remove one of the two
    remova uma das duas
    compare it with something
    compare com algo
    there is no expression here
    não há nenhuma expressão aqui
    write one, such as `event.order.total > 100`
    escreva uma, como `event.order.total > 100`
    the expression is not UTF-8
    a expressão não é UTF-8
    save it as UTF-8
    salve como UTF-8
    the type of an event
    o tipo de um evento
    the id of an event
    o id de um evento
    the time of an event
    a hora de um evento
    who the contact is
    quem é o contato
    not a name of the time zone database
    não é um nome do banco de fusos horários
    write a name such as `America/Sao_Paulo`
    escreva um nome como `America/Sao_Paulo`
    {} cannot depend on `contact`
    {1} não pode depender de `contact`
    needed before the contact is found
    necessário antes de achar o contato
    read it from `event`
    leia de `event`
    the rule `{}` does not say whom it is about
    a regra `{1}` não diz de quem se trata
    needs a contact
    precisa de um contato
    add `contact: {urn: …}` to the file or to the rule
    acrescente `contact: {urn: …}` ao arquivo ou à regra
    any value
    qualquer valor
    a bool
    um valor verdadeiro ou falso
    a condition must be a bool
    uma condição deve ser verdadeira ou falsa
    this is {}
    isto é {1}
    compare it with something, or test it: `path: present`
    compare com algo, ou teste: `path: present`
    this condition is always true
    esta condição é sempre verdadeira
    this condition is always false
    esta condição é sempre falsa
    leave the line out
    tire a linha
    to switch the rule off, write `enabled: false`
    para desligar a regra, escreva `enabled: false`
    no list `{}` under `lists`
    não há a lista `{1}` em `lists`
    a plain word here is the name of a list
    uma palavra simples aqui é o nome de uma lista
    for one constant write `{}`
    para uma só constante escreva `{1}`
    `{}` cannot be used as a name in expressions
    `{1}` não serve de nome em expressões
    use letters without accents, digits and `_`, and start with a letter
    use letras sem acento, dígitos e `_`, e comece com uma letra
    the name `{}` is taken
    o nome `{1}` já está em uso
    means something in every expression
    tem significado em toda expressão
    would hide the other
    esconderia o outro
    choose another name
    escolha outro nome
    `let` names stand on each other in a circle
    nomes de `let` dependem uns dos outros em círculo
    write one of them without the others
    escreva um deles sem os outros
    the name `{}` is never used
    o nome `{1}` nunca é usado
    the list `{}` is never used
    a lista `{1}` nunca é usada
    remove it, or use it in a condition or a hole
    remova, ou use em uma condição ou lacuna
    a contact has no `{}`
    um contato não tem `{1}`
    not a part of `contact`
    não é uma parte de `contact`
    custom fields are `{}`; the parts are {}
    campos personalizados são `{1}`; as partes são {2}
    `contact` as a whole is not a value
    `contact` inteiro não é um valor
    name one of its parts
    cite uma de suas partes
    write `contact.exists` to ask whether it is there
    escreva `contact.exists` para perguntar se ele existe
    a hole must hold a text, a number, a bool or a time
    uma lacuna deve conter texto, número, data ou verdadeiro/falso
    make a text of it, such as `event.tags.join(", ")`
    converta em texto, como `event.tags.join(", ")`
    the rule id `{}` stands twice in this ruleset
    o id de regra `{1}` aparece duas vezes neste conjunto
    ids name rules in reports and tests: choose another
    ids nomeiam regras em relatórios e testes: escolha outro
    `{}` is a count in one file and a percentage in another
    `{1}` é um número em um arquivo e uma porcentagem em outro
    which is stricter?
    qual é mais restrito?
    the other is here
    o outro está aqui
    write both as counts or both as percentages
    escreva ambos como números ou ambos como porcentagens
    a group under `ensure`
    um grupo em `ensure`
    a field's label
    o rótulo de um campo
    """#
}
