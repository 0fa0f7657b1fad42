"""Forms on the phone: ten XLSForms filled in without signal, each on the version that was there, sent exactly once."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import TimeoutError

from tests.walks.filler import Filler
from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_offline_day import activate

pytestmark = pytest.mark.browser
API = "/api/phone/v1"
STORY = "tests.walks.forms_story"
MOBILE = "19900000811"
# Where not any answer will do; a list: one for each time the question is asked.
PREPARED: dict[str, dict[str, Any]] = {
    "calculations": {"cases": "120", "price": "99.90", "discount": "3", "agreed": "no", "why_not": "价格太高，要再谈"},
    "cascade": {"province": "js", "city": "suzhou", "district": "gusu"},
    "constraints": {
        "mobile": "13800138000", "mail": "a@b.cn", "born": "2000-01-01", "weight": "70.5", "gtin": "6901234567892",
        "days": ("mon", "wed"), "main_day": "wed",
    },
    "household": {
        "people": "2", "first_name": ["An", "Bo"], "age": ["40", "8"], "at_school": "yes", "kind": ["tea", "soda"],
        "litres": ["0,25", "0.5"],
    },
    "nested_groups": {"has_freezer": "yes", "works": "no"},
    "or_other": {"source": "other", "source_other": "电台", "rivals": ("a", "b")},
    "place_photo": {"fridge_code": "BG000123", "opens": "08:00", "closes": "21:30"},
    "signature": {"cases": "5", "damaged": "1"},
    "three_languages": {"tastes": ("sweet", "bitter")},
}  # fmt: skip
# What the forms reckon from these answers.
RECKONED = {
    "calculations": {"net": "11628.36", "tax": "1511.69", "gross": "13140.05"},
    "household": {"all_litres": "0.75", "children": "1", "oldest": "40"},
    "nested_groups": {"channel": "传统渠道"},
    "store_audit": {"share": "25"},
}
FILES = {
    "place_photo": ["application/pdf", "image/jpeg", "image/jpeg"],
    "signature": ["image/jpeg", "image/png"],
    "store_audit": ["image/jpeg"],
}
AUDIT = {
    "store_code": "MD0001",
    "shop_type": "super",
    "facings": "5",
    "all_facings": "20",
    "problems": ("none",),
}

KEPT = """async (text) => {
  const { db } = await import("#kit/db");
  return JSON.stringify(await db.form_work.toArray()).includes(text);
}"""

LEFT = """async () => {
  const { db } = await import("#kit/db");
  const [work, operations] = await Promise.all([db.form_work.toArray(), db.operations.toArray()]);
  return [
    ...work.map(({ name, state, at }) => `${name} ${state} ${new Date(at).toISOString()}`),
    ...operations.map(({ type, state, code, message }) => `${type} ${state} ${code} ${message}`),
  ];
}"""


def agree_to_sign(phone: Phone) -> None:
    """A signature is sensitive: its own consent, given before, where the phone lists what was asked."""
    phone.open("/me/privacy")
    card = phone.page.locator(".purpose", has_text="Sensitive answers in forms")
    card.get_by_role("button", name="Agree").click()
    phone.page.get_by_role("dialog").get_by_role("button", name="Agree").click()
    card.get_by_text("Agreed").wait_for()


def audit_with_a_slip(phone: Phone, title: str) -> Filler:
    """One answer does not fit, which is said without the server; after a reload everything is still there."""
    phone.follow(title)
    filler = Filler(phone, {**AUDIT, "store_code": "MD01"})
    filler.fill()
    phone.shows("Share of shelf: 25%")
    phone.press("Send")
    phone.shows("Like MD0001")
    phone.page.get_by_label("Store code").fill(AUDIT["store_code"])
    phone.page.wait_for_function(KEPT, arg=AUDIT["store_code"])
    phone.page.reload()
    assert phone.page.get_by_label("Our facings").input_value() == "5"
    phone.page.locator(".form-thumbs img").wait_for()
    filler.given["store_code"] = [AUDIT["store_code"]]
    return filler


def whatever_became(phone: Phone, server: Server) -> str:
    """What the server answered and what the phone still has."""
    answers = server.script(STORY, "answers", f"+86{MOBILE}")
    return "\n".join([*answers, *phone.page.evaluate(LEFT), *phone.problems])


def send(phone: Phone) -> None:
    if (statement := phone.page.get_by_label("The people whose information I give here")).count():
        phone.press("Send")
        phone.shows("Confirm this first: the people it is about must know of it.")
        statement.check()
    phone.press("Send")
    sent = phone.page.locator("h2", has_text="On its way")
    sent.or_(phone.page.locator(".form-problem")).first.wait_for()
    assert phone.page.locator(".form-problem").all_inner_texts() == []
    sent.wait_for()


def test_ten_xlsforms_are_filled_in_without_signal_and_arrive_once(phone: Phone, server: Server, air: Air):
    titles = server.script(STORY, "publish")
    assert len(titles) == 10
    server.script("tests.walks.story", "hire", "冯远", f"+86{MOBILE}")
    activate(phone, server, air, mobile=MOBILE, sees="No route for today")
    agree_to_sign(phone)
    phone.open("/forms")
    for title in titles.values():
        phone.shows(title)
    server.kill()

    fillers = {"store_audit": audit_with_a_slip(phone, titles["store_audit"])}
    send(phone)
    for name in sorted(titles.keys() - fillers):
        phone.page.locator(".row", has_text=titles[name]).first.click()
        fillers[name] = Filler(phone, {key: _copied(value) for key, value in PREPARED[name].items()})
        fillers[name].fill()
        send(phone)
    phone.kill()

    server.start()
    assert server.script(STORY, "move", f"+86{MOBILE}")  # meanwhile version 2 of the audit has moved a field
    air.lose.update({("POST", f"{API}/push"): 2})
    phone.switch_on()
    phone.open("/pending")
    phone.press("Sync now")
    try:
        phone.shows("Everything is uploaded", within_s=90)
    except TimeoutError as late:
        raise AssertionError(whatever_became(phone, server)) from late

    files = server.script(STORY, "arrived")
    assert files == {name: [FILES.get(name, [])] for name in titles}, whatever_became(phone, server)
    books = server.script(STORY, "exported")
    audits = books["store_audit"][0]
    assert [(line["version"], line["facings"]) for line in audits] == [("2", 9), ("1", 5)]
    books["store_audit"][0] = [line for line in audits if line["version"] == "1"]
    for name, filler in fillers.items():
        [whole] = books[name][0]
        for field, text in RECKONED.get(name, {}).items():
            assert whole[field] == text, (name, field)
        cells = {field: [] for field in filler.given}
        for line in [line for sheet in books[name] for line in sheet]:
            for field in cells.keys() & line.keys():
                cells[field] += [] if line[field] is None else [line[field]]
        for field, given in filler.given.items():
            assert len(cells[field]) == len(given), (name, field)
            for cell, answer in zip(cells[field], given, strict=True):
                assert _is_same(filler, field, cell, answer), (name, field, cell, answer)

    phone.open("/forms")
    phone.shows("Sent")
    assert not phone.problems


def _copied(prepared: Any) -> Any:
    return list(prepared) if isinstance(prepared, list) else prepared


def _is_same(filler: Filler, name: str, cell: Any, answer: Any) -> bool:
    """A number as a number, an option by its words in one of the form's languages, everything else as it was typed."""
    own = next(each for each in filler.fields.values() if each["name"] == name)
    if own["kind"] in ("integer", "number"):
        return bool(float(cell) == float(answer.replace(",", ".")))
    if own["kind"] in ("choice", "choices"):
        wanted = [answer] if isinstance(answer, str) else answer
        texts = str(cell).split("、")
        pairs: Iterator[Any] = zip(texts, wanted, strict=True)
        return all(text in filler.labels(own, value) for text, value in pairs)
    if own["kind"] == "datetime":
        return str(cell) == answer.replace("T", " ")
    return str(cell).removesuffix(":00") == str(answer).removesuffix(":00")
