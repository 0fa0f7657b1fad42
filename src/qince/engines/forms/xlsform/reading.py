"""From XLSForm to our schema. `pyxform` reads the sheets and says what they mean; here each question finds its kind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from qince.engines.forms import words
from qince.engines.forms.schema import Choice, Definition, Field, Kind, Privacy, Problem, faults, lay_out
from qince.engines.forms.schema.types import HOLDERS, SELECTS, Text
from qince.engines.forms.xlsform.findings import (
    ERROR,
    LEFT_OUT,
    TYPES,
    Finding,
    left_out,
    of_problem,
    of_type,
    strange,
)
from qince.engines.forms.xlsform.kinds import BOUNDED, PLAIN, canonical
from qince.engines.forms.xlsform.languages import code_of
from qince.engines.forms.xlsform.leftovers import leftovers
from qince.engines.forms.xlsform.refusing import told, unreadable
from qince.engines.forms.xlsform.sheets import Sheets

# What `pyxform` puts into a group shown as a table, so that Collect draws it: its title, and a row of options.
TITLE = "generated_table_list_label_"
MADE_UP = (TITLE, "reserved_name_for_field_list_labels_")
ACKNOWLEDGED = "acknowledge_ok"
RELATIVE = re.compile(r"(?<![\w./])\.\./([A-Za-z_][\w.-]*)(?![\w/(])")


@dataclass
class Brought:
    """What came of an XLSForm: the definition, unless an error stands in its way, and all that there is to say."""

    definition: Definition | None
    findings: list[Finding] = field(default_factory=list)
    code: str = ""

    @property
    def errors(self) -> list[Finding]:
        return [each for each in self.findings if each.level == ERROR]


def read_xlsform(
    content: bytes, *, language: str = "zh-Hans", known: dict[str, str] | None = None
) -> Brought:
    """Read an XLSForm (.xlsx). `known`: names to ids of the form it goes into, so that its fields stay the same ones.

    `language` is that of columns which name none.
    """
    if problem := unreadable(content):
        return Brought(None, [problem])
    try:
        sheets = Sheets(content)
        survey = convert(content, file_type=".xlsx", validate=False)._pyxform
    except PyXFormError as error:
        return Brought(None, [told(str(error), sheets)])
    except Exception:  # whatever a broken workbook makes the libraries raise, it is the file's fault
        return Brought(
            None, [Finding(ERROR, "", None, "", _("The workbook is damaged."), _("Save it anew."))]
        )
    return _Reader(survey, sheets, language, known or {}).read()


class _Reader:
    def __init__(self, survey: dict[str, Any], sheets: Sheets, language: str, known: dict[str, str]) -> None:
        self.survey, self.sheets, self.known = survey, sheets, known
        self.fallback = code_of(str(survey.get("default_language") or ""), language)
        self.languages: dict[str, None] = {self.fallback: None}
        self.findings: list[Finding] = []
        self.ids: set[str] = set()
        self.lists: dict[str, list[Choice]] = {}

    def read(self) -> Brought:
        self._lists()
        fields = self._fields(self.survey.get("children", []))
        title = self.text(self.survey.get("title")) or {self.fallback: str(self.survey.get("id_string"))}
        self._outside()
        self.findings += leftovers(self.sheets)
        made = Definition(
            title={code: words[:200] for code, words in title.items()},
            languages=list(self.languages),
            fields=fields,
            lists=self.lists,
        )
        layout = lay_out(made)
        for problem in faults(made):
            place = layout.places.get(problem.field)
            row = self.row(place.field.name) if place else None
            self.findings.append(self._repeated(problem) or of_problem(problem, layout, row))
        brought = Brought(made, self.findings, str(self.survey.get("id_string") or ""))
        if brought.errors:
            brought.definition = None
        return brought

    def _outside(self) -> None:
        what = _("Entities are not supported.")
        if row := next((row for row, _cells in self.sheets.lines("entities")), None):
            self.findings.append(Finding(ERROR, "entities", row, "", what, _("Remove the sheet.")))

    def _repeated(self, problem: Problem) -> Finding | None:
        """An option that stands twice in its list: at the second of them."""
        if problem.code != "option_twice":
            return None
        row = self.sheets.option(str(problem.facts["list"]), str(problem.facts["value"]), 2)
        remedy = _("Give it a value of its own, or remove the row.")
        return Finding(ERROR, "choices", row, "name", words.sentence(problem), remedy)

    # --- Parts ---

    def row(self, name: str) -> int | None:
        return self.sheets.rows.get(name)

    def written(self, name: str, kind: str) -> str:
        """The type as its cell has it."""
        return self.sheets.kinds.get(name, kind)

    def text(self, given: Any) -> Text:
        """Words by language; media beside them are not words."""
        if isinstance(given, dict):
            found = {
                code_of(key, self.fallback): str(words)
                for key, words in given.items()
                if words not in (None, "-")
            }
        else:
            found = {self.fallback: str(given)} if given not in (None, "") else {}
        self.languages.update(dict.fromkeys(found))
        return found

    def _lists(self) -> None:
        for name, options in (self.survey.get("choices") or {}).items():
            self.lists[name] = [self._choice(each) for each in options]

    def _choice(self, given: dict[str, Any]) -> Choice:
        columns = {
            key: str(value)
            for key, value in given.items()
            if key not in ("name", "label", "media") and not isinstance(value, dict)
        }
        label = self.text(given.get("label")) or {self.fallback: str(given["name"])}
        return Choice(value=str(given["name"]), label=label, attributes=columns)

    # --- Questions ---

    def _fields(self, given: Iterable[dict[str, Any]]) -> list[Field]:
        found: list[Field] = []
        counts: dict[str, str] = {}
        children = list(given)
        counted = {_count_of(each) for each in children if each.get("type") == "repeat"}
        for each in children:
            name, kind = str(each.get("name", "")), canonical(str(each.get("type", "")))
            if name == "meta" or kind in ("instanceID", "instanceName") or name.startswith(MADE_UP):
                continue
            if kind == "calculate" and name in counted and self.row(name) is None:
                counts[name] = str(each.get("bind", {}).get("calculate", ""))  # made by pyxform for a count
                continue
            if (made := self._field(each, name, kind, counts)) is not None:
                found.append(made)
        return found

    def _field(self, each: dict[str, Any], name: str, kind: str, counts: dict[str, str]) -> Field | None:
        row = self.row(name)
        if kind in LEFT_OUT:
            self.findings.append(left_out(kind, self.written(name, kind), row))
            return None
        if kind in TYPES or kind not in PLAIN:
            written = self.written(name, kind)
            self.findings.append(of_type(kind, written, row) if kind in TYPES else strange(written, row))
            return None
        bind = each.get("bind") or {}
        made = Field(
            id=self._id(name),
            name=name,
            kind=PLAIN[kind],
            label=self.text(each.get("label")),
            hint=self.text(each.get("hint")),
            required=self._truth(bind.get("required")),
            required_message=self.text(bind.get("jr:requiredMsg")),
            visible_if=self._expression(bind.get("relevant")),
            constraint=self._expression(bind.get("constraint")),
            constraint_message=self.text(bind.get("jr:constraintMsg")),
            default=str(each.get("default") or ""),
            read_only=self._truth(bind.get("readonly")) == "true()",
            choice_filter=self._expression(each.get("choice_filter")),
            appearance=str((each.get("control") or {}).get("appearance") or "")[:60],
        )
        self._special(made, each, kind, bind, counts)
        self._own(made)
        if made.kind in HOLDERS:
            inner = each.get("children", [])
            if titled := next((one for one in inner if str(one.get("name")).startswith(TITLE)), None):
                made.label, made.hint = self.text(titled.get("label")), self.text(titled.get("hint"))
            made.fields = self._fields(inner)
            made.label = made.label or {self.fallback: name}
        return made

    def _special(
        self, made: Field, each: dict[str, Any], kind: str, bind: dict[str, Any], counts: dict[str, str]
    ) -> None:
        """What one type has of its own."""
        calculation = self._expression(bind.get("calculate"))
        if made.kind in SELECTS:
            made.choices = str(each.get("list_name") or each.get("itemset") or "")
            if str(made.choices).endswith((".csv", ".xml", ".geojson")):
                what = _("Options from the file “%(name)s” are not supported.") % {"name": made.choices}
                remedy = _("Put the options on the choices sheet.")
                self.findings.append(Finding(ERROR, "survey", self.row(made.name), "type", what, remedy))
        if kind in ("acknowledge", "trigger"):
            made.choices = ACKNOWLEDGED
            self.lists.setdefault(ACKNOWLEDGED, [Choice(value="OK", label={self.fallback: "OK"})])
        if kind == "photo" and made.appearance == "signature":
            made.kind = Kind.SIGNATURE
        if kind in BOUNDED:
            bounds = f". >= 0 and . <= {BOUNDED[kind]}"
            made.constraint = f"({made.constraint}) and {bounds}" if made.constraint else bounds
        if kind == "range":
            self._range(made, each.get("parameters") or {})
        if kind == "repeat":
            made.repeat_count = counts.get(
                _count_of(each), self._expression((each.get("control") or {}).get("jr:count"))
            )
            made.appearance = ""
        if kind == "today":
            made.formula = "today()"
        elif kind == "hidden" and not calculation:
            made.formula, made.default = f"'{made.default}'", ""
        elif calculation and made.kind is not Kind.TABLE:
            made.kind, made.formula, made.required, made.default = Kind.FORMULA, calculation, "", ""

    def _range(self, made: Field, parameters: dict[str, Any]) -> None:
        start, end, step = (
            str(parameters.get(key, value)) for key, value in (("start", 1), ("end", 10), ("step", 1))
        )
        if all(re.fullmatch(r"-?\d+", each) for each in (start, end, step)):
            made.kind = Kind.INTEGER
        rule = f". >= {start} and . <= {end} and (. - {start}) mod {step} = 0"
        made.constraint = f"({made.constraint}) and {rule}" if made.constraint else rule

    def _own(self, made: Field) -> None:
        """Columns that our own export writes beside XLSForm's."""
        own = self.sheets.own.get(made.name, {})
        if (kind := own.get("qince_kind")) in {each.value for each in Kind}:
            made.kind = Kind(kind)
            if made.kind not in SELECTS:
                made.choices = ""
        if category := own.get("qince_category"):
            personal = category != "none"
            made.privacy = Privacy(
                is_personal=personal,
                category=category[:40] if personal else "",
                purpose=own.get("qince_purpose", "")[:40],
                is_sensitive=own.get("qince_sensitive", "").lower() in ("yes", "true", "1"),
                reason=own.get("qince_reason", "")[:200],
                is_of_others=personal and own.get("qince_others", "").lower() in ("yes", "true", "1"),
            )

    def _id(self, name: str) -> str:
        own = self.sheets.own.get(name, {}).get("qince_id", "")
        wanted = (
            self.known.get(name) or (own if re.fullmatch(r"[a-z][a-z0-9_]{0,39}", own) else "") or _slug(name)
        )
        found, number = wanted, 1
        while found in self.ids:
            number += 1
            found = f"{wanted[:36]}_{number}"
        self.ids.add(found)
        return found

    def _truth(self, given: Any) -> str:
        text = str(given or "").strip()
        if text.lower() in ("yes", "true", "true()"):
            return "true()"
        return "" if text.lower() in ("", "no", "false", "false()") else self._expression(text)

    def _expression(self, given: Any) -> str:
        """As written; a neighbour's path, as `pyxform` writes for “other”, becomes its name."""
        return RELATIVE.sub(lambda found: f"${{{found[1]}}}", str(given or "").strip())


def _count_of(each: dict[str, Any]) -> str:
    return str((each.get("control") or {}).get("jr:count", "")).strip().removeprefix("${").removesuffix("}")


def _slug(name: str) -> str:
    found = re.sub(r"[^a-z0-9_]+", "_", name.lower())[:40]
    return found if re.match(r"[a-z]", found) else f"f{found}"[:40]
