"""A form to be filled in by other programs: printed as JSON for the test that starts the server."""

import io
from typing import Any
from uuid import UUID, uuid4

import openpyxl

from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.tests.factories import agree
from qince.engines.forms import actions
from qince.engines.forms.models import AppToken, Form, Submission, SubmissionFile
from qince.engines.forms.results import Column, sheet_of, workbook
from qince.engines.forms.schema import Field, Kind, read
from qince.engines.forms.tests import factories as forms
from qince.engines.forms.xlsform.reading import read_xlsform
from qince.engines.sync.models import Operation
from qince.kit import clock
from qince.kit.tenancy import tenant
from tests.walks.story import the_organization


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


MARK = "ten_"  # how the codes of the forms of that walk begin


def publish() -> dict[str, str]:
    """All example XLSForms in the organization of the other walks, open to all: code and title of each."""
    from qince.surfaces.demo.forms import EXAMPLES, _classified

    with tenant(the_organization()):
        boss, made = administrator(), {}
        for path in sorted((EXAMPLES / "forms").glob("*.xlsx")):
            brought = read_xlsform(path.read_bytes(), language="en")
            if brought.definition is None:
                continue  # the one that shows what is not supported
            form = actions.create_form(
                boss, now=clock.now(), definition=_classified(brought.definition), code=f"{MARK}{path.stem}"
            )
            actions.publish_form(boss, form, now=clock.now())
            actions.set_form(boss, form, now=clock.now(), is_open_to_all=True)
            made[path.stem] = form.name
        return made


def sit_down(name: str, mobile: str) -> dict[str, Any]:
    """Somebody at a desk who has agreed to sign, and a form to fill in there: the session's cookies and its id."""
    from qince.surfaces.demo.forms import EXAMPLES, _classified

    with tenant(the_organization()):
        boss = administrator()
        brought = read_xlsform((EXAMPLES / "forms/signature.xlsx").read_bytes(), language="en")
        assert brought.definition is not None
        # A name of its own: the walk of the ten looks for theirs by name, in the same organization.
        brought.definition.title = {"zh-Hans": "前台签收"}
        form = forms.form(boss, _classified(brought.definition))
        clerk = people.employee(name, mobile=mobile, number=mobile[-4:], roles=["rep"])
        agree(clerk, "form_sensitive")
        cookies = {key: morsel.value for key, morsel in people.browser(clerk).cookies.items()}
        return {"cookies": cookies, "form": str(form.pk)}


def sent_at_the_desk(form: str) -> list[dict[str, Any]]:
    with tenant(the_organization()):
        rows = Submission.objects.filter(form=form).select_related("form_version")
        return [
            {
                "source": row.source,
                "data": row.data,
                "files": sorted(
                    SubmissionFile.objects.filter(submission=row).values_list("blob__media_type", flat=True)
                ),
            }
            for row in rows
        ]


def move(mobile: str) -> bool:
    """Version 2 of the audit: what stood at its end goes to its beginning, into a section, under another name."""
    with tenant(the_organization()):
        boss = administrator()
        form = Form.objects.get(code=f"{MARK}store_audit")
        made = read(form.draft)
        facings = next(each for each in made.fields if each.name == "facings")
        made.fields.remove(facings)
        part = Field(id="part", name="part", kind=Kind.SECTION, label={"zh-Hans": "排面"}, fields=[facings])
        made.fields.insert(0, part)
        forms.revise(boss, form, made)
        rep = people.actor(Employee.objects.get(mobile=mobile))
        data = {"store_code": "MD0002", "shop_type": "super", "facings": 9, "all_facings": 10}
        return bool(actions.submit(rep, form=form, data=data, now=clock.now(), attested=True))


def exported() -> dict[str, list[list[dict[str, object]]]]:
    """The workbook of each form of the ten: sheet by sheet its lines, cells by the field they are of."""
    with tenant(the_organization()):
        boss = administrator()
        return {form.code.removeprefix(MARK): _lines(boss, form) for form in _the_ten()}


def _the_ten() -> Any:
    return Form.objects.filter(code__startswith=MARK)


def _lines(boss: Any, form: Form) -> list[list[dict[str, object]]]:
    content, _count = workbook(boss, form)
    plan = sheet_of(form)
    columns = [plan.plain, *(plan.of_table(each.id) for each in plan.tables)]
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        [_line(row, fields) for row in sheet.iter_rows(min_row=2, values_only=True)]
        for sheet, fields in zip(book.worksheets, columns, strict=True)
    ]


def _line(row: tuple[Any, ...], fields: list[Column]) -> dict[str, object]:
    """Each field has one column, whichever versions have it: the sheet is as wide as the heads and they."""
    assert len(row) == 5 + len(fields)
    return {"version": row[4], **{each.id: cell for each, cell in zip(fields, row[5:], strict=True)}}


def arrived() -> dict[str, list[list[str]]]:
    """What came of each of the ten: the kinds of the files with each submission."""
    with tenant(the_organization()):
        return {
            form.code.removeprefix(MARK): [
                sorted(
                    SubmissionFile.objects.filter(submission=row).values_list("blob__media_type", flat=True)
                )
                for row in Submission.objects.filter(form=form, source=Submission.Source.PHONE)
            ]
            for form in _the_ten()
        }


def answers(mobile: str) -> list[str]:
    """What became of every record this person sent, in the order of arrival: for the message of a walk that fails."""
    with tenant(the_organization()):
        mine = Operation.objects.filter(employee__mobile=mobile).order_by("received_at", "id")
        return [
            f"{row.type} {row.state} {row.code} {row.result} {row.occurred_at:%T} {row.received_at:%T}"
            for row in mine
        ]


def stored(organization: str) -> list[dict[str, object]]:
    """What was sent by another program."""
    with tenant(UUID(organization)):
        rows = Submission.objects.select_related("form_version").order_by("received_at")
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


def barcode_form() -> str:
    """A form that asks for a barcode, open to all; its title."""
    with tenant(the_organization()):
        boss = administrator()
        asked = forms.field("gtin", "barcode", "Barcode of the case", required="true()")
        title = "Scanned cases"
        form = forms.form(boss, forms.definition(asked, title=title))
        actions.set_form(boss, form, now=clock.now(), is_open_to_all=True)
        return title


def scanned(mobile: str) -> dict[str, list[str]]:
    """The codes that somebody sent, and what was told of the camera."""
    with tenant(the_organization()):
        sent = Submission.objects.filter(employee__mobile=mobile).select_related("form_version")
        uses = ConsentEntry.objects.filter(employee__mobile=mobile, purpose="device:camera:form_barcode")
        return {
            "codes": [row.data["gtin"] for row in sent],
            "uses": list(uses.values_list("act", flat=True)),
        }
