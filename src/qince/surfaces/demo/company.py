"""The demo's company, set up as a real one would be: registered, its three files imported, its rules chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from qince.core.access import leaders
from qince.core.access.actions import grant_manager_roles
from qince.core.access.queries import actor_for
from qince.core.organizations.models import Organization
from qince.core.people.screens import EMPLOYEES
from qince.core.signin.actions import set_password
from qince.core.signin.opening import open_organization
from qince.core.signin.registration import Application, register_organization
from qince.employee.attendance.models import WorkPlace
from qince.employee.attendance.place_actions import create_place
from qince.kit.actor import Actor
from qince.kit.papers import Paper
from qince.kit.resource import bringing
from qince.kit.resource.importing import Report
from qince.kit.tenancy import tenant
from qince.masterdata.customers.screens import CUSTOMERS
from qince.masterdata.products.pictures import import_pictures
from qince.masterdata.products.screens import PRODUCTS
from qince.sales.visits.models import VisitTemplate
from qince.sales.visits.template_actions import save_template

EXAMPLES: Path = settings.ROOT / "examples"
NAME = "南京钟溪食品饮料有限公司"
ADMINISTRATOR, MOBILE = "唐德胜", "+8619900000103"
PROOF = Paper(
    "授权书.pdf",
    "application/pdf",
    b"%PDF-1.4\n% The demo's letter of authorization: an empty page.\n%%EOF\n",
)
PASSWORD = "shanquan-huixiang-2026"
SHOWN = ["ZX009", "ZX010"]  # a team's manager and one of its reps: whom `next_steps` names first
LANGUAGE = "zh-hans"

# Where people meet before they set out; WGS-84, metres.
PLACES: list[dict[str, Any]] = [
    {"name": "南京总部", "address": "南京市玄武区中山路18号", "given_lat": 32.0478, "given_lng": 118.7796},
    {"name": "城北办事处", "address": "南京市栖霞区尧化街道", "given_lat": 32.1210, "given_lng": 118.8790},
    {"name": "江宁仓库", "address": "南京市江宁区秣陵街道", "given_lat": 31.9250, "given_lng": 118.8420},
    {"name": "江北办事处", "address": "南京市浦口区江浦街道", "given_lat": 32.0610, "given_lng": 118.6270},
    {"name": "溧水集合点", "address": "南京市溧水区永阳街道", "given_lat": 31.6530, "given_lng": 119.0280},
]  # fmt: skip
CHECKS = [
    ("price", "价签齐全、价格正确"),
    ("stock", "主推单品不缺货"),
    ("dates", "临期品已下架"),
    ("display", "陈列位整洁、排面达标"),
]
SHELF = {"id": "shelf", "kind": "photo", "title": "货架照片", "required": False, "minimum": 1}
STEPS: list[dict[str, Any]] = [
    SHELF,
    {"id": "check", "kind": "checklist", "title": "门店检查", "required": True,
     "items": [{"id": key, "title": title} for key, title in CHECKS]},
    {"id": "note", "kind": "note", "title": "拜访小结", "required": False},
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Company:
    organization: Organization
    admin: Actor


def existing() -> Organization | None:
    """The demo, if it was loaded before."""
    return Organization.objects.filter(name=NAME).order_by("created_at").first()


def register(now: datetime) -> Company:
    """The registration page's own action, then the three details that open the services."""
    application = Application(
        name=NAME, kind="company", opened_by="administrator", administrator=ADMINISTRATOR, mobile=MOBILE,
        terms_accepted=True,
    )  # fmt: skip
    employee = register_organization(application, locale=LANGUAGE, now=now)
    organization = employee.organization
    with tenant(organization):
        admin = actor_for(employee, client="console", locale=LANGUAGE)
        open_organization(
            admin, proof=PROOF, location="江苏省南京市", industry="快消品·饮料", headcount=60, now=now
        )
        set_password(admin, password=PASSWORD, this_device=None, now=now)
        organization.refresh_from_db()
        organization.settings["demo_password"] = PASSWORD  # `next_steps` tells it at every start
        organization.settings["demo_people"] = SHOWN
        organization.save(update_fields=["settings"])
    return Company(organization, admin)


def import_files(company: Company, now: datetime) -> Iterator[tuple[str, Report]]:
    """The address book, the customers and the products, each through its own import."""
    for file, resource in (
        ("address-book.xlsx", EMPLOYEES),
        ("stores.csv", CUSTOMERS),
        ("products.xlsx", PRODUCTS),
    ):
        path = EXAMPLES / file
        yield file, bringing.import_table(company.admin, resource, path, now=now, attested=True)


def add_pictures(company: Company, now: datetime) -> int:
    return import_pictures(company.admin, folder=EXAMPLES / "products", now=now).added


def set_places(company: Company, now: datetime) -> list[WorkPlace]:
    return [create_place(company.admin, now=now, radius_m=150, given_datum="WGS84", **at) for at in PLACES]


def write_template(company: Company, now: datetime) -> VisitTemplate:
    return save_template(company.admin, None, name="标准拜访", steps=STEPS, is_active=True, now=now)


def require_photos(company: Company, template: VisitTemplate, now: datetime) -> VisitTemplate:
    """The template's second version, as it came in a few days ago: now a photo of the shelf is a must."""
    steps = [SHELF | {"required": True}, *STEPS[1:]]
    return save_template(company.admin, template, name=template.name, steps=steps, is_active=True, now=now)


def make_managers(company: Company, now: datetime) -> None:
    """Who leads somebody sees them: the press of a button that the import's result page leads to."""
    grant_manager_roles(company.admin, list(leaders.offered(company.admin)), now=now)
