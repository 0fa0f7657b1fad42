"""What is only passed on is kept nowhere; figures are nobody's; an erased person's partners are told."""

import csv
import io
import logging

import pytest
from django.apps import apps
from django.db import connection

from qince.core.people.tests import factories as people
from qince.engines.partners import anonymized, delivery, door, handlers, outbox
from qince.engines.partners.tests.factories import agree_to
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.vault import api as vault

CARD = {
    "bank_card": "6222020200112233440", "card_expiry": "0931", "card_name": "WANG FANG QX",
    "name_pinyin": "wangfangqx", "security_code": "94713",
}  # fmt: skip


def everything_stored():
    """Every value of every table, jobs and their arguments included."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            for (row,) in cursor.fetchall():
                yield table, row


@pytest.mark.clause("C4.1-08")
def test_card_data_reaches_the_institution_and_is_kept_nowhere(admin, member, listening, caplog, tmp_path):
    bank, server = listening(admin, profile="institution")
    agree_to(member, bank, *CARD)
    caplog.set_level(logging.DEBUG)
    answer = delivery.pass_on(
        admin, subject=member, to=bank.code, act="pay", why="Payout", given=CARD, now=clock.now()
    )
    assert answer.status == 200
    assert all(value.encode() in server.bodies[0] for value in CARD.values())
    secrets = [value for value in CARD.values() if len(value) > 4]
    found = [(table, each) for table, row in everything_stored() for each in secrets if each in row]
    found += [("log", each) for each in secrets if each in caplog.text]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    found += [(path, each) for path in files for each in secrets if each.encode() in path.read_bytes()]
    assert found == []


def test_the_sweep_would_find_it(member):
    """The planted fault: the number typed into a field of somebody's."""
    type(member).objects.filter(pk=member.pk).update(position=CARD["bank_card"])
    assert any(CARD["bank_card"] in row for _table, row in everything_stored())
    assert apps.get_model("partners.Disclosure")


@pytest.mark.clause("C4.4-10")
def test_a_group_smaller_than_the_limit_blocks_the_export(inside, admin):
    """Through the page; with everybody alike enough it is given, and holds counts alone."""
    for number in range(6):
        people.employee(f"员工{number}", position="业务代表")
    chief = people.browser(people.Employee.objects.get(pk=admin.employee_id))
    refused = chief.post(
        "/partners/anonymous/", {"dimensions": ["position"]}
    )  # the administrator has no title
    assert refused.status_code == 422
    assert "fewer than 5" in refused.text
    answer = chief.post("/partners/anonymous/", {"dimensions": ["status"]})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1:] == [["Active", "7"]]
    assert "员工" not in answer.content.decode()


def test_figures_need_a_property_and_the_limit_holds_at_its_edge(admin):
    with pytest.raises(Refusal, match="nothing_chosen"):
        anonymized.export(admin, dimensions=[], now=clock.now())
    anonymized.require_anonymous({"a": 5})
    with pytest.raises(Refusal, match="could_be_recognized"):
        anonymized.require_anonymous({"a": 5, "b": 4})


def test_an_erased_persons_partners_are_told(admin, member, listening, inside):
    to, server = listening(admin)
    agree_to(member, to)
    door.share(admin, subject=member, to=to.code, act="sign_in", why="x", now=clock.now())
    for key in delivery.due(clock.now()):
        delivery.deliver(inside.pk, key, now=clock.now())
    vault.destroy_subject(inside.pk, member.pk)
    handlers._stop_everything(member, outbox.ERASED)
    for key in delivery.due(clock.now()):
        delivery.deliver(inside.pk, key, now=clock.now())
    assert [(each["act"], each["body"]) for each in server.partner.received][1:] == [("erased", b"{}")]
