extension Language {
  /// The words of what is sent.
  static let sendingInPortuguese = #"""
    the server
    o servidor
    nothing
    nada
    {}; the same command goes on from there
    {1}; o mesmo comando continua daí
    {}; what was read is stored, and the same command goes on from there
    {1}; o que foi lido está guardado, e o mesmo comando continua daí
    {}; the calls until there are done, and the same command goes on from there
    {1}; as chamadas até ali estão feitas, e o mesmo comando continua daí
    {}; nothing was sent
    {1}; nada foi enviado
    {}; nothing was made
    {1}; nada foi criado
    stopped; nothing is lost, and the same command goes on from there
    parado; nada se perdeu, e o mesmo comando continua daí
    stopped; the same command goes on from there
    parado; o mesmo comando continua daí
    stopped; nothing was made
    parado; nada foi criado
    nothing was made
    nada foi criado
    nothing was made: nobody can be asked here; add --yes to make it
    nada foi criado: não há a quem perguntar aqui; acrescente --yes para criar
    make {}? [y/N]
    criar {1}? [y/N]
    {#} call sent
    {1} chamada enviada
    {#} calls sent
    {1} chamadas enviadas
    {#} call
    {1} chamada
    {#} calls
    {1} chamadas
    {#} request
    {1} requisição
    {#} requests
    {1} requisições
    {#} not there
    {1} inexistentes
    {#} set aside
    {1} separadas
    {} of {} call done
    {1} de {2} chamada feita
    {} of {} calls done
    {1} de {2} chamadas feitas
    {#} before
    {1} antes
    {#} changed contact left out
    {1} contato alterado ficou de fora
    {#} changed contacts left out
    {1} contatos alterados ficaram de fora
    {}: applied before ({}); nothing was sent
    {1}: já aplicado ({2}); nada foi enviado
    left out {}: it changed since the plan was made ({})
    {1} ficou de fora: mudou depois que o plano foi feito ({2})
    set aside {}: {} ({})
    separado: {1}: {2} ({3})
    set aside {}: {}; remove or archive these in the web interface, then `regra replay` ({})
    separado: {1}: {2}; remova ou arquive isso na interface web e use `regra replay` ({3})
    set aside: {}; remove or archive these in the web interface, then `regra replay`
    separado: {1}; remova ou arquive isso na interface web e use `regra replay`
    the call
    a chamada
    contact {}
    contato {1}
    the name
    o nome
    the language
    o idioma
    field `{}`
    campo `{1}`
    the fields
    os campos
    the groups
    os grupos
    the URNs
    as URNs
    group `{}`
    grupo `{1}`
    URN {}
    URN {1}
    and {} more like these
    e mais {1} como esses
    what was set aside is in {}; once it is repaired:
    o que foi separado está em {1}; depois de corrigir:
    an earlier run left {}; they go first
    uma execução anterior deixou {1}; elas vão primeiro
    going on in {} where an earlier run ended (--from-start reads all again)
    continuando em {1}, onde outra execução parou (--from-start lê tudo de novo)
    {#} line acknowledged before; not sent again
    {1} linha já confirmada; não enviada de novo
    {#} lines acknowledged before; not sent again
    {1} linhas já confirmadas; não enviadas de novo
    {}: no line names rule `{}`
    {1}: nenhuma linha cita a regra `{2}`
    a guard of the rules is a share of the contacts, and none are known; `regra pull` first
    um limite das regras é uma parte dos contatos, e nenhum é conhecido; antes use `regra pull`
    stopped by a guard: {}
    parado por um limite: {1}
    {} is not there any more; `regra pull` makes it again
    {1} não existe mais; `regra pull` o cria de novo
    reading events from the keyboard; Ctrl-D ends them
    lendo eventos do teclado; Ctrl-D termina
    {} known in {} · {}
    {1} conhecidos em {2} · {3}
    stopped · {} known in {} · {}; the same command goes on from there
    parado · {1} conhecidos em {2} · {3}; o mesmo comando continua daí
    {#} read, {} deleted, {}
    {1} lidos, {2} apagados, {3}
    {} to read · {}
    {1} a ler · {2}
    at least {} to read (an estimate: the server does not count them) · {}
    pelo menos {1} a ler (estimativa: o servidor não os conta) · {2}
    {#} more call
    mais {1} chamada
    {#} more calls
    mais {1} chamadas
    {} at least
    {1} no mínimo
    at most {} an hour
    no máximo {1} por hora
    going on where the last pull ended, at contacts
    continuando de onde a leitura anterior parou, nos contatos
    going on where the last pull ended, at deletions
    continuando de onde a leitura anterior parou, nas exclusões
    waiting {} until what was made can be used
    esperando {1} até o que foi criado poder ser usado
    waiting {}: {}
    esperando {1}: {2}
    this command's part of the quota is spent
    a parte da cota deste comando acabou
    this pull's part of the quota is spent
    a parte da cota desta leitura acabou
    the server asks for it
    o servidor pede
    the server did not answer well
    o servidor não respondeu bem
    {} cannot be reached
    {1} está inacessível
    {} cannot be reached ({})
    {1} está inacessível ({2})
    {} cannot be reached: {}
    {1} está inacessível: {2}
    {} ended the connection without an answer, again and again
    {1} encerrou a conexão sem responder, várias vezes
    {} did not answer in time, again and again
    {1} não respondeu a tempo, várias vezes
    {} did not finish its answers, again and again
    {1} não terminou as respostas, várias vezes
    {} answered {}, again and again
    {1} respondeu {2}, várias vezes
    {} answered {}
    {1} respondeu {2}
    {} asks to come back in {} s, too often or too late
    {1} pede para voltar em {2} s, vezes demais ou tarde demais
    {} does not allow this token to read contacts: {}
    {1} não deixa este token ler contatos: {2}
    {} does not allow this
    {1} não permite isto
    {} does not allow this: {}
    {1} não permite isto: {2}
    {} answered with something that is no page of the contact API, again and again
    {1} respondeu algo que não é uma página da API de contatos, várias vezes
    {} speaks the dialect {}; say so with --dialect {}
    {1} fala o dialeto {2}; diga isso com --dialect {3}
    the name {} leads to no address
    o nome {1} não leva a nenhum endereço
    {}; check how it is spelt, and the DNS here
    {1}; veja se está bem escrito, e o DNS daqui
    {}; check the address and its port
    {1}; confira o endereço e a porta
    nobody listens at {}
    ninguém escuta em {1}
    no connection to {} within {}
    nenhuma conexão com {1} em {2}
    no connection to {}: {}
    nenhuma conexão com {1}: {2}
    no whole answer within {}
    nenhuma resposta completa em {1}
    {}; give --timeout more if that is too short
    {1}; aumente --timeout se for pouco
    the certificate of {} expired on {}
    o certificado de {1} venceu em {2}
    {}; its owner must renew it
    {1}; o dono precisa renová-lo
    {}: nothing is known yet; `regra pull` fills it
    {1}: nada se sabe ainda; `regra pull` o preenche
    {}: process {} is writing to it; wait until it ends, or give another --state
    {1}: o processo {2} está escrevendo nele; espere que termine, ou dê outro --state
    {}: another process is writing to it; wait until it ends, or give another --state
    {1}: outro processo está escrevendo nele; espere que termine, ou dê outro --state
    {}: it belongs to workspace {}, not to {}; give another --state
    {1}: é do workspace {2}, não de {3}; dê outro --state
    {}: this is no state of regra; give another --state
    {1}: isto não é um estado do regra; dê outro --state
    {}: it is damaged ({}); remove it and pull again
    {1}: está danificado ({2}); apague-o e faça a leitura de novo
    {}: the disk is full; what was stored before is unharmed
    {1}: o disco está cheio; o que já estava guardado não sofreu
    {}: it holds calls for {} {}, and this is {}; send those first, or give another --state
    {1}: guarda chamadas para {2} {3}, e este é {4}; envie aquelas antes, ou dê outro --state
    the plan has a line that is no call, {}: plan again
    o plano tem uma linha que não é chamada, {1}: planeje de novo
    the plan is for workspace {}, and the token is of workspace {}
    o plano é do workspace {1}, e o token é do workspace {2}
    the plan is for the dialect {}, and the server speaks {}: plan again with --dialect {}
    o plano é do dialeto {1}, e o servidor fala {2}: planeje de novo com --dialect {3}
    the plan has no time that can be read (`{}`): plan again
    o plano não tem data legível (`{1}`): planeje de novo
    {}: another process is applying this plan; wait until it ends
    {1}: outro processo está aplicando este plano; espere que termine
    {}: line {} is damaged, so nobody knows what was done; plan again
    {1}: a linha {2} está danificada, e não se sabe o que foi feito; planeje de novo
    {}: it is the journal of another plan or workspace, which is not done; go on with that one, or move the journal away
    {1}: é o diário de outro plano ou workspace, que não terminou; continue com aquele, ou tire o diário daí
    {}: holds no token
    {1}: não contém token
    no event has the line or the id {}
    nenhum evento tem a linha ou o id {1}
    {}: there are no tests (*.test.yaml)
    {1}: não há testes (*.test.yaml)
    workspace {} at {} lacks {}
    no workspace {1} em {2} faltam {3}
    workspace {} at {} lacks nothing
    no workspace {1} em {2} não falta nada
    workspace {} lacks {}
    no workspace {1} faltam {2}
    workspace {} lacks nothing
    no workspace {1} não falta nada
    workspace {} lacks nothing that can be made
    no workspace {1} não falta nada que se possa criar
    then {}; a workspace may have {} of each, unless its owner was given more
    no fim, {1}; um workspace pode ter {2} de cada, salvo se o dono tiver mais
    this would come to {}, and {} is the usual limit: the server refuses what goes beyond its own
    isto daria {1}, e {2} é o limite comum: o servidor recusa o que passa do dele
    field {}
    campo {1}
    group {}
    grupo {1}
    made field {}
    criado: campo {1}
    made group {}
    criado: grupo {1}
    refused field {}: {}
    recusado: campo {1}: {2}
    refused group {}: {}
    recusado: grupo {1}: {2}
    doubtful field {}: {}
    duvidoso: campo {1}: {2}
    doubtful group {}: {}
    duvidoso: grupo {1}: {2}
    not made field {}
    não criado: campo {1}
    not made group {}
    não criado: grupo {1}
    not made field {} (the server may have made it: it did not answer)
    não criado: campo {1} (o servidor pode tê-lo criado: não respondeu)
    not made group {} (the server may have made it: it did not answer)
    não criado: grupo {1} (o servidor pode tê-lo criado: não respondeu)
    nothing made
    nada criado
    {} made, ready to be used
    criados {1}, prontos para usar
    {}: no token
    {1}: sem token
    others may read this token; `chmod 600` keeps it yours
    outros podem ler este token; `chmod 600` o deixa só seu
    {}: others may read this token; `chmod 600` keeps it yours
    {1}: outros podem ler este token; `chmod 600` o deixa só seu
    {#} sent
    {1} enviadas
    {#} to go
    {1} a enviar
    {#} left
    faltam {1}
    the rules are the same as before
    as regras são as mesmas de antes
    rules changed, from the next window on: {}
    as regras mudaram, valendo da próxima janela em diante: {1}
    the changed rules cannot be used; those in force stay
    as regras mudadas não servem; ficam as que estão em vigor
    watching {}; ctrl-C ends it
    observando {1}; Ctrl-C termina
    watching {}; interrupt to end
    observando {1}; Ctrl-C termina
    no test is known to have failed: all are run
    nenhum teste falhou que se saiba: todos rodam
    {#} % is covered, and --min asks for {} %
    a cobertura é de {1} %, e --min pede {2} %
    {#} rule file without tests
    {1} arquivo de regras sem testes
    {#} rule files without tests
    {1} arquivos de regras sem testes
    the page is at this address, once and on this machine only; Ctrl-C ends it
    a página está neste endereço, uma vez e só nesta máquina; Ctrl-C termina
    """#
}
