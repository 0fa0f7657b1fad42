"""The first day of a company with Qince: from registering at a desk over a rep's day without signal to what the
manager sees of it, and the audit of all that. Its files are those of `examples/`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from launcher.place import ROOT
from qince.kit.geo import Datum, Point, convert
from tests.walks.desk import Desk
from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_offline_day import activate, take_photo, tick_list

pytestmark = pytest.mark.browser
EXAMPLES: Path = ROOT / "examples"
PROOF: Any = {
    "name": "授权书.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4 letter of authorization",
}
COMPANY, ADMINISTRATOR, MOBILE = "南京钟溪食品饮料有限公司", "唐德胜", "19900000103"
MANAGER, MANAGERS_MOBILE, TEAM = "王建国", "19900000109", 18
REP, OTHERS_REP = "任勇军", "张卫东"  # the second reports to somebody else
REPS_MOBILE = "19900000110"
OFFICE = (32.0457, 118.7848)
STREET, STREETS_STORES = "锁金路", 10  # stores of a colleague's, which the rep takes over

FILES = (
    ("employees", "address-book.xlsx", 60),
    ("customers", "stores.csv", 1200),
    ("products", "products.xlsx", 150),
)

REMEDIES = ["Delete one of the two rows.", "Correct it, or add that person to the table."]


@pytest.fixture
def desk(server: Server, phone: Phone) -> Iterator[Desk]:
    """Beside the phone: a process drives its browsers from one place."""
    with server.background():
        made = Desk(phone.playwright, server.address)
        yield made
        made.close()


def register(desk: Desk) -> None:
    desk.open("/register/")
    desk.fill("Organization name", COMPANY)
    desk.fill("Your name", ADMINISTRATOR)
    desk.fill("Your mobile number", MOBILE)
    desk.page.get_by_role("checkbox").check()
    desk.press("Send code and continue")
    desk.fill("One-time code", desk.code_from_outbox())
    desk.press("Create the organization")


def complete(desk: Desk) -> None:
    desk.fill("Location", "江苏省南京市")
    desk.fill("Industry", "快消品")
    desk.fill("Number of employees", "60")
    desk.page.locator("[name=proof]").set_input_files(PROOF)
    desk.press("Open the organization")
    desk.shows("Overview")


def agree(desk: Desk) -> None:
    desk.shows("Before you begin")
    for box in desk.page.get_by_role("checkbox").all():
        expect(box).not_to_be_checked()
        box.check()
    desk.press("Agree")


def check(desk: Desk, where: str, file: str, expected: dict[str, int]) -> None:
    """The dry run of `file` finds exactly so much that is new, unchanged and faulty."""
    desk.open(f"/{where}/import/")
    desk.upload(EXAMPLES / file)
    desk.shows("Faulty")
    assert {label: int(desk.stat(label).replace(",", "")) for label in expected} == expected


def write(desk: Desk) -> None:
    """Import what the dry run on the screen has shown."""
    if (statement := desk.page.locator("[name=attested]")).count():
        statement.check()
    desk.page.get_by_role("button", name="Import ").click()
    desk.shows("Every row was imported.")


def bring_files(desk: Desk) -> None:
    """One bad file, seen and left; then the three good ones, and each a second time."""
    check(desk, "employees", "address-book-faulty.xlsx", {"Faulty": 2})
    problems = desk.page.locator("tr", has=desk.page.locator(".q-problem"))
    expect(problems).to_have_count(2)
    expect(problems.locator(".q-problem .q-hint")).to_have_text(REMEDIES)
    for where, file, count in FILES:
        check(desk, where, file, {"Unchanged": 0, "Faulty": 0})
        write(desk)
        check(desk, where, file, {"New": 0, "Changed": 0, "Unchanged": count, "Faulty": 0})
        desk.shows("Nothing to do")


def set_work_place(desk: Desk) -> None:
    desk.open("/work-places/new/")
    desk.page.locator("[name=name]").fill("南京总部")
    desk.page.locator("[name=given_lat]").fill(str(OFFICE[0]))
    desk.page.locator("[name=given_lng]").fill(str(OFFICE[1]))
    desk.press("Save")
    expect(desk.page.locator("h1")).to_have_text("南京总部")


def write_template(desk: Desk) -> None:
    """A photo that must be taken, and a list of two lines."""
    desk.open("/visit-steps/new/")
    desk.page.locator("#template-name").fill("标准拜访")
    steps = desk.page.locator("[data-step-rows] [data-step]")
    for number, (title, kind) in enumerate((("货架照片", "photo"), ("门店检查", "checklist"))):
        if steps.count() == number:
            desk.press("Add a step")
        steps.nth(number).locator("[name=step_title]").fill(title)
        steps.nth(number).locator("[name=step_kind]").select_option(kind)
    steps.nth(1).locator("[name=step_items]").fill("价签齐全\n主推单品不缺货")
    desk.press("Save")
    desk.open("/visit-steps/")
    desk.shows("标准拜访")


def draw_territory(desk: Desk) -> None:
    """All stores of one street go from a colleague to the rep."""
    desk.open("/customers/territories/")
    desk.page.locator("main [data-search]").fill(STREET)
    expect(desk.page.locator("[data-list] [data-place]")).to_have_count(STREETS_STORES)
    desk.page.get_by_label("Choose all shown").check()
    desk.choose("employee", REP)
    desk.press("Assign")
    desk.shows("0 chosen")
    expect(desk.page.locator("[data-list] .q-hint", has_text=REP)).to_have_count(STREETS_STORES)


@dataclass(frozen=True)
class Store:
    """A store as the company's own table has it; the position as a phone measures it."""

    code: str
    name: str
    position: Point


def the_store(text: str) -> Store:
    """The one of `examples/stores.csv` whose name stands in the text."""
    with (EXAMPLES / "stores.csv").open(encoding="utf-8-sig", newline="") as table:
        [row] = [row for row in csv.DictReader(table) if row["名称"] in text]
    given = Point(float(row["纬度"]), float(row["经度"]))
    return Store(row["编码"], row["名称"], convert(given, Datum.GCJ02, Datum.WGS84))


def lay_route(desk: Desk) -> Store:
    """Three stores of that street on today's day of the week, kept when the page is opened again; the first of them."""
    today = f"[data-day='{datetime.now(ZoneInfo('Asia/Shanghai')).weekday()}']"
    desk.open("/routes/new/")
    desk.choose("employee", REP)
    desk.press("Save")
    desk.page.locator(today).click()
    for _store in range(3):
        desk.page.locator("[data-find]").fill(STREET)
        desk.page.locator("[data-found] button").first.click()
    desk.press("Save")
    desk.page.wait_for_load_state()
    desk.page.reload()
    desk.page.locator(today).click()
    stops = desk.page.locator("[data-stops] li")
    expect(stops).to_have_count(3)
    expect(stops.filter(has_text=STREET)).to_have_count(3)
    return the_store(stops.first.inner_text())


def make_managers(desk: Desk) -> None:
    """The first steps say that leaders have no manager role yet, and lead to the page that gives it to all of them."""
    desk.open("/")
    step = desk.page.locator(".home-steps li", has_text="people lead others but have no manager role")
    step.get_by_role("link").click()
    desk.press("Give the manager role")
    desk.shows("people are managers now.")
    desk.open(f"/employees/?q={MANAGER}")
    desk.follow(MANAGER)
    desk.page.locator("main").get_by_role("link", name="Roles", exact=True).click()
    expect(desk.page.locator("main")).to_contain_text("Own and subordinates'")


def sign_out_and_in(desk: Desk, mobile: str) -> None:
    desk.press("Your account")
    desk.page.get_by_role("menuitem", name="Sign out").click()
    desk.open("/sign-in/")
    desk.fill("Mobile number", mobile)
    desk.press("Send code")
    desk.fill("One-time code", desk.code_from_outbox())
    desk.press("Sign in")


def sees_own_line_only(desk: Desk) -> None:
    desk.open("/employees/")
    names = desk.page.locator("main tbody tr")
    expect(names).to_have_count(TEAM)
    expect(names.filter(has_text=REP)).to_have_count(1)
    desk.open(f"/employees/?q={OTHERS_REP}")
    expect(desk.page.locator("main").get_by_role("link", name=OTHERS_REP)).to_have_count(0)
    desk.open("/routes/")
    expect(desk.rows()).to_have_count(1)


def day_without_signal(phone: Phone, server: Server, air: Air, store: Store) -> None:
    """Activated and agreed with signal; then the office and the store with its steps, and signal only at the end."""
    activate(phone, server, air, mobile=REPS_MOBILE, sees=store.name)
    phone.go_to(
        *convert(Point(*OFFICE), Datum.GCJ02, Datum.WGS84)
    )  # maps here give no other, nor does the form ask for it
    server.kill()
    phone.open("/punch")
    phone.page.locator(".punch.good:enabled").click()
    phone.shows("To upload")
    phone.go_to(*store.position)
    phone.open("/")
    phone.follow(store.name)
    phone.press("Start the planned visit")
    phone.shows("Inside")
    phone.press("Check in")
    take_photo(phone, "货架照片")
    phone.press("Done")
    tick_list(phone, "门店检查")
    phone.press("Check out")
    phone.page.get_by_label("Summary").fill("补货 3 箱")
    phone.shows("Inside")
    phone.press("Check out")
    phone.shows("1 of 3 stores")
    server.start()
    phone.open("/pending")
    phone.press("Sync now")
    phone.shows("Everything is uploaded", within_s=60)


def manager_sees_the_day(desk: Desk, store: Store) -> None:
    """On the overview, in the visit with its evidence, on the photo wall and on the day sheet."""
    desk.open("/")
    expect(desk.page.locator(".q-stat", has_text="Visits done")).to_contain_text("1")
    desk.shows("1 of 3 planned calls made")
    desk.open("/visits/")
    expect(desk.rows()).to_have_count(1)
    desk.follow(store.name)
    facts = desk.page.locator(".visit-facts").first
    for words in ("Clock skew", "Distance", "±12 m"):
        expect(facts).to_contain_text(words)
    desk.page.locator(".visit-proof summary").first.click()
    assert len(desk.page.locator(".visit-hash").first.inner_text().strip()) == 64
    desk.shows("补货 3 箱")
    expect(desk.page.locator(".visit-shots .visit-shot img")).to_have_count(1)
    desk.open("/visits/photos/")
    expect(desk.page.locator("main .visit-shot img")).to_have_count(1)
    desk.open("/attendance/")
    expect(desk.page.locator("main tr", has_text=REP)).to_contain_text("南京总部")


def audit_holds(desk: Desk) -> None:
    """Only an administrator may look; the trail names the rep's acts, and nobody has changed it."""
    desk.open("/audit/verification/")
    desk.press("Verify now")
    desk.shows("The trail holds")
    desk.open(f"/audit/?q={REP}")
    assert desk.rows().count() >= 3


def test_from_registering_over_a_day_in_the_field_to_the_managers_screen_and_the_audit(
    desk: Desk, phone: Phone, server: Server, air: Air
):
    register(desk)
    agree(desk)
    complete(desk)
    bring_files(desk)
    set_work_place(desk)
    write_template(desk)
    draw_territory(desk)
    store = lay_route(desk)
    make_managers(desk)
    sign_out_and_in(desk, MANAGERS_MOBILE)
    agree(desk)
    desk.shows("Overview")
    sees_own_line_only(desk)
    day_without_signal(phone, server, air, store)
    manager_sees_the_day(desk, store)
    sign_out_and_in(desk, MOBILE)
    audit_holds(desk)
    assert not desk.problems
    assert not phone.problems
