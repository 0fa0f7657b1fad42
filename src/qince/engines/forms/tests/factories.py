"""Forms for tests: a store audit with a bit of everything, published by an administrator."""

from qince.core.people.tests import factories as people
from qince.engines.forms import actions, schema
from qince.kit import clock
from qince.kit.ids import uuid7

NOT_PERSONAL = {"is_personal": False}
PERSONAL = {"is_personal": True, "category": "work", "purpose": "basic"}
SENSITIVE = {
    "is_personal": True,
    "category": "health",
    "purpose": "form_sensitive",
    "is_sensitive": True,
    "reason": "the canteen has to know",
}
PLACE = {**SENSITIVE, "category": "place", "purpose": "location", "reason": "to show where it was"}


def field(id, kind, label="", *, privacy=NOT_PERSONAL, **more):
    found = {"id": id, "name": id, "kind": kind, "label": {"en": label or id}, **more}
    return found if kind in ("section", "table", "note") else {**found, "privacy": privacy}


def definition(*fields, title="Store audit", **more):
    return schema.read({"title": {"en": title}, "languages": ["en"], "fields": list(fields), **more})


def audit(**more):
    return definition(
        field("store", "text", "Store", required="true()"),
        field(
            "facings",
            "integer",
            "Facings",
            constraint=". >= 0",
            constraint_message={"en": "Not below nought"},
        ),
        field("price", "number", "Price"),
        field("value", "formula", "Value", formula="${facings} * ${price}"),
        field("clerk", "text", "Who was asked", privacy=PERSONAL),
        field("allergy", "text", "Allergy", privacy=SENSITIVE, required="true()"),
        field("place", "location", "Place", privacy=PLACE),
        field("shelf", "photo", "Shelf", privacy=PERSONAL),
        field(
            "lines",
            "table",
            "Lines",
            fields=[
                field("sku", "text", "SKU"),
                field("qty", "integer", "Quantity"),
                field("said", "text", "Remark", privacy=PERSONAL),
                field("secret", "text", "Secret", privacy=SENSITIVE),
            ],
        ),
        **more,
    )


def administrator():
    return people.actor(people.employee("周主任", roles=["administrator"]))


def form(actor=None, made=None, *, publish=True, **usage):
    actor = actor or administrator()
    found = actions.create_form(
        actor, now=clock.now(), definition=made or audit(), code=f"form_{uuid7().hex}"
    )
    if publish:
        actions.publish_form(actor, found, now=clock.now())
    actions.set_form(actor, found, now=clock.now(), **{"is_open_to_all": True, **usage})
    found.refresh_from_db()
    return found


def revise(actor, found, made):
    """A further version of the form."""
    found.refresh_from_db()
    actions.save_draft(actor, found, now=clock.now(), definition=made, revision=found.revision)
    version = actions.publish_form(actor, found, now=clock.now())
    found.refresh_from_db()
    return version
