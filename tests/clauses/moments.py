"""The moments of consent (annex A): what is asked, what is done when it is refused, and where nothing may then lie.

Each has a ledger scope of its own. A moment whose function this software does not have says what stands in its place.
"""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from qince.core.certification.models import Certification
from qince.core.erasure.privacy import LONGER
from qince.core.erasure.terms import Day, gone
from qince.core.letters.privacy import MAIL_TRACKING
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.policy.tests.conftest import FUNCTION, planted, released
from qince.core.privacy import notice
from qince.core.privacy.gate import BACKGROUND, BASIC, CAPACITY, CHANGE, LOCATION, TERMS, Standing, use_scope
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.registry import declared
from qince.core.privacy.retention import RETENTIONS
from qince.core.privacy.tests.factories import allow, decide
from qince.core.rights.actions.own import give_diagnostics
from qince.core.rights.models import Diagnostics
from qince.core.rights.tests.factories import own
from qince.employee.attendance.models import FaceEnrolment, FaceTemplate, Punch
from qince.employee.attendance.privacy import FACE
from qince.engines.partners import actions as partners
from qince.engines.partners import apps_directory, consents, door, packages, publications
from qince.engines.partners.models import Disclosure, Outgoing
from qince.engines.partners.tests.factories import agree_to, recipient
from qince.engines.sync.tests.factories import punch, push
from qince.kit import clock
from qince.masterdata.customers.actions import create_customer
from qince.masterdata.customers.models import Customer
from qince.sales.tracking.models import Fix
from qince.sales.tracking.privacy import TRACKING
from qince.sales.visits.models import Photo
from tests.clauses.acts import ACTS

Scene = Any


@dataclass(frozen=True)
class Moment:
    """`act` does what the consent is for and says whether it was done; it raises a refusal where there is none."""

    code: str
    title: str
    act: Callable[[Scene], bool]
    refuse: Callable[[Scene], Any]
    agree: Callable[[Scene], Any]
    stored: tuple[Any, ...] = ()
    scope: Callable[[Scene], str] | str = (
        ""  # empty: an attestation in the trail, of what is said about others
    )
    prepare: Callable[[Scene], Any] = field(default=lambda scene: None)

    def scope_in(self, scene: Scene) -> str:
        return self.scope if isinstance(self.scope, str) else self.scope(scene)


def _by_act(code: str, title: str, purpose: str, act: str, *stored: Any, circumstances: str = "") -> Moment:
    """A purpose that is agreed to once: declined or taken back, its act does nothing."""
    return Moment(
        code, title, ACTS[act],
        refuse=lambda scene: decide(scene.rep, purpose, "withdrawn"),
        agree=lambda scene: decide(scene.rep, purpose, circumstances=circumstances),
        stored=stored, scope=purpose,
    )  # fmt: skip


# --- before anything begins ---


def _newcomer(*agreed: str) -> Callable[[Scene], None]:
    def enter(scene: Scene) -> None:
        scene.newcomer = people.employee("新人", roles=("rep",))
        for each in agreed:
            decide(scene.newcomer, each)

    return enter


def _press(scene: Scene) -> bool:
    """In words: the least that can be done, without any position."""
    (answer,) = push(people.actor(scene.newcomer, client="phone"), punch(manual="仓库")).values()
    return bool(answer.state == "accepted")


def _entry(code: str, title: str, purpose: str) -> Moment:
    others = [each for each in (BASIC, TERMS, CAPACITY) if each != purpose]
    return Moment(
        code, title, _press,
        refuse=lambda scene: decide(scene.newcomer, purpose, "declined"),
        agree=lambda scene: decide(scene.newcomer, purpose),
        stored=(Punch,), scope=purpose, prepare=_newcomer(*others),
    )  # fmt: skip


# --- who stands behind the organization ---


def _apply(scene: Scene) -> None:
    from qince.core.certification.tests.test_certification import apply

    scene.desk = people.browser(Employee.objects.get(pk=scene.office.employee_id))
    assert apply(scene.desk).status_code == 302


def _hand_in(authorized: str) -> Callable[[Scene], bool]:
    def post(scene: Scene) -> bool:
        scene.desk.post("/organization/certification/", {"is_authorized": authorized} if authorized else {})
        return bool(Certification.objects.filter(attested_at__isnull=False).exists())

    return post


# --- A-07, A-08 ---


def _diagnose(scene: Scene) -> bool:
    given = {"model": "Pixel 8", "system": "Android 15", "settings": {}}
    give_diagnostics(scene.phone, scene.case, now=clock.now(), notice_hash=scene.shown, **given)
    return bool(Diagnostics.objects.filter(case=scene.case).exists())


def _see_notice(scene: Scene) -> None:
    scene.shown = notice.current(scene.rep.organization, "en").hash


def _ask_for_help(scene: Scene) -> None:
    scene.case, scene.shown = own(scene.rep, "support"), ""


# --- partners ---


def _partner(code: str, title: str, profile: str) -> Moment:
    return Moment(
        code, title, _share,
        refuse=lambda scene: agree_to(scene.rep, scene.to, act="declined"),
        agree=lambda scene: agree_to(scene.rep, scene.to),
        stored=(Disclosure, Outgoing),
        scope=lambda scene: consents.code_of(scene.to),
        prepare=lambda scene: setattr(scene, "to", recipient(scene.office, profile=profile)),
    )  # fmt: skip


def _share(scene: Scene) -> bool:
    door.share(scene.office, subject=scene.rep, to=scene.to.code, act="ask", why="演示", now=clock.now())
    return bool(Disclosure.objects.filter(recipient=scene.to).exists())


def _open_app(scene: Scene) -> None:
    scene.to = recipient(scene.office, is_on=False, profile="app", endpoint="")
    back = ["https://app.example/back"]
    apps_directory.set_app(scene.office, scene.to, now=clock.now(), redirects=back, purposes=["roster"])
    partners.switch_on(scene.office, scene.to, now=clock.now(), attested=True)


def _read_by_app(scene: Scene) -> bool:
    """What the app's server is answered when it asks for the person."""
    names = tuple(scene.to.fields)
    told = door.release(
        scene.phone, subject=scene.rep, recipient=scene.to, names=names, act="profile", why="演示",
        now=clock.now(),
    )  # fmt: skip
    return set(told) == set(names)


def _abroad(scene: Scene) -> None:
    scene.to = recipient(scene.office, is_on=False, region="SG")
    today = clock.now().date()
    partners.enter_border(
        scene.office, now=clock.now(), recipient=scene.to, holds_until=today + timedelta(days=10),
        ground="contract", reference="备案 12", assessment="评估 4", assessed_on=today,
    )  # fmt: skip
    partners.switch_on(scene.office, scene.to, now=clock.now(), attested=True)
    agree_to(scene.rep, scene.to)


# --- to a named third party, to the public ---


def _pack(scene: Scene) -> None:
    scene.package = packages.prepare(
        people.actor(scene.rep),
        scope=["people.employee"],
        now=clock.now(),
        recipient_name="某保险",
        why="理赔",
    )


def _decide_package(act: str) -> Callable[[Scene], None]:
    def choose(scene: Scene) -> None:
        words = packages.text_hash(scene.package)
        packages.decide(people.actor(scene.rep), scene.package, act=act, given_hash=words, now=clock.now())

    return choose


def _give(scene: Scene) -> bool:
    packages.give(people.actor(scene.rep), scene.package, now=clock.now())
    return bool(Disclosure.objects.filter(subject=scene.rep).exists())


def _draft(scene: Scene) -> None:
    scene.item = publications.draft(
        scene.office, now=clock.now(), subject=scene.rep, kind="sanction", title="虚假拜访", text="停用一周"
    )


def _publish(scene: Scene) -> bool:
    publications.publish_item(scene.officer, scene.item, now=clock.now())
    scene.item.refresh_from_db()
    return bool(scene.item.state == "published")


def _agree_to_item(scene: Scene) -> None:
    words = {"agree": "yes", "text_hash": publications.text_hash(scene.item)}
    people.browser(scene.rep).post(f"/published/{scene.item.pk}/", words)


# --- data about others ---


def _enter_contact(scene: Scene) -> bool:
    create_customer(
        scene.office, now=clock.now(), code="A18", name="城南便利", kind="store", radius_m=100,
        contact_name="马老板", contact_phone="13900001234", attested=scene.attested,
    )  # fmt: skip
    return bool(Customer.objects.filter(code="A18").exists())


# --- A-19, A-21 ---


def _leave_long_ago(scene: Scene) -> None:
    scene.late = people.employee("离职者")
    decide_for = scene.late
    for each in (BASIC, TERMS, CAPACITY):
        decide(decide_for, each)
    scene.over = clock.now() + timedelta(days=740)


def _is_kept(scene: Scene) -> bool:
    """Past the normal term, before the longer one is over."""
    today = clock.now().date()
    Employee.objects.filter(pk=scene.late.pk).update(status="left", left_on=today)
    rule = declared.personal()["people.employee.name"].term
    assert RETENTIONS[rule.code].ends_on(today) < scene.over.date()
    day = Day.of(scene.rep.organization, scene.over)
    kept = not gone(rule, day).filter(pk=scene.late.pk).exists()
    Employee.objects.filter(pk=scene.late.pk).update(status="active", left_on=None)
    return kept


@contextmanager
def widened():
    """A second release in force, with a function that the first had not."""
    with planted(declared.functions, FUNCTION.code, FUNCTION):
        released(notes="新功能")
        yield


def _uses_new_function(scene: Scene) -> bool:
    return Standing(scene.rep.pk).allows(BASIC, function=FUNCTION.code)


MOMENTS = (
    _entry("A-01", "First run: policy and user agreement, basic scope", BASIC),
    _entry("A-02", "Age and capacity", CAPACITY),
    _by_act("A-03", "Location, with circumstances", LOCATION, "attendance.punch", Punch, circumstances=BACKGROUND),
    _by_act("A-04", "Location tracking, by the member", TRACKING, "tracking.positions", Fix),
    _by_act("A-05", "Face", FACE, "attendance.face", FaceTemplate, FaceEnrolment),
    Moment(
        "A-06", "Real-name check of the organization", lambda scene: scene.hand_in(scene), prepare=_apply,
        refuse=lambda scene: setattr(scene, "hand_in", _hand_in("")),
        agree=lambda scene: setattr(scene, "hand_in", _hand_in("on")),
    ),
    Moment(
        "A-07", "Support diagnostics, per case", _diagnose, prepare=_ask_for_help,
        refuse=lambda scene: None, agree=_see_notice, stored=(Diagnostics,),
        scope=lambda scene: f"diagnostics.{scene.case.number}",
    ),
    Moment(
        "A-08", "A device permission for one purpose", ACTS["visits.photo"],
        refuse=lambda scene: allow(scene.rep, "camera", "visit_photo", allowed=False),
        agree=lambda scene: allow(scene.rep, "camera", "visit_photo"),
        stored=(Photo,), scope=use_scope("camera", "visit_photo"),
    ),
    _by_act("A-10", "Mail tracking", MAIL_TRACKING, "letters.tracking"),
    _partner("A-11", "A recipient the person names", "named"),
    _partner("A-12", "Payment binding", "payment"),
    Moment(
        "A-13", "A third-party app", _read_by_app, prepare=_open_app,
        refuse=lambda scene: agree_to(scene.rep, scene.to, act="declined"),
        agree=lambda scene: agree_to(scene.rep, scene.to),
        stored=(Disclosure,), scope=lambda scene: consents.code_of(scene.to),
    ),
    _partner("A-14", "An affiliate", "affiliate"),
    _partner("A-15", "Training, points, signing", "training"),
    Moment(
        "A-16", "Transfer to a named third party", _give, prepare=_pack,
        refuse=_decide_package("declined"), agree=_decide_package("granted"), stored=(Disclosure,),
        scope=lambda scene: packages.code_of(scene.package),
    ),
    Moment(
        "A-17", "Public disclosure", _publish, prepare=_draft, refuse=lambda scene: None, agree=_agree_to_item,
        scope=lambda scene: publications.code_of(scene.item),
    ),
    Moment(
        "A-18", "Giving others' data", _enter_contact, stored=(Customer,),
        refuse=lambda scene: setattr(scene, "attested", False),
        agree=lambda scene: setattr(scene, "attested", True),
    ),
    Moment(
        "A-19", "Longer retention", _is_kept, prepare=_leave_long_ago, scope=LONGER,
        refuse=lambda scene: decide(scene.late, LONGER, "declined"),
        agree=lambda scene: decide(scene.late, LONGER),
    ),
    Moment(
        "A-20", "Cross-border", _share, prepare=_abroad, stored=(Disclosure, Outgoing),
        refuse=lambda scene: agree_to(scene.rep, scene.to, consents.ABROAD, act="declined"),
        agree=lambda scene: agree_to(scene.rep, scene.to, consents.ABROAD),
        scope=lambda scene: consents.code_of(scene.to, consents.ABROAD),
    ),
    Moment(
        "A-21", "New function, significant change", _uses_new_function, scope=CHANGE,
        refuse=lambda scene: decide(scene.rep, CHANGE, "declined"),
        agree=lambda scene: decide(scene.rep, CHANGE),
    ),
)  # fmt: skip
# What is asked for here is taken by nobody: there is no act that could be refused.
NOT_TAKEN = {"A-09": "no analysis of use", "A-22": "no live recording"}


def granted(scope: str) -> int:
    return int(ConsentEntry.objects.filter(purpose=scope, act=ConsentEntry.Act.GRANTED).count())
