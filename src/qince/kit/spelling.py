"""Chinese names in the order of their sound, as people look them up: `SpelledField` keeps the key beside the name.

PostgreSQL as shipped has no such collation, so the key is computed here, by pypinyin, and stored where an index can
use it. The name itself follows the sound: people of the same sound stay together, one name after the other.
"""

import re
from functools import lru_cache
from typing import Any

from django.db import models

LENGTH = 240
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
# Family names that sound otherwise than the same character elsewhere.
_FAMILY_NAMES = {
    "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "单于": "chan2 yu2", "曾": "zeng1", "单": "shan4", "解": "xie4",
    "仇": "qiu2", "区": "ou1", "任": "ren2", "查": "zha1", "盖": "ge3", "缪": "miao4", "朴": "piao2", "翟": "zhai2",
    "覃": "qin2", "盛": "sheng4", "种": "chong2", "冼": "xian3", "乐": "yue4", "员": "yun4", "燕": "yan1",
    "华": "hua4", "折": "she2", "黑": "he4", "召": "shao4", "繁": "po2",
}  # fmt: skip
_FAMILY_NAME = re.compile("|".join(_FAMILY_NAMES))


def spelled(text: str, *, is_person: bool = False) -> str:
    """The sound of `text` syllable by syllable, tone included, then `text` itself; other scripts in lower case."""
    sound, rest = "", text
    if is_person and (family := _FAMILY_NAME.match(text)):
        sound, rest = _FAMILY_NAMES[family[0]] + " ", text[family.end() :]
    sound += _CHINESE.sub(lambda found: f" {_sound(found[0])} ", rest.casefold())
    return " ".join([*sound.split(), text])[:LENGTH]


@lru_cache(maxsize=4096)
def _sound(characters: str) -> str:
    from pypinyin import (  # here, because its dictionary costs 60 MB that readers never need
        Style,
        lazy_pinyin,
    )

    return " ".join(lazy_pinyin(characters, style=Style.TONE3, neutral_tone_with_five=True))


class SpelledField(models.CharField):  # type: ignore[type-arg]
    """The key to sort `source` by. Filled by itself whenever its row is written, alone or in bulk.

    The attribute always tells the key of the name as it is now, whatever was assigned or loaded: so each way of
    writing a row that reads the attribute writes the right one. Only an `update()` of the name in SQL, or a save of the
    name alone (`update_fields`), has to name the key too.
    """

    def __init__(self, source: str, *, is_person: bool = False, **options: Any) -> None:
        self.source, self.is_person = source, is_person
        options |= {"max_length": LENGTH, "editable": False, "blank": True, "default": ""}
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for fixed in ("max_length", "editable", "blank", "default"):
            options.pop(fixed, None)
        if self.is_person:
            options["is_person"] = True
        return name, path, [self.source, *args], options

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Key(self))


class _Key:
    """The attribute of a `SpelledField`. What is assigned is kept only so that Django knows the column was loaded."""

    def __init__(self, field: SpelledField) -> None:
        self.field = field

    def __get__(self, row: Any, owner: type) -> Any:
        if row is None:
            return self
        return spelled(getattr(row, self.field.source) or "", is_person=self.field.is_person)

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


def key_of(model: type[models.Model], name: str) -> str:
    """The field to order `model` by so that `name` reads in its order: the key kept beside it, if any."""
    fields = model._meta.get_fields()
    keys = (field.name for field in fields if isinstance(field, SpelledField) and field.source == name)
    return next(keys, name)


def sounding(key: str, text: str) -> models.Q:
    """Rows whose `SpelledField` `key` sounds like what was typed in Latin letters: `wangfang`, `wangf` and `wf` all
    find 王芳. Each letter may be followed by the rest of its syllable; the first begins one.
    """
    letters = re.sub(r"[\s'’]", "", text.casefold())
    if not re.fullmatch(r"[a-z]{1,40}", letters):
        return models.Q(pk__in=[])
    return models.Q(**{f"{key}__regex": "(^| )" + "([a-z]*[1-5] )?".join(letters)})
