"""A person who fills in any form on the phone: reads what is asked and answers by its kind, from top to bottom.

What is answered by hand is prepared by the field's name; everything else has an answer of its kind. Each question is
looked for anew after every answer, because answers bring further questions and take others away.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator

from tests.walks.phone import Phone

# The definition the phone holds for what is being filled in: it is offline, and asks nobody else.
HELD = """async () => {
  const { db } = await import("#kit/db");
  return (await db.form_work.get(location.hash.split("/").pop())).definition;
}"""
# The next thing to do from the top: a question not answered, or a row to add; marked, so that it is met once.
NEXT = """() => {
  const wanted = ".form-body [data-field], .form-body .form-add";
  for (const each of document.querySelectorAll(wanted)) {
    const isRow = each.classList.contains("form-add");
    if (each.dataset.walked || (isRow && each.closest("[data-field]"))) continue;
    document.querySelector("[data-walking]")?.removeAttribute("data-walking");
    each.dataset.walking = "yes";
    if (isRow) return { row: true, isCounted: /\\d/.test(each.textContent) };
    each.dataset.walked = "yes";
    return { row: false, id: each.dataset.field };
  }
  return null;
}"""
SEEN = """async () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""
PLAYS = "video => new Promise(done => { video.onplaying = done; video.readyState > 2 && done(); })"
ORDINARY = {"text": "一切正常", "integer": "1", "number": "1.5", "date": "2025-03-01", "time": "09:30",
            "datetime": "2025-03-01T08:00", "barcode": "6901234567892"}  # fmt: skip
PAGE = (
    "价目表.pdf",
    "application/pdf",
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
)


@dataclass
class Filler:
    """`answers`: what is prepared, by field; a list is used up row by row. `given`: what was answered, in order."""

    phone: Phone
    answers: dict[str, Any] = field(default_factory=dict)
    given: dict[str, list[Any]] = field(default_factory=dict)

    def fill(self) -> dict[str, list[Any]]:
        self.phone.page.locator(".form-body").wait_for()
        self.definition = self.phone.page.evaluate(HELD)
        self.fields = {each["id"]: each for each in _all(self.definition["fields"])}
        while (step := self.phone.page.evaluate(NEXT)) is not None:
            here = self.phone.page.locator("[data-walking]")
            if step["row"]:
                self._add_row(here, is_counted=step["isCounted"])
            else:
                self._answer(here, self.fields[step["id"]])
            self.phone.page.evaluate(SEEN)
        return self.given

    def _add_row(self, button: Locator, *, is_counted: bool) -> None:
        """As many rows as are asked for; one where it is free."""
        if not is_counted:
            button.evaluate("each => void (each.dataset.walked = 'yes')")
        button.click()

    def _answer(self, here: Locator, own: dict[str, Any]) -> None:
        if own.get("read_only"):
            return
        ways: dict[str, Callable[[Locator, dict[str, Any]], Any]] = {
            "choice": self._choose, "choices": self._tick, "photo": self._take_photo, "file": self._attach,
            "location": self._read_place, "signature": self._sign,
        }  # fmt: skip
        self.given.setdefault(own["name"], []).append(ways.get(own["kind"], self._type)(here, own))

    def _prepared(self, own: dict[str, Any]) -> Any:
        found = self.answers.get(own["name"])
        return found.pop(0) if isinstance(found, list) else found

    def _type(self, here: Locator, own: dict[str, Any]) -> str:
        """The keys of a phone, or the wheel of a date."""
        text = str(self._prepared(own) or ORDINARY[own["kind"]])
        here.locator("input, textarea").fill(text)
        return text

    def _choose(self, here: Locator, own: dict[str, Any]) -> str:
        value = self._prepared(own) or self._options(own)[0]["value"]
        if here.locator("select").count():
            here.locator("select").select_option(value)
        else:
            here.get_by_text(self._words(own, value), exact=True).click()
        return str(value)

    def _tick(self, here: Locator, own: dict[str, Any]) -> tuple[str, ...]:
        values = self._prepared(own) or (self._options(own)[0]["value"],)
        for each in values:
            here.get_by_text(self._words(own, each), exact=True).click()
        return tuple(values)

    def _options(self, own: dict[str, Any]) -> list[dict[str, Any]]:
        return list(self.definition["lists"][own["choices"]])

    def labels(self, own: dict[str, Any], value: str) -> set[str]:
        """How an option may be called: in each language of the form."""
        [option] = [each for each in self._options(own) if each["value"] == value]
        return {*option.get("label", {}).values()} or {value}

    def _words(self, own: dict[str, Any], value: str) -> str:
        """As this phone calls it, which speaks English where the form does."""
        [option] = [each for each in self._options(own) if each["value"] == value]
        label = option.get("label", {})
        return str(label.get("en") or label.get(self.definition["languages"][0]) or value)

    def _take_photo(self, here: Locator, own: dict[str, Any]) -> int:
        here.get_by_role("button", name="Take a photo").click()
        first = here.get_by_role(
            "button", name="Use the camera"
        )  # our own question, once, before the system's
        first.or_(here.locator("video")).first.wait_for()
        if first.count():
            first.click()
        here.locator("video").evaluate(PLAYS)
        here.get_by_role("button", name="Take photo").click()
        here.locator(".form-thumbs img").wait_for()
        return 1

    def _attach(self, here: Locator, own: dict[str, Any]) -> str:
        name, kind, content = PAGE
        here.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})
        here.locator(".form-found button").wait_for()
        return name

    def _read_place(self, here: Locator, own: dict[str, Any]) -> str:
        here.get_by_role("button", name="Use my position").click()
        here.get_by_text("32.0416, 118.7782").wait_for()
        return "32.041600, 118.778200"

    def _sign(self, here: Locator, own: dict[str, Any]) -> int:
        pad = here.locator("canvas")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box
        mouse = self.phone.page.mouse
        mouse.move(box["x"] + 40, box["y"] + 40)
        mouse.down()
        for step in range(1, 6):
            mouse.move(box["x"] + 40 + step * 30, box["y"] + 40 + (step % 2) * 40)
        mouse.up()
        here.get_by_role("button", name="Take this signature").click()
        here.locator(".form-thumbs img").wait_for()
        return 1


def _all(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in fields:
        yield each
        yield from _all(each.get("fields", []))
