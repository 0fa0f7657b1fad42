"""A form to be filled in by other programs: printed as JSON for the test that starts the server."""

import io
import json
import os
import sys
from typing import Any
from uuid import UUID, uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

import openpyxl  # noqa: E402

from qince.core.people.models import Employee  # noqa: E402
from qince.core.people.tests import factories as people  # noqa: E402
from qince.core.privacy.tests.factories import agree  # noqa: E402
from qince.engines.forms import actions  # noqa: E402
from qince.engines.forms.models import AppToken, Form, Submission, SubmissionFile  # noqa: E402
from qince.engines.forms.results import workbook  # noqa: E402
from qince.engines.forms.schema import Field, Kind, read  # noqa: E402
from qince.engines.forms.tests import factories as forms  # noqa: E402
from qince.kit import clock  # noqa: E402
from qince.kit.tenancy import tenant  # noqa: E402
from tests.walks.story import MOBILE, the_organization  # noqa: E402


def administrator() -> Any:
    """Each call is a process of its own, whose factories begin to count anew: so the same one again."""
    found = Employee.objects.filter(name="周主任").first()
    number = f"A{uuid4().hex[:8]}"
    mobile = f"+86170{uuid4().int % 10**8:08d}"
    return people.actor(
        found or people.employee("周主任", roles=["administrator"], number=number, mobile=mobile)
    )


def seed() -> dict[str, str]:
    organization = people.organization("钟溪")
    with tenant(organization):
        rep = people.employee("王芳", roles=["rep"], number="E9001", mobile="+8617000009001")
        agree(rep, "form_sensitive", "location:at_the_act")
        boss = administrator()
        form = forms.form(boss)
        _row, token = actions.make_token(boss, now=clock.now(), employee=rep, name="Collect")
        return {"organization": str(organization.pk), "token": token, "code": form.code}


NAMES = ("store_audit", "household")


def publish() -> str:
    """Two of the example XLSForms in the organization of the other walks, open to all; its id."""
    from qince.engines.forms.xlsform.reading import read_xlsform
    from qince.surfaces.demo.forms import EXAMPLES, _classified

    organization = the_organization()
    with tenant(organization):
        boss = administrator()
        for name in NAMES:
            made = read_xlsform((EXAMPLES / f"forms/{name}.xlsx").read_bytes(), language="en").definition
            assert made is not None
            forms.form(boss, _classified(made))
        return str(organization.pk)


def move() -> bool:
    """Version 2 of the audit: what stood at its end goes to its beginning, into a section, under another name."""
    with tenant(the_organization()):
        boss = administrator()
        form = Form.objects.get(name="门店稽核")
        made = read(form.draft)
        facings = next(each for each in made.fields if each.name == "facings")
        made.fields.remove(facings)
        part = Field(id="part", name="part", kind=Kind.SECTION, label={"zh-Hans": "排面"}, fields=[facings])
        made.fields.insert(0, part)
        forms.revise(boss, form, made)
        rep = people.actor(Employee.objects.get(mobile=MOBILE))
        data = {"store_code": "MD0002", "shop_type": "super", "facings": 9, "all_facings": 10}
        return bool(actions.submit(rep, form=form, data=data, now=clock.now()))


def exported() -> list[list[object]]:
    """The audit's first sheet."""
    with tenant(the_organization()):
        content, _count = workbook(administrator(), Form.objects.get(name="门店稽核"))
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        return [list(row) for row in sheet.iter_rows(values_only=True)]


def stored(organization: str) -> list[dict[str, object]]:
    """What was filled in, the form of another walk left out."""
    with tenant(UUID(organization)):
        rows = Submission.objects.exclude(form__name="Purchase").select_related("form_version")
        rows = rows.order_by("received_at")
        files = SubmissionFile.objects.values_list("sha256", "blob__media_type")
        return [
            {"data": row.data, "source": row.source, "instance": row.instance_id, "files": list(files)}
            for row in rows
        ]


def revoke(organization: str) -> bool:
    with tenant(UUID(organization)):
        boss = administrator()
        actions.revoke_token(boss, AppToken.objects.get(), now=clock.now())
        return True


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:]), default=str))
