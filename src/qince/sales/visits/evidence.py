"""A visit's evidence, made ready to read: checks, flags, steps with their answers, photos with their captions."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qince.engines.evidence import watermark as marks
from qince.kit.actor import Actor
from qince.kit.resource.columns import MASKED
from qince.sales.visits import queries, rules, words
from qince.sales.visits.models import CheckEvent, Photo, Visit


@dataclass(frozen=True, slots=True)
class Check:
    """A check-in or check-out with its verdict in words."""

    event: CheckEvent
    tone: str
    why: str
    flags: list[tuple[str, str]]
    envelope: str
    review: Any = None  # a person's decision in place of the machine's, or that one is waited for


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the template as it was at check-in; `record` is None while it was not done."""

    title: str
    kind: str
    is_required: bool
    record: Any
    answers: list[tuple[str, str, str]] = field(default_factory=list)  # (line, answer, tone)
    text: str = ""
    photos: list["Shot"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo with its caption. Without a blob its bytes are still on the phone."""

    photo: Photo
    thumbnail: str
    display: str
    watermark: list[str]

    @property
    def has_arrived(self) -> bool:
        return bool(self.thumbnail)


def check(event: CheckEvent, review: Any = None, *, is_masked: bool = False) -> Check:
    """`is_masked`: for a role that is shown no positions, only the verdicts they led to."""
    if is_masked:
        event.lat = event.lng = event.accuracy_m = event.distance_m = event.envelope = None
        event.place_text = MASKED if event.place_text else ""
    sent = event.envelope
    envelope = "—" if sent is None else json.dumps(sent, ensure_ascii=False, indent=2, sort_keys=True)
    tone = words.VERDICT_TONES.get(event.verdict, "grey")
    why = _("Your role shows no positions, only the verdict.") if is_masked else words.verdict_words(event)
    return Check(event, tone, why, flags(event.flags), envelope, review)


def flags(codes: list[str]) -> list[tuple[str, str]]:
    return [words.flag_words(code) for code in codes]


def pin(event: CheckEvent) -> dict[str, Any]:
    """The measured position on the map."""
    facts = [[_("Accuracy"), f"±{event.accuracy_m:.0f} m"]]
    if event.distance_m is not None:
        facts.insert(0, [_("Distance"), f"{event.distance_m:.0f} m"])
    return {
        "lat": event.lat,
        "lng": event.lng,
        "label": event.get_kind_display(),
        "hint": marks.instant(event.at),
        "tone": words.VERDICT_TONES.get(event.verdict, "grey"),
        "status_label": event.get_verdict_display(),
        "facts": facts,
        "number": 1 if event.kind == CheckEvent.Kind.IN else 2,
    }


def photos_of(actor: Actor, visit: Visit) -> list[Photo]:
    return list(queries.photos_visible_to(actor).filter(visit=visit).order_by("taken_at", "id"))


def steps(actor: Actor, visit: Visit, photos: list[Photo]) -> list[Step]:
    """Every step of the visit's own copy of the template, in order, done or not."""
    records = {record.step_id: record for record in visit.step_records.all()}
    shots: dict[str, list[Shot]] = {}
    for photo in photos:
        shots.setdefault(photo.step_id, []).append(shot(actor, photo))
    return [_step(step, records.get(step["id"]), shots.get(step["id"], [])) for step in visit.steps]


def _step(step: dict[str, Any], record: Any, photos: list[Shot]) -> Step:
    answer = record.answer if record and isinstance(record.answer, dict) else {}
    return Step(
        title=step["title"],
        kind=step["kind"],
        is_required=bool(step.get("required")),
        record=record,
        answers=[_line(item, answer) for item in step.get("items", [])] if record else [],
        text=str(answer.get("text", "")) if step["kind"] == "note" else "",
        photos=photos,
    )


def _line(item: dict[str, str], answer: dict[str, str]) -> tuple[str, str, str]:
    label, tone = words.CHECKS.get(answer.get(item["id"], ""), ("—", "grey"))
    return item["title"], str(label), tone


def shot(actor: Actor, photo: Photo) -> Shot:
    is_picture = photo.blob is not None and bool(photo.blob.thumbnail_name)
    url = (lambda kind: reverse(f"files:{kind}", args=[photo.blob_id])) if is_picture else (lambda kind: "")
    return Shot(photo, url("thumbnail"), url("display"), watermark(actor, photo))


def watermark(actor: Actor, photo: Photo) -> list[str]:
    """The lines laid over a photo, from the evidence alone: when, who, and where for whom the role shows positions."""
    lines = [
        marks.instant(photo.taken_at),
        f"{photo.visit.customer.name} · {photo.visit.employee.name}",
        marks.place(photo, is_masked=not actor.sees_field(rules.MASK_POSITION)),
        f"SHA-256 {photo.sha256[:16]}",
    ]
    return [line for line in lines if line]
