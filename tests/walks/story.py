"""Run as the application: `seed` sets the scene, `code` reads the message, `state` tells what is stored."""

from datetime import timedelta
from uuid import UUID

from qince.core.accounts.models import Attempt, Device, OutboxMessage
from qince.core.files.models import Blob, Upload
from qince.core.letters.actions import Addressee, recall, send
from qince.core.letters.registry import FREE
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.models import ConsentEntry
from qince.employee.attendance.models import Punch, WorkPlace
from qince.engines.live.topics import changed
from qince.engines.notifications.models import Preference, QuietHours
from qince.engines.sync.models import Operation
from qince.kit import clock
from qince.kit.tenancy import tenant
from qince.masterdata.customers.models import Assignment
from qince.sales.routes.models import PlannedVisit
from qince.sales.visits.models import CheckEvent, Photo, StepRecord, Visit
from qince.sales.visits.tests import factories as field
from tests.access.planting import phone_token

VISIT = ("customer__name", "state", "verdict", "summary", "photo_count")
MOBILE = "+8619900000001"
NAMES = ("苏果超市（新街口店）", "永辉超市（河西店）", "全家便利店（珠江路店）")


def seed() -> dict[str, str]:
    organization = people.organization()
    with tenant(organization):
        rep = people.employee("王芳", mobile=MOBILE, roles=["rep"])
        today = clock.local_date(clock.now(), organization.time_zone)
        for number, name in enumerate(NAMES):
            store = field.store(rep, code=f"NJ{number}", name=name, address=f"中山路{number + 1}号")
            PlannedVisit.objects.create(
                employee=rep, customer=store, on=today + timedelta(days=0), sequence=number + 1
            )
        field.template()
        WorkPlace.objects.create(name="南京办事处", radius_m=200, **field.HERE)
    return {"organization": str(organization.pk), "mobile": MOBILE}


def the_organization() -> Organization:
    """The one of `seed`; other walks may have registered theirs."""
    return Organization.objects.earliest("created_at")


def code(mobile: str) -> str:
    text = OutboxMessage.objects.filter(mobile=mobile).latest("sent_at").text
    return "".join(character for character in text if character.isdigit())[:6]


def forget_tries() -> bool:
    """Walks that share a server ask for codes for one number more often than a person may."""
    Attempt.objects.all().delete()
    return True


def take_away(name: str) -> bool:
    """The store goes to a colleague."""
    with tenant(the_organization()):
        today = clock.now().date() - timedelta(days=1)
        return bool(Assignment.objects.filter(customer__name=name).update(ends_on=today))


def hire(name: str, mobile: str) -> bool:
    with tenant(the_organization()):
        return bool(people.employee(name, mobile=mobile, number=mobile[-4:], roles=["rep"]))


def console(name: str, mobile: str) -> dict[str, str]:
    """Somebody who sees everything, at the console: the cookies of their session."""
    with tenant(the_organization()):
        found = Employee.objects.filter(name=name).first() or people.employee(
            name, mobile=mobile, number=mobile[-4:], roles=["administrator"]
        )
        return {key: morsel.value for key, morsel in people.browser(found).cookies.items()}


def decline_location(mobile: str, hours: str) -> bool:
    """On another phone, so many hours ago."""
    from qince.core.privacy.tests.factories import decide

    with tenant(the_organization()):
        at = clock.now() - timedelta(hours=float(hours))
        return bool(decide(Employee.objects.get(mobile=mobile), "location", "declined", occurred_at=at))


def write_letter(mobile: str, title: str) -> str:
    """A message to somebody, about something that `take_letter_back` can name."""
    with tenant(the_organization()):
        person = Employee.objects.get(mobile=mobile)
        actor = people.actor(person)
        values = {"title": title, "body": "正文"}
        to = [Addressee(employee_id=person.pk)]
        [letter] = send(actor, to=to, kind=FREE, values=values, dedupe=title, now=clock.now())
    return str(letter.pk)


def take_letter_back(mobile: str, title: str) -> int:
    with tenant(the_organization()):
        return recall(people.actor(Employee.objects.get(mobile=mobile)), dedupe=title, now=clock.now())


def quiet_hours(mobile: str) -> list[object]:
    with tenant(the_organization()):
        row = QuietHours.objects.filter(employee__mobile=mobile).first()
        chosen = Preference.objects.filter(employee__mobile=mobile)
        choices = {f"{each.group}:{each.channel}": each.when for each in chosen}
        return [row and [row.is_on, str(row.starts), str(row.ends), row.days, row.zone], choices]


def erase(mobile: str) -> bool:
    """By the officer's act; the job that follows does not run here, as while a queue is long."""
    from qince.core.erasure import actions, subjects

    with tenant(the_organization()):
        officer = people.actor(
            people.employee(
                "周专员", number=f"P{mobile[-4:]}", mobile=f"+86188{mobile[-8:]}", roles=["privacy_officer"]
            )
        )
        plan = actions.plan_for(subjects.of_employee(Employee.objects.get(mobile=mobile)))
        return bool(actions.erase(officer, plan, now=clock.now()))


def sign_out(mobile: str) -> int:
    """On another device, by the person."""
    return int(Device.objects.filter(account__mobile=mobile).update(revoked_at=clock.now()))


def phone_of(mobile: str) -> str:
    """The token of a phone of somebody new."""
    hire("林青", mobile)
    with tenant(the_organization()):
        return phone_token(Employee.objects.get(mobile=mobile))


def say_changed(topic: str) -> bool:
    with tenant(the_organization()):
        changed(topic)
        return True


def take_identifier(key: str) -> bool:
    """Another operation of another person has this identifier already, as after a phone restored from a copy."""
    with tenant(the_organization()):
        other = people.employee("李娜", roles=["rep"], number="E9099", mobile="+8619900000099")
        now = clock.now()
        Operation.objects.create(
            id=UUID(key), employee=other, type="attendance.punch", hash="0" * 64,
            state=Operation.State.ACCEPTED, occurred_at=now, received_at=now,
        )  # fmt: skip
        return True


def punches() -> list[object]:
    """What was accepted under which identifier, and the punches there are."""
    with tenant(the_organization()):
        operations = Operation.objects.filter(employee__mobile=MOBILE, type="attendance.punch")
        return [list(operations.values_list("pk", "state")), Punch.objects.count()]


def file_of(sha256: str) -> list[object]:
    """How far a file is: whole, in part, or not begun; and how many bytes."""
    with tenant(the_organization()):
        if found := Blob.objects.filter(sha256=sha256).first():
            return ["whole", found.size]
        part = Upload.objects.filter(sha256=sha256).first()
        return ["part", part.received] if part else ["", 0]


def state() -> dict[str, object]:
    """What the server holds of this person; other walks use the organization, too."""
    with tenant(the_organization()):
        visits = Visit.objects.filter(employee__mobile=MOBILE)
        photos = Photo.objects.filter(visit__in=visits)
        return {
            "visits": list(visits.values_list(*VISIT)),
            "events": sorted(CheckEvent.objects.filter(visit__in=visits).values_list("kind", flat=True)),
            "steps": sorted(StepRecord.objects.filter(visit__in=visits).values_list("step_id", flat=True)),
            "photos": photos.count(),
            "arrived": photos.filter(blob__isnull=False).count(),
            "blobs": Blob.objects.filter(pk__in=photos.values("blob")).count(),
            "punches": list(
                Punch.objects.filter(employee__mobile=MOBILE).values_list("kind", "verdict", "place_text")
            ),
            "operations": sorted(
                Operation.objects.filter(employee__mobile=MOBILE, type__regex=r"^(attendance|visits)\.")
                .values_list("type", "state")
            ),
            "consents": sorted(
                ConsentEntry.objects.filter(employee__mobile=MOBILE)
                .exclude(act="served")
                .exclude(purpose__startswith="device:")
                .values_list("purpose", "act", "circumstances")
                .distinct()
            ),
        }  # fmt: skip
