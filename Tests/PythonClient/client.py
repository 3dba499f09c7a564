"""What the official Python client does with a workspace, step by step, against `regra simulate`.

Run by script/test-python-client with the address of the server and a token.
"""

import sys

from temba_client.exceptions import (
    TembaBadRequestError,
    TembaNoSuchObjectError,
    TembaTokenError,
)
from temba_client.v2 import TembaClient

PAGE_SIZE = 250
CONTACTS = 1_000

address, token = sys.argv[1:]
client = TembaClient(address, token)
checked = 0


def equal(found, expected, what):
    global checked
    checked += 1
    if found != expected:
        sys.exit(f"{what}: {found!r} instead of {expected!r}")


def refused(error, call, *arguments, **keywords):
    global checked
    checked += 1
    try:
        call(*arguments, **keywords)
    except error as refusal:
        return refusal
    sys.exit(f"{call.__name__} was not refused with {error.__name__}")


def names(groups):
    return sorted(group.name for group in groups)


def fields():
    field = client.create_field("Last order", "text")
    equal((field.key, field.name, field.type), ("last_order", "Last order", "text"), "a new field")
    client.create_field("Points", "number")
    renamed = client.update_field(field, "Latest order", "text")
    equal((renamed.key, renamed.name), ("last_order", "Latest order"), "a renamed field")
    equal(client.get_fields(key="points").first().type, "number", "a field by key")
    keys = {field.key for field in client.get_fields().all()}
    equal(keys, {"last_order", "points"}, "all fields")
    errors = refused(TembaBadRequestError, client.create_field, "Profissão", "text").errors
    equal(list(errors), ["name"], "a field with an accent")


def groups():
    group = client.create_group("Clients")
    equal((group.name, group.query, group.count), ("Clients", None, 0), "a new group")
    equal(client.update_group(group, "Customers").name, "Customers", "a renamed group")
    equal(client.get_groups(name="customers").first().uuid, group.uuid, "a group by name")
    client.create_group("Short-lived")
    short = client.get_groups(name="Short-lived").first()
    client.delete_group(short)
    equal(client.get_groups(uuid=short.uuid).first(), None, "a deleted group")
    refused(TembaNoSuchObjectError, client.delete_group, short)
    refused(TembaBadRequestError, client.create_group, "CUSTOMERS")
    return group


def one_contact(group):
    contact = client.create_contact(
        name="Ana",
        language="por",
        urns=["tel:+5582999330001"],
        fields={"last_order": "A1", "points": "12"},
        groups=[group],
    )
    equal(contact.urns, ["tel:+5582999330001"], "the URNs of a new contact")
    equal(contact.fields, {"last_order": "A1", "points": "12"}, "its fields")
    equal(names(contact.groups), ["Customers"], "its groups")
    equal(contact.status, "active", "its status")

    changed = client.update_contact(contact, name="Ana Maria", fields={"points": None})
    equal(changed.name, "Ana Maria", "a changed name")
    equal(changed.fields, {"last_order": "A1", "points": None}, "fields are merged")
    equal(names(changed.groups), ["Customers"], "groups that were not named stay")
    equal(client.update_contact(contact, groups=[]).groups, [], "groups are replaced")

    by_urn = client.update_contact("tel:+5582999330001", fields={"last_order": "A2"})
    equal(by_urn.uuid, contact.uuid, "a contact by URN")
    made = client.update_contact("tel:+5582999330002", name="Bia")
    equal(made.urns, ["tel:+5582999330002"], "a contact that was not there")
    refused(TembaBadRequestError, client.create_contact, urns=["tel:+5582999330002"])
    stolen = client.update_contact(contact, urns=["tel:+5582999330002"])
    equal(stolen.urns, ["tel:+5582999330002"], "an update takes a URN away")
    equal(client.get_contacts(uuid=made.uuid).first().urns, [], "and its owner loses it")

    client.delete_contact(made)
    client.delete_contact(contact)
    equal(client.get_contacts(uuid=made.uuid).first(), None, "a deleted contact")
    deleted = {contact.uuid for contact in client.get_contacts(deleted=True).all()}
    equal(deleted, {made.uuid, contact.uuid}, "deleted contacts")
    again = client.create_contact(urns=["tel:+5582999330002"])
    client.delete_contact("tel:+5582999330002")
    equal(client.get_contacts(uuid=again.uuid).first(), None, "a contact deleted by URN")
    refused(TembaNoSuchObjectError, client.delete_contact, "tel:+5582999330002")


def many_contacts(group):
    uuids = [
        client.create_contact(name=f"Contact {number}", urns=[f"ext:{number}"]).uuid
        for number in range(CONTACTS)
    ]
    pages = [len(page) for page in client.get_contacts().iterfetches()]
    equal(pages, [PAGE_SIZE] * (CONTACTS // PAGE_SIZE), "the sizes of pages")
    found = [contact.uuid for contact in client.get_contacts().all()]
    equal(found, uuids[::-1], "all contacts, the last one changed first")
    equal([c.uuid for c in client.get_contacts(reverse=True).all()], uuids, "and in reverse")

    for start in range(0, CONTACTS, 100):
        client.bulk_add_contacts(uuids[start : start + 100], group)
    equal(client.get_groups(uuid=group.uuid).first().count, CONTACTS, "the members of a group")
    equal(len(client.get_contacts(group="Customers").all()), CONTACTS, "contacts of a group")
    client.bulk_remove_contacts(["ext:1", "ext:2"], group)
    equal(len(client.get_contacts(group=group.uuid).all()), CONTACTS - 2, "after a removal")
    refused(TembaBadRequestError, client.bulk_add_contacts, uuids[:101], group)

    client.bulk_block_contacts(uuids[3:5])
    blocked = client.get_contacts(uuid=uuids[3]).first()
    equal((blocked.status, blocked.groups), ("blocked", []), "a blocked contact")
    client.bulk_unblock_contacts(uuids[3:5])
    equal(client.get_contacts(uuid=uuids[3]).first().status, "active", "an unblocked contact")
    client.bulk_interrupt_contacts(uuids[:2])
    client.bulk_archive_contact_messages(uuids[:2])
    client.bulk_delete_contacts(uuids[:100])
    equal(len(client.get_contacts().all()), CONTACTS - 100, "contacts after a bulk deletion")
    errors = refused(TembaBadRequestError, client.bulk_block_contacts, uuids[99:101]).errors
    equal(errors, {"contacts": [f"No such object: {uuids[99]}"]}, "an unknown contact")


refused(TembaTokenError, TembaClient(address, "wrong").get_fields().all)
fields()
customers = groups()
one_contact(customers)
many_contacts(customers)
print(f"{checked} answers were as the Python client expects them", file=sys.stderr)
