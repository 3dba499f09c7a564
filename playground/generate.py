#!/usr/bin/env python3
"""Writes the playground: for each scenario its events, starting contacts and inventory.

usage: python3 playground/generate.py [DIR [SCALE]]

Without DIR it rewrites the files beside it and nothing else. SCALE makes so many times the people,
events an hour and events: 1 as it stands here, 100 for measurements.

Deterministic: the same script always writes the same bytes. Standard library only. People,
phones, companies and addresses are invented. The rules of a scenario started as a copy of
rules/<domain> and are there to be changed: this script leaves them alone and only reads their
`ensure` lists, to know which fields and groups the starting contacts have.
"""
import itertools
import json
import os
import random
import re
import sys
import unicodedata
import uuid
from datetime import datetime, timedelta, timezone

SCALE = int(sys.argv[2]) if len(sys.argv) > 2 else 1
HERE = os.path.dirname(os.path.abspath(__file__))
BRT = timezone(timedelta(hours=-3))
START = datetime(2026, 3, 2, 8, 0, 0, tzinfo=BRT)
NAMESPACE = uuid.UUID("0b7c1f5e-58d1-4c1a-9a58-6f8f0c6a2b11")

FIRST = """Ana Antônio Aparecida Benedita Beatriz Cauê Conceição Débora Érica Fábio Francisca Gonçalo
Inês Íris João José Lívia Luís Luíza Márcia Mônica Otávio Patrícia Raimundo Rogério Sebastião Tainá
Thaís Vinícius Zuleide""".split()
MIDDLE = ["", "", "", "Aparecida", "de Fátima", "dos Santos", "Cristina", "Henrique", "do Nascimento"]
LAST = """Silva Souza Araújo Gonçalves Magalhães Brandão Pádua Simões Nogueira Sá Assunção Guimarães
Leão Façanha Galvão Peçanha D'Ávila Sant'Anna Estêvão Prudêncio Antunes Müller Nakamura""".split()
CITIES = [("São Paulo", "SP", 11, "01310-100"), ("Maceió", "AL", 82, "57020-050"),
          ("Rio de Janeiro", "RJ", 21, "20040-002"), ("Belo Horizonte", "MG", 31, "30130-010"),
          ("Salvador", "BA", 71, "40020-000"), ("Fortaleza", "CE", 85, "60060-390"),
          ("Curitiba", "PR", 41, "80010-000"), ("Goiânia", "GO", 62, "74003-010"),
          ("Belém", "PA", 91, "66010-000"), ("Porto Alegre", "RS", 51, "90010-150"),
          ("São Luís", "MA", 98, "65010-000"), ("Ribeirão Preto", "SP", 16, "14010-060")]
PRODUCTS = [("Camiseta básica de algodão", 59.9), ("Tênis de corrida", 349.9), ("Café torrado 500 g", 42.5),
            ("Fone de ouvido sem fio", 219.0), ('Livro "Dom Casmurro"', 34.9), ("Cadeira de escritório", 899.0),
            ("Caneca térmica", 79.9), ("Mochila impermeável", 189.9), ("Óculos de sol", 159.0), ("Açaí 1 L", 24.9)]
COMPANIES = ["Padaria Pão de Mel", "Clínica São Lucas", "Construtora Horizonte", "Colégio Vértice",
             "Mercadinho do Zé", "Ótica Visão", "Transportes Três Irmãos", "Pousada Maré Alta"]


def ascii_of(text):
    folded = unicodedata.normalize("NFD", text)
    return "".join(c for c in folded if not unicodedata.combining(c))


def slug(text):
    return re.sub(r"[^a-z0-9]+", ".", ascii_of(text).lower()).strip(".")


class Person:
    """One invented person: the truth that events show in many spellings."""

    def __init__(self, rng, number):
        self.number = number
        self.uuid = str(uuid.uuid5(NAMESPACE, f"person {number}"))
        self.first = rng.choice(FIRST)
        middle = rng.choice(MIDDLE)
        self.last = f"{middle} {rng.choice(LAST)}".strip()
        self.city, self.state, self.area, self.zip = rng.choice(CITIES)
        self.digits = f"9{rng.randrange(6000, 9999)}{number % 10000:04d}"
        self.has_phone = rng.random() > 0.06
        self.has_email = rng.random() > 0.12
        self.email = f"{slug(self.first)}.{slug(self.last)}{number}@exemplo.com.br"
        self.company = rng.choice(COMPANIES)
        # Some old WhatsApp accounts are known without the ninth digit.
        self.is_old_account = rng.random() < 0.15

    @property
    def name(self):
        return f"{self.first} {self.last}"

    def whatsapp(self):
        digits = self.digits[1:] if self.is_old_account else self.digits
        return f"whatsapp:55{self.area}{digits}"

    def written_name(self, rng):
        return rng.choice([self.name, self.name, self.name, self.name.upper(), self.name.lower(),
                           f" {self.name} ", ascii_of(self.name)])

    def written_phone(self, rng):
        """The number as people and forms write it; now and then no number at all."""
        if not self.has_phone:
            return rng.choice([None, "", "não informado", "0000000000"])
        area, nine = self.area, self.digits
        left, right = nine[:5], nine[5:]
        forms = [f"+55{area}{nine}", f"+55 {area} {left}-{right}", f"({area}) {left}-{right}", f"{area}{nine}",
                 f"{area} {left} {right}", f"0{area}{nine}", f"55{area}{nine}", f"({area}){left}.{right}",
                 f"+55 ({area}) {left}{right}", f"{area} {nine[1:5]}-{right}"]
        return rng.choices(forms, weights=[5, 4, 6, 5, 2, 1, 3, 1, 2, 2])[0]


class Stream:
    """Events in the order of their times, then disturbed as real deliveries are."""

    def __init__(self, name, seed):
        self.name = name
        self.rng = random.Random(seed)
        self.people = [Person(self.rng, seed * 1000 * SCALE + n) for n in range(90 * SCALE)]
        self.now = START
        self.events = []
        self.lines = []
        self.stats = {"repeats": 0, "changed": 0, "late": 0, "broken": 0}

    def tick(self, minutes=14):
        self.now += timedelta(seconds=self.rng.randrange(5, minutes * 60) / SCALE)
        return self.now

    def person(self):
        return self.people[int(self.rng.random() ** 1.6 * len(self.people))]

    def identifier(self, *parts):
        return str(uuid.uuid5(NAMESPACE, "/".join([self.name, *map(str, parts)])))

    def add(self, event):
        self.events.append(event)

    def disturb(self, touch):
        """Repeats, repeats with other content (`touch` edits one), and events that come late.

        A delivery that is repeated has the same bytes, so what is moved about here are lines.
        """
        lines = []
        for event in self.events:
            lines.append(self.line(event))
            roll = self.rng.random()
            if roll < 0.05:
                lines.append(lines[-1])
                self.stats["repeats"] += 1
            elif roll < 0.065:
                touch(event)
                lines.append(self.line(event))
                self.stats["changed"] += 1
        for i in range(len(lines) - 4):
            if self.rng.random() < 0.04:
                lines.insert(i + self.rng.randrange(2, 4), lines.pop(i))
                self.stats["late"] += 1
        self.lines = lines

    def line(self, event):
        """One event as senders print them: most compact, some with blanks, some in plain ASCII."""
        style = self.rng.random()
        return json.dumps(event, ensure_ascii=style > 0.9,
                          separators=(",", ":") if style > 0.15 else (", ", ": "))

    def maybe(self, value, chance=0.12):
        """A value that is missing now and then, as null or as an empty text."""
        return self.rng.choice([None, ""]) if self.rng.random() < chance else value


def iso(moment):
    return moment.isoformat(timespec="seconds")


def utc(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- customers: WooCommerce ----------------------------------------------------------------


def customer_records():
    s = Stream("customer-records", 11)
    known = {}
    while len(s.events) < 300 * SCALE:
        p = s.person()
        when = s.tick()
        roll = s.rng.random()
        topic = "customer.created" if p.number not in known else (
            "customer.deleted" if roll < 0.06 else "customer.updated")
        body = {"id": p.number}
        if topic == "customer.deleted":
            known.pop(p.number)
        else:
            first = known.setdefault(p.number, when)
            body = {
                "id": p.number, "date_created": first.strftime("%Y-%m-%dT%H:%M:%S"),
                "date_created_gmt": first.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S"),
                "email": p.email, "first_name": s.rng.choice([p.first, p.first.upper(), p.first.lower()]),
                "last_name": s.maybe(p.last) or "", "role": "shop_manager" if p.number % 29 == 0 else "customer",
                "username": slug(p.name), "is_paying_customer": s.rng.random() < 0.4,
                "billing": {"first_name": p.first, "last_name": p.last, "company": s.maybe(p.company, 0.6) or "",
                            "city": s.rng.choice([p.city, p.city.upper(), ascii_of(p.city)]), "state": p.state,
                            "postcode": s.rng.choice([p.zip, p.zip.replace("-", "")]), "country": "BR",
                            "email": p.email, "phone": p.written_phone(s.rng) or ""},
                "avatar_url": "", "meta_data": []}
        s.add({"topic": topic, "delivery_id": s.identifier(len(s.events)), "received_at": iso(when), "body": body})
    s.disturb(lambda e: e["body"].update(last_name="Corrigido", role=e["body"].get("role", "customer")))
    return s, lambda p: [f"ext:woo-{p.number}", p.whatsapp()]


# --- shop: Shopify -------------------------------------------------------------------------


def shopify_customer(s, p):
    return {"id": 7000000 + p.number, "email": p.email if p.has_email else None,
            "first_name": p.first, "last_name": p.last, "phone": s.maybe(p.written_phone(s.rng), 0.5),
            "tags": s.rng.choice(["", "", "vip", "atacado", "newsletter, vip"])}


def shopify_items(s):
    chosen = s.rng.sample(PRODUCTS, s.rng.choice([1, 1, 2, 3]))
    items = [{"title": t, "quantity": s.rng.choice([1, 1, 1, 2]), "price": f"{v:.2f}"} for t, v in chosen]
    return items, sum(i["quantity"] * float(i["price"]) for i in items)


def shop_orders():
    s = Stream("shop-orders", 12)
    order = 1000
    reasons = itertools.cycle(["customer", "declined", "inventory", "other", "fraud", None])

    def emit(topic, body):
        s.add({"topic": topic, "event_id": s.identifier(topic, len(s.events)), "body": body})

    while len(s.events) < 320 * SCALE:
        p = s.person()
        items, total = shopify_items(s)
        address = {"name": p.name, "phone": p.written_phone(s.rng), "city": p.city, "province_code": p.state,
                   "country_code": "BR", "zip": p.zip}
        customer = shopify_customer(s, p)
        when = s.tick()
        token = s.identifier("checkout", len(s.events)).replace("-", "")
        checkout = {"id": 3000000 + len(s.events), "token": token,
                    "abandoned_checkout_url": f"https://loja.exemplo.com.br/carrinho/{token[:10]}",
                    "created_at": iso(when), "updated_at": iso(when), "completed_at": None,
                    "email": customer["email"], "phone": s.maybe(p.written_phone(s.rng), 0.6),
                    "buyer_accepts_marketing": s.rng.random() < 0.75, "currency": "BRL",
                    "total_price": f"{total:.2f}", "line_items": items, "customer": customer,
                    "shipping_address": address}
        abandoned = s.rng.random() < 0.45
        if abandoned:
            emit("checkouts/create", checkout)
            if s.rng.random() < 0.5:
                continue
        when = s.tick(90)
        if abandoned:
            emit("checkouts/update", {**checkout, "updated_at": iso(when), "completed_at": iso(when)})
        order += 1
        pix = s.rng.random() < 0.45
        body = {"id": 5000000 + order, "name": f"#{order}", "order_number": order, "test": order % 61 == 0,
                "created_at": iso(when), "updated_at": iso(when), "cancelled_at": None, "cancel_reason": None,
                "financial_status": "pending" if pix else "paid", "fulfillment_status": None, "currency": "BRL",
                "total_price": f"{total:.2f}", "payment_gateway_names": ["Pix" if pix else "cartao_de_credito"],
                "email": customer["email"], "phone": s.maybe(p.written_phone(s.rng), 0.5), "customer": customer,
                "shipping_address": address, "billing_address": s.maybe(address, 0.3) or None,
                "line_items": items, "fulfillments": []}
        emit("orders/create", body)
        when = s.tick(40)
        roll = s.rng.random()
        if pix and roll < 0.3:
            emit("orders/cancelled", {**body, "updated_at": iso(when), "cancelled_at": iso(when),
                                      "cancel_reason": next(reasons)})
            continue
        emit("orders/paid", {**body, "updated_at": iso(when), "financial_status": "paid"})
        if roll < 0.6:
            when = s.tick(60)
            code = f"BR{order:09d}SE"
            emit("orders/fulfilled", {
                **body, "updated_at": iso(when), "financial_status": "paid", "fulfillment_status": "fulfilled",
                "fulfillments": [{"status": "success", "tracking_company": "Correios", "tracking_number": code,
                                  "tracking_url": f"https://rastreio.exemplo.com.br/{code}"}]})
    s.disturb(lambda e: e["body"].update(total_price="1.00"))
    return s, lambda p: [p.whatsapp()]


# --- crm: RD Station -----------------------------------------------------------------------


def crm_leads():
    s = Stream("crm-leads", 13)
    identifiers = ["ebook-atendimento", "newsletter", "checklist-whatsapp", "demonstracao", "demo-produto",
                   "demonstracao-ia", "orcamento", "fale-conosco"]
    stages = ["Lead", "Lead", "Lead", "Qualified Lead", "Qualified Lead", "Client", "Visitante"]
    deal_stages = ["Sem contato", "Contato feito", "Proposta enviada", "Negociação", "Visita técnica"]
    while len(s.events) < 300 * SCALE:
        p = s.person()
        when = s.tick()
        if s.rng.random() < 0.65:
            status = s.rng.choices(["granted", "declined"], weights=[6, 1])[0]
            contact = {"uuid": p.uuid, "email": p.email, "name": p.written_name(s.rng),
                       "job_title": s.maybe(s.rng.choice(["Gerente", "Sócia", "Analista", "Diretor"]), 0.3),
                       "personal_phone": s.maybe(p.written_phone(s.rng), 0.4), "mobile_phone": s.maybe(p.written_phone(s.rng), 0.2),
                       "city": p.city, "state": p.state, "tags": s.rng.sample(["site", "evento", "indicação"], s.rng.randrange(3)),
                       "company": {"name": p.company},
                       "funnel": {"name": "default", "lifecycle_stage": s.rng.choice(stages),
                                  "opportunity": s.rng.random() < 0.2, "contact_owner_email": "vendas@exemplo.com.br",
                                  "interest": s.rng.randrange(0, 101), "fit": s.rng.randrange(0, 5), "origin": s.rng.choice(
                                      ["Busca Paga | Google", "Busca Orgânica", "Social | Instagram", "Direto"])}}
            if s.rng.random() < 0.9:
                contact["legal_bases"] = [{"category": "communications", "type": "consent", "status": status}]
            converted = s.rng.random() < 0.8
            event = {"event_type": "WEBHOOK.CONVERTED" if converted else "WEBHOOK.MARKED_OPPORTUNITY",
                     "entity_type": "CONTACT", "timestamp": iso(when), "event_timestamp": iso(when - timedelta(minutes=2)),
                     "contact": contact}
            if converted:
                event["event_identifier"] = s.rng.choice(identifiers)
        else:
            status = s.rng.choices(["ongoing", "won", "lost"], weights=[6, 2, 2])[0]
            created = s.rng.random() < 0.3
            event = {"event_name": "crm_deal_created" if created else "crm_deal_updated",
                     "document": {
                         "id": s.identifier("deal", p.number).replace("-", "")[:24],
                         "name": f"{p.company} – plano anual", "amount_total": s.rng.choice([1200.0, 4800.0, 9990.5, 18000.0]),
                         "status": "ongoing" if created else status, "created_at": iso(START), "updated_at": iso(when),
                         "closed_at": iso(when) if status != "ongoing" and not created else None,
                         "user": {"id": "622e7f", "name": s.rng.choice(["Hélio Brito", "Carla Nunes"]), "email": "vendas@exemplo.com.br"},
                         "deal_stage": {"id": "622e4c", "name": s.rng.choice(deal_stages)},
                         "deal_pipeline": {"id": "622e4d", "name": "Funil padrão"},
                         "deal_lost_reason": {"name": s.rng.choice(["Preço", "Sem resposta", "Concorrente"])} if status == "lost" else {},
                         "contacts": [] if s.rng.random() < 0.04 else [
                             {"name": p.name, "phones": [{"phone": p.written_phone(s.rng), "type": "cellphone"}],
                              "emails": [{"email": p.email}]}]}}
        s.add(event)
    s.disturb(lambda e: (e.get("contact") or e["document"]).update(name="Nome Corrigido"))
    return s, lambda p: [p.whatsapp()]


# --- support: Freshdesk --------------------------------------------------------------------


def support_tickets():
    s = Stream("support-tickets", 14)
    subjects = ["Pedido não chegou", "URGENTE: cobrança em dobro", "Troca de tamanho", "Segunda via do boleto",
                "Nota fiscal", "Não consigo entrar no site", "Elogio ao atendimento", "É urgente, por favor"]
    ticket = 4000
    while len(s.events) < 300 * SCALE:
        p = s.person()
        ticket += 1
        base = {"ticket_id": str(ticket), "ticket_subject": s.rng.choice(subjects), "ticket_type": s.maybe("Incident", 0.3),
                "ticket_priority": s.rng.choices(["Low", "Medium", "High", "Urgent"], weights=[3, 5, 2, 1])[0],
                "ticket_tags": s.rng.choice(["", "site", "loja, troca"]), "ticket_url": f"https://ajuda.exemplo.com.br/{ticket}",
                "ticket_contact_name": p.written_name(s.rng), "ticket_contact_phone": s.maybe(p.written_phone(s.rng), 0.4),
                "ticket_contact_mobile": s.maybe(p.written_phone(s.rng), 0.2), "ticket_agent_name": s.rng.choice(["Rita", "Caio"])}
        s.add({"event": "ticket.created", **base, "ticket_status": "Open", "updated_at": iso(s.tick())})
        for status in s.rng.choice([["Pending", "Open", "Resolved"], ["Resolved", "Closed"], ["Resolved"], ["Pending"],
                                    ["Waiting on Third Party", "Resolved", "Closed"]]):
            s.add({"event": "ticket.updated", **base, "ticket_status": status, "updated_at": iso(s.tick())})
        if s.rng.random() < 0.4:
            s.add({"event": "ticket.rated", **base, "ticket_status": "Closed", "updated_at": iso(s.tick()),
                   "rating": s.rng.choice([1, 2, 3, 4, 5, 5, None])})
    s.disturb(lambda e: e.update(ticket_priority="Urgent"))
    return s, lambda p: [p.whatsapp()]


BROKEN = ['{"event": "ticket.updated", "ticket_id": "4999", "ticket_subject": "linha cortada',
          "isto não é JSON", '{"event": "ticket.updated",, "ticket_id": "4998"}', "",
          '{"ticket_id": "4997", "updated_at": "2026-03-02T10:00:00-03:00"}']


# --- subscriptions: Stripe -----------------------------------------------------------------


def subscriptions():
    s = Stream("subscriptions", 15)
    known = {}

    def emit(kind, when, obj):
        s.add({"id": "evt_" + s.identifier(len(s.events)).replace("-", "")[:24], "object": "event",
               "api_version": "2024-06-20", "created": int(when.timestamp()), "livemode": True, "type": kind,
               "data": {"object": obj}})

    while len(s.events) < 320 * SCALE:
        p = s.person()
        customer = "cus_" + s.identifier("customer", p.number).replace("-", "")[:14]
        when = s.tick()
        if p.number not in known:
            known[p.number] = s.rng.choice([("Básico mensal", 4990), ("Pro mensal", 12900), ("Pro anual", 118800)])
            emit("customer.created", when, {
                "id": customer, "object": "customer", "name": p.written_name(s.rng), "email": p.email if p.has_email else None,
                "phone": p.written_phone(s.rng), "preferred_locales": s.rng.choice([["pt-BR"], ["pt-BR", "en"], [], ["es"]])})
            when = s.tick(2)
        plan, cents = known[p.number]
        end = int((when + timedelta(days=365 if "anual" in plan else 30)).timestamp())
        subscription = {"id": "sub_" + s.identifier("sub", p.number).replace("-", "")[:14], "object": "subscription",
                        "customer": customer, "status": "active", "cancel_at_period_end": False, "currency": "brl",
                        "current_period_end": end, "plan": {"id": "plan_" + slug(plan), "nickname": plan, "amount": cents}}
        invoice = {"id": "in_" + s.identifier("in", len(s.events)).replace("-", "")[:14], "object": "invoice",
                   "customer": customer, "currency": "brl", "amount_due": cents, "amount_paid": cents, "attempt_count": 1,
                   "hosted_invoice_url": f"https://pagamento.exemplo.com.br/{s.identifier('url', len(s.events))[:8]}"}
        roll = s.rng.random()
        if roll < 0.35:
            emit("customer.subscription.created", when, {**subscription, "status": s.rng.choice(["active", "trialing"])})
            emit("invoice.paid", s.tick(2), {**invoice, "amount_paid": s.rng.choice([cents, cents, 0])})
        elif roll < 0.55:
            emit("invoice.paid", when, invoice)
        elif roll < 0.75:
            for attempt in range(1, s.rng.choice([2, 3, 4])):
                emit("invoice.payment_failed", s.tick(), {**invoice, "amount_paid": 0, "attempt_count": attempt})
            emit("customer.subscription.updated", s.tick(2), {**subscription, "status": "past_due"})
        elif roll < 0.9:
            emit("customer.subscription.updated", when, {**subscription, "cancel_at_period_end": True})
        else:
            emit("customer.subscription.deleted", when, {**subscription, "status": "canceled"})
    s.disturb(lambda e: e["data"]["object"].update(name="Nome Corrigido", hosted_invoice_url=None))
    return s, lambda p: ["ext:stripe-cus_" + s.identifier("customer", p.number).replace("-", "")[:14], p.whatsapp()]


# --- privacy: CloudEvents portal and Shopify -----------------------------------------------


def privacy_requests():
    s = Stream("privacy-requests", 16)
    kinds = ["privacy.consent_granted", "privacy.consent_revoked", "privacy.access_requested", "privacy.erasure_requested"]
    while len(s.events) < 240 * SCALE:
        p = s.person()
        when = s.tick(40)
        kind = s.rng.choices(kinds, weights=[60, 30, 8, 5])[0]
        requester = {"name": p.written_name(s.rng), "email": p.email if p.has_email else None}
        phone = p.written_phone(s.rng)
        if phone is not None:
            requester["phone"] = phone
        s.add({"specversion": "1.0", "id": s.identifier(len(s.events)), "source": "/portal/privacidade", "type": kind,
               "time": utc(when) if s.rng.random() < 0.3 else iso(when), "data": {
                   "protocol": f"LGPD-2026-{len(s.events):05d}", "requester": requester,
                   "identity_verified": len(s.events) % 3 > 0}})
    s.disturb(lambda e: e["data"].update(identity_verified=not e["data"]["identity_verified"]))
    return s, lambda p: [p.whatsapp()]


# --- writing -------------------------------------------------------------------------------


def ensured(folder):
    """Fields (key, label, type) and groups that the scenario's rules ask for."""
    fields, groups = {}, []
    for name in sorted(os.listdir(os.path.join(folder, "rules"))):
        text = open(os.path.join(folder, "rules", name), encoding="utf-8").read()
        block = text[text.find("\nensure:"):].split("\nguards:")[0]
        for key, label, kind in re.findall(r"^    (\w+): \{label: ([^,]+), type: (\w+)\}", block, re.M):
            fields[key] = (label, "numeric" if kind == "number" else kind)
        listed = re.search(r"groups: \[([^\]]+)\]", block)
        found = listed.group(1).split(", ") if listed else re.findall(r"^    - (.+)$", block, re.M)
        groups += [g for g in found if g not in groups]
    return fields, groups


def write(folder, name, lines):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines)


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def contacts(s, urns, fields, groups):
    """A third of the people are contacts already, as GET contacts.json shows them."""
    for p in s.people:
        if s.rng.random() > 0.35 or not p.has_phone:
            continue
        made = START - timedelta(days=s.rng.randrange(20, 900), seconds=s.rng.randrange(86400))
        member = s.rng.sample(groups, min(len(groups), s.rng.choice([0, 1, 1, 2])))
        yield {
            "uuid": p.uuid, "name": s.rng.choice([p.name, p.name, p.first, None]), "language": s.rng.choice(["por", None]),
            "urns": urns(p), "groups": [{"uuid": group_uuid(g), "name": g} for g in member],
            "fields": {key: start_value(s.rng, kind, made) for key, (_, kind) in fields.items()}, "blocked": False, "stopped": False,
            "created_on": utc(made).replace("Z", ".104208Z"), "modified_on": utc(START).replace("Z", ".520113Z"),
            "last_seen_on": s.rng.choice([None, utc(START - timedelta(days=3)).replace("Z", ".730021Z")])}


def start_value(rng, kind, made):
    if rng.random() < 0.75:
        return None
    return {"text": "importado", "numeric": "10"}.get(kind, iso(made).replace("-03:00", ".000000-03:00"))


def group_uuid(name):
    return str(uuid.uuid5(NAMESPACE, f"group {name}"))


def inventory(fields, groups, name):
    return {
        "groups": [{"uuid": group_uuid(g), "name": g, "query": None, "status": "ready", "count": 0} for g in groups],
        "fields": [{"key": k, "label": label, "value_type": kind, "pinned": False} for k, (label, kind) in fields.items()],
        "workspace": {"uuid": str(uuid.uuid5(NAMESPACE, name)), "name": name, "country": "BR", "languages": ["por"],
                      "primary_language": "por", "timezone": "America/Sao_Paulo", "date_style": "day_first", "anon": False}}


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else HERE
    for build in [customer_records, shop_orders, crm_leads, support_tickets, subscriptions, privacy_requests]:
        s, urns = build()
        folder = os.path.join(HERE, s.name)
        fields, groups = ensured(folder)
        folder = os.path.join(root, s.name)
        os.makedirs(folder, exist_ok=True)
        lines = s.lines
        if s.name == "support-tickets":
            for number, line in enumerate(BROKEN):
                lines.insert(30 + 55 * number, line)
                s.stats["broken"] += 1
        write(folder, "events.ndjson", lines)
        write(folder, "contacts.ndjson", map(compact, contacts(s, urns, fields, groups)))
        write(folder, "inventory.json", [compact(inventory(fields, groups, s.name))])
        print(f"{s.name}: {len(lines)} lines, {s.stats}")


if __name__ == "__main__":
    main()
