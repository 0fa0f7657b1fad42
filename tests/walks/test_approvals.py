"""Leave on its way between a phone and several desks: returned and changed, a deputy, two who press together."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from qince.kit import clock
from tests.walks.desk import Desk
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_prompts import start

pytestmark = pytest.mark.browser
STORY = "tests.walks.approvals_story"
ANN, BEA, HR1 = "19900000070", "19900000074", "19900000064"
BOSS = "19900000061"


@pytest.fixture(scope="session")
def seeded(server: Server) -> None:
    """Once for each server: a walk of this file may come back to a worker that has gone on to another file."""
    server.script(STORY, "seed")


@pytest.fixture(scope="module")
def company(seeded: None, server: Server) -> Iterator[None]:
    with server.background():
        yield


def desk_of(playwright: Playwright, server: Server, name: str) -> Desk:
    """Somebody's desk, signed in."""
    made = Desk(playwright, server.address)
    made.context.add_cookies([{**server.script(STORY, "session", name), "url": server.address}])
    return made


def decide(desk: Desk, server: Server, name: str, act: str, comment: str = "") -> None:
    desk.open(server.script(STORY, "task_of", name) + f"{act}/")
    if comment:
        desk.page.locator("[name=comment]").fill(comment)
    desk.page.locator("main form [type=submit]").first.click()


def ask(phone: Phone, first: date, days: int) -> None:
    phone.page.get_by_label("From").fill(first.isoformat())
    phone.page.get_by_label("Until").fill((first + timedelta(days=days - 1)).isoformat())
    phone.shows(f"Counts {days} days")
    phone.press("Hand in")


def test_leave_goes_its_way(company: None, phone: Phone, server: Server, tmp_path: Path):
    today = clock.now().date()
    monday = today + timedelta(days=7 - today.weekday())
    start(phone, server, ANN)
    phone.open("/leave/new")
    ask(phone, monday, 2)
    phone.follow("事假")
    phone.shows("Under way")
    playwright = phone.playwright
    boss = desk_of(playwright, server, "马经理")
    boss.open("/approvals/tasks/?state=pending")
    boss.shows("安安")
    decide(boss, server, "马经理", "return", "Take the whole week")
    boss.shows("Returned to the applicant")
    # The phone hears of it, and the request goes round again, longer.
    phone.shows("It came back to you")
    phone.press("Change and hand in again")
    ask(phone, monday, 5)
    phone.shows("Under way")
    expect(phone.page.get_by_text("Change and hand in again")).to_have_count(0)
    decide(boss, server, "马经理", "approve")
    boss.shows("总监会签")
    deputy = desk_of(playwright, server, "何助理")
    decide(deputy, server, "何助理", "approve")
    deputy.shows("for 高总监")
    together(phone, server, tmp_path)
    found = server.script(STORY, "outcome")
    assert (found["state"], found["qty"]) == ("approved", "5.00")
    assert sorted(found["parts"]) == [
        ["人事乙", None, "done"],
        ["人事甲", None, "approved"],
        ["何助理", "高总监", "approved"],
        ["马经理", None, "approved"],
    ]
    phone.open("/approvals")
    phone.page.get_by_text("Mine", exact=True).click()
    phone.shows("Approved")
    for each in (boss, deputy):
        assert each.problems == []
        each.close()
    assert phone.problems == []


def send(phone: Phone) -> None:
    """Send what is filled in, and wait until the server has it."""
    phone.press("Send")
    phone.shows("Fill in")  # the list of forms again
    phone.open("/pending")
    phone.shows("Everything is uploaded")


def together(phone: Phone, server: Server, folder: Path) -> None:
    """One has the request open on a phone, one at a desk; the first decision counts, the second is told so."""
    first = Phone(phone.playwright, phone.address, folder / "other phone")
    start(first, server, HR1)
    first.open("/approvals")
    first.follow("安安")
    first.press("Approve")
    second = desk_of(phone.playwright, server, "人事乙")
    second.open(server.script(STORY, "task_of", "人事乙") + "approve/")
    first.page.get_by_role("button", name="Approve", exact=True).last.click()
    first.shows("Approve: done.")
    second.page.locator("main form [type=submit]").first.click()
    second.shows("Nothing was changed")
    assert first.problems == []
    second.close()
    first.kill()


def test_a_form_comes_back_and_goes_higher_for_its_new_amount(company: None, phone: Phone, server: Server):
    """Filled in without signal on a phone, returned from a desk, changed on the phone; the next to decide has left."""
    start(phone, server, BEA)
    phone.open("/forms")
    phone.shows("Purchase", within_s=120)  # the server keeps for a moment that there were no forms
    phone.follow("Purchase")
    for label, text in (("What", "Shelf"), ("Price", "100"), ("Quantity", "2")):
        phone.page.get_by_label(label).fill(text)
    phone.shows("200")
    send(phone)
    boss = desk_of(phone.playwright, server, "马经理")
    boss.open("/approvals/tasks/?state=pending")
    boss.shows("Shelf · 100 · 2")
    decide(boss, server, "马经理", "return", "Nine, please")
    phone.open("/forms")
    phone.shows("Returned")
    phone.page.get_by_text("Returned").first.click()
    phone.press("Change and send again")
    phone.page.get_by_label("Quantity").fill("9")
    phone.shows("900")
    send(phone)
    boss.open("/approvals/tasks/?state=pending")
    boss.page.get_by_text("Shelf · 100 · 9").wait_for()
    decide(boss, server, "马经理", "approve")
    boss.shows("财务会签")
    server.script(STORY, "let_go", "钱会计", "人事甲")
    heir = desk_of(phone.playwright, server, "人事甲")
    decide(heir, server, "人事甲", "approve")
    heir.shows("Approved")
    phone.open("/forms")
    phone.shows("Accepted")
    assert server.script(STORY, "bought") == [["accepted", "900", 2]]
    for each in (boss, heir):
        assert each.problems == []
        each.close()
    assert phone.problems == []


def test_a_deputy_named_on_the_phone_approves_several_at_once(
    company: None, phone: Phone, server: Server, tmp_path: Path
):
    """Whoever is away names a deputy; what is asked for then waits on the deputy's phone, and is done in one go."""
    start(phone, server, BOSS)
    today = clock.now().date()
    phone.open("/me/deputies")
    phone.press("Name a deputy")
    phone.page.get_by_placeholder("Type a name").fill("贝贝")
    phone.page.get_by_role("button", name="贝贝").click()
    phone.page.get_by_label("From").fill((today - timedelta(days=1)).isoformat())
    phone.page.get_by_label("Until").fill((today + timedelta(days=3)).isoformat())
    phone.press("Name a deputy")
    phone.shows("Your deputy is named")
    numbers = server.script(STORY, "leave_days", "3", "安安")
    phone.open("/approvals")
    phone.shows("Nothing waits for your decision")
    second = Phone(phone.playwright, phone.address, tmp_path / "deputy")
    start(second, server, BEA)
    second.open("/approvals")
    second.press("Several at once")
    second.press("Tick all")
    boxes = second.page.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    boxes.first.uncheck()
    second.page.get_by_label("Comment").fill("代为同意")
    second.press("Approve 2")
    expect(second.page.locator(".pill").get_by_text("Approved")).to_have_count(2)
    second.press("Close")
    found = server.script(STORY, "in_whose_place", *numbers)
    assert sorted(found) == [
        ["贝贝", "马经理", "", "pending"],
        ["贝贝", "马经理", "代为同意", "approved"],
        ["贝贝", "马经理", "代为同意", "approved"],
    ]
    phone.open("/me/deputies")
    phone.press("End now")
    phone.shows("Over")
    assert phone.problems == []
    assert second.problems == []
    second.kill()


@pytest.fixture
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


def test_a_flow_is_drawn_at_a_desk_and_decides_what_is_asked_for_then(
    company: None, playwright: Playwright, server: Server
):
    draw(desk_of(playwright, server, "林主任"), server)
    decide_several(desk_of(playwright, server, "人事甲"), server)


def draw(desk: Desk, server: Server) -> None:
    """Changed in its panel, checked, published."""
    page = desk.page
    desk.open("/approvals/flows/new/")
    page.locator("[name=subject]").select_option("attendance.time")
    desk.fill("Name", "加班")
    desk.press("Save")
    desk.shows("not published yet")
    # The step that is there is changed: two named people instead of the leader, urgent, with a term.
    page.locator("[data-node]").first.click()
    page.get_by_label("Who is asked").select_option("people")
    for name in ("人事甲", "人事乙"):
        page.get_by_placeholder("Type a name").fill(name)
        page.get_by_role("option", name=name).click()
    page.get_by_label("Name", exact=True).fill("人事审批")
    page.get_by_label("Urgent").check()
    page.get_by_label("Term, hours").fill("24")
    page.get_by_label("After the term").select_option("hand_up")
    # A condition is drawn, what it lacks is said; a step is drawn into its branch; another step is thrown away again.
    page.get_by_role("button", name="Add a step here").nth(1).click()
    page.get_by_role("menuitem").filter(has_text="One of several ways").click()
    page.get_by_label("Taken when").select_option(label="Hours")
    page.get_by_label("Value").fill("3")
    page.locator(".flow-way").first.get_by_role("button", name="Add a step here").click()
    page.get_by_role("menuitem").filter(has_text="Somebody agrees or refuses").click()
    page.get_by_label("Name", exact=True).fill("主管")
    page.get_by_role("button", name="Add a step here").last.click()
    page.get_by_role("menuitem").filter(has_text="Somebody does something").click()
    page.locator(".flow-panel-foot").get_by_role("button", name="Delete").click()
    expect(page.locator("[data-flow-state]")).to_have_text("Draft saved")
    desk.shows("Nothing is missing.")
    desk.press("Publish the flow")
    desk.shows("version 1 in force")
    hr, long = server.script(STORY, "drawn_flow", "加班")
    assert (hr["name"], hr["approvers"]["by"], len(hr["approvers"]["ids"])) == ("人事审批", "people", 2)
    assert (hr["urgent"], hr["timeout"]) == (True, {"hours": 24, "then": "hand_up"})
    over, rest = long["branches"]
    assert over["when"] == [[{"fact": "hours", "is": "gt", "value": 3}]]
    assert ([each["name"] for each in over["steps"]], rest.get("steps", [])) == (["主管"], [])
    assert desk.problems == []
    desk.close()


def decide_several(desk: Desk, server: Server) -> None:
    """One of two people decides by the flow that was drawn; one of several was decided by the other meanwhile."""
    numbers = server.script(STORY, "overtime", "3")
    desk.open("/approvals/tasks/?state=pending")
    for number in numbers:
        desk.rows().filter(has_text=number).locator("[name=ids]").check()
    server.script(STORY, "decide", "人事乙", numbers[0])
    desk.press("Approve")
    desk.page.locator("[name=comment]").fill("同意")
    desk.page.locator("main form [type=submit]").first.click()
    desk.shows("2 of 3 rows done, 1 refused.")
    desk.shows("This was changed meanwhile")
    assert server.script(STORY, "decided", *numbers) == [
        ["人事乙", "approved"],
        ["人事甲", "approved"],
        ["人事甲", "approved"],
    ]
    desk.page.get_by_role("link", name="Back to the list").click()
    for number in numbers:
        expect(desk.rows().filter(has_text=number)).to_have_count(0)
    assert desk.problems == []
    desk.close()
