"""Taking a person's words out of the trail, so that the chain still holds and still finds every alteration."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q

from qince.core.audit.chain import seal_of_erased
from qince.core.audit.models import Entry

CHUNK = 500
WORDS = ("actor_name", "target_name", "changes", "salt", "erased")
Change = Callable[[Entry], bool]
# Telephone numbers and e-mail addresses inside longer texts.
_TOKEN = re.compile(r"\+?\d{6,}|[^\s@<>(),;]+@[^\s@<>(),;]+")


def blank(value: Any) -> Any:
    """The same shape without words or numbers: which fields were changed stays readable, to what does not."""
    if isinstance(value, dict):
        return {key: blank(item) for key, item in value.items()}
    if isinstance(value, list):
        return [blank(item) for item in value]
    return value if isinstance(value, bool) else None


def erase_these(keys: Iterable[Any], pseudonym: str) -> int:
    """Acts of the person: they lose the name and everything they said, and what or whom they were upon."""

    def change(entry: Entry) -> bool:
        entry.actor_name, entry.target_name = pseudonym, ""
        entry.changes = _blanked(entry.changes)
        return True

    return _rewrite(Q(pk__in=list(keys)), change)


def erase_about(kind: str, keys: Iterable[Any], pseudonym: str) -> int:
    """Acts of anybody upon the person's rows: who acted stays, what it was called and what changed does not."""

    def change(entry: Entry) -> bool:
        entry.target_name, entry.changes = pseudonym, _blanked(entry.changes)
        return True

    return _rewrite(Q(target_kind=kind, target_id__in=list(keys)), change)


def former(kind: str, key: Any, names: Iterable[str]) -> set[str]:
    """What these fields of the row have been called over time, as the trail tells it."""
    wanted, found = set(names), set()
    for entry in Entry.objects.filter(target_kind=kind, target_id=key).iterator(chunk_size=CHUNK):
        if entry.erased is None:
            found.add(entry.target_name)
        for name in wanted & set(entry.changes):
            value = entry.changes[name]
            found |= {
                each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)
            }
    return {each for each in found if len(each) > 1}


def erase_words(pseudonyms: Mapping[str, str]) -> int:
    """Everywhere else: texts that are one of these words, or hold one that is a number or an address.

    One pass over the trail for many people. Few words are looked for by the database, many by reading along.
    """

    def change(entry: Entry) -> bool:
        before = (entry.actor_name, entry.target_name, entry.changes)
        entry.actor_name = str(replaced(entry.actor_name, pseudonyms))[:60]
        entry.target_name = str(replaced(entry.target_name, pseudonyms))[:200]
        entry.changes = replaced(entry.changes, pseudonyms)
        return before != (entry.actor_name, entry.target_name, entry.changes)

    return _rewrite(_holding(list(pseudonyms)), change) if pseudonyms else 0


def _holding(words: list[str]) -> Q:
    if len(words) > 30:
        return Q()
    some = Q()
    for word in words:
        some |= Q(actor_name__contains=word) | Q(target_name__contains=word) | Q(changes__icontains=word)
    return some


def replaced(value: Any, pseudonyms: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: replaced(item, pseudonyms) for key, item in value.items()}
    if isinstance(value, list):
        return [replaced(item, pseudonyms) for item in value]
    if not isinstance(value, str):
        return value
    if value in pseudonyms:
        return pseudonyms[value]
    return _TOKEN.sub(lambda found: pseudonyms.get(found[0], found[0]), value)


def _blanked(changes: Any) -> Any:
    return blank(changes) if isinstance(changes, dict) else {}


def _rewrite(where: Q, change: Change) -> int:
    """Change matching entries, a chunk in memory at a time; how many were changed."""
    done, last = 0, None
    while True:
        rows = Entry.objects.filter(where).order_by("id")
        page = list((rows.filter(id__gt=last) if last else rows)[:CHUNK])
        if not page:
            return done
        last = page[-1].pk
        done += _save([entry for entry in page if change(entry)])


def _save(entries: list[Entry]) -> int:
    for entry in entries:
        entry.salt = b""
        entry.erased = seal_of_erased(entry)
    Entry.objects.bulk_update(entries, WORDS, batch_size=CHUNK)
    return len(entries)
