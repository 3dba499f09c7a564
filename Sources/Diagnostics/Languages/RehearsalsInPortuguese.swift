extension Language {
  /// The words of rehearsals.
  static let rehearsalsInPortuguese = #"""
    rules                                                      fired false unknown
    regras                                                  disparou falsa incerta
    ○ {} is switched off
    ○ {1} está desligada
    no event of its types came
    não veio nenhum evento dos tipos dela
    stopped by line {} in {} of {}:
    impedida pela linha {1} em {2} de {3}:
    stopped by line {} in {} of {}: {}
    impedida pela linha {1} em {2} de {3}: {4}
    contacts  {}
    contatos  {1}
    none is different
    nenhum ficou diferente
    contacts  {} made · {}
    contatos  criados: {1} · {2}
    contacts  {} changed · {}
    contatos  alterados: {1} · {2}
    contacts  {} deleted · {}
    contatos  apagados: {1} · {2}
    contacts  {} made · {} changed · {}
    contatos  criados: {1} · alterados: {2} · {3}
    contacts  {} made · {} deleted · {}
    contatos  criados: {1} · apagados: {2} · {3}
    contacts  {} changed · {} deleted · {}
    contatos  alterados: {1} · apagados: {2} · {3}
    contacts  {} made · {} changed · {} deleted · {}
    contatos  criados: {1} · alterados: {2} · apagados: {3} · {4}
    {#} contact in the end
    {1} contato no fim
    {#} contacts in the end
    {1} contatos no fim
    calls     {}
    chamadas  {1}
    {} in {} window
    {1} em {2} janela
    {} in {} windows
    {1} em {2} janelas
    {#} made or updated
    {1} criar ou alterar
    one per write: {}
    uma por escrita: {1}
    guard     stops the run: {}
    limite    para a execução: {1}
    guard     {}
    limite    {1}
    window {}: event {}
    janela {1}: evento {2}
    window {}: events {} to {}
    janela {1}: eventos {2} a {3}
    window {}: {} call
    janela {1}: {2} chamada
    window {}: {} calls
    janela {1}: {2} chamadas
    not sent
    não enviada
    refused
    recusada
    no answer
    sem resposta
    set aside {}
    separadas {1}
    {} × {}: no contact
    {1} × {2}: sem contato
    {} × {}: {} belongs to contact {} (--allow-urn-moves takes it)
    {1} × {2}: {3} é do contato {4} (--allow-urn-moves a toma)
    {} × {}: `{}` is a smart group: the server decides who is in it
    {1} × {2}: `{3}` é um grupo inteligente: o servidor decide quem está nele
    {} × {}: {}
    {1} × {2}: {3}
    and for {} reason more
    e por mais {1} motivo
    and for {} reasons more
    e por mais {1} motivos
    notices   {}
    avisos    {1}
    {#} line is no event
    {1} linha não é evento
    {#} lines are no events
    {1} linhas não são eventos
    {#} event came before
    {1} evento já tinha vindo
    {#} events came before
    {1} eventos já tinham vindo
    {#} write overwritten by a later one
    {1} escrita sobrescrita por outra
    {#} writes overwritten by later ones
    {1} escritas sobrescritas por outras
    the first {} of {} events that did something, of {} in all
    os primeiros {1} de {2} eventos que fizeram algo, de {3} ao todo
    {#} event that did something, of {} in all
    {1} evento que fez algo, de {2} ao todo
    {#} events that did something, of {} in all
    {1} eventos que fizeram algo, de {2} ao todo
    (--all shows every one, --event LINE one in full)
    (--all mostra todos, --event LINHA mostra um por inteiro)
    {}  no type
    {1}  sem tipo
    {}  no type  {}
    {1}  sem tipo  {2}
    {}  made
    {1}  criado
    {}  deleted
    {1}  apagado
    no event: {}
    não é evento: {1}
    this is no event: {}
    isto não é um evento: {1}
    an event must be a JSON object
    um evento deve ser um objeto JSON
    the same event came before: nothing is done
    o mesmo evento já tinha vindo: nada é feito
    set aside, {}: no contact
    separada, {1}: sem contato
    set aside, {}: {} belongs to contact {} (--allow-urn-moves takes it)
    separada, {1}: {2} é do contato {3} (--allow-urn-moves a toma)
    set aside, {}: `{}` is a smart group: the server decides who is in it
    separada, {1}: `{2}` é um grupo inteligente: o servidor decide quem está nele
    {} (nobody to write to) {}
    {1} (ninguém a escrever) {2}
    {} (nobody to write to)
    {1} (ninguém a escrever)
    nobody to write to
    não há a quem escrever
    nobody to write to {}
    não há a quem escrever {1}
    name{}none → {}
    nome{1}nada → {2}
    name{}→ {}
    nome{1}→ {2}
    language{}none → {}
    idioma  {1}nada → {2}
    language{}→ {}
    idioma  {1}→ {2}
    groups{}+ {}
    grupos{1}+ {2}
    groups{}− {}
    grupos{1}− {2}
    {#} none → {}
    {1} nada → {2}
    none → {}
    nada → {1}
    {} → none {}
    {1} → nada {2}
    {} → cleared {}
    {1} → apagado {2}
    cleared {}
    apagado {1}
    first: {}
    primeira: {1}
    contact{}made if it is not there {}
    contato{1}criado, se não existe   {2}
    contact{}  interrupted {}
    contato{1} interrompido {2}
    contact{}deleted {}
    contato{1}apagado {2}
    contact{}blocked {}
    contato{1}bloqueado {2}
    groups{}only these: {}
    grupos{1}só estes:   {2}
    {} → none
    {1} → nada
    urns{}first: {}   {}
    urns{1}primeira: {2}{3}
    urns{}first: {}
    urns{1}primeira: {2}
    p:{} first
    p:{1} primeira
    """#
}
