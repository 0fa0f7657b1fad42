"""Choosing one or several of many: people, customers, whatever a form names. Nobody's form lists ten thousand names.

A feature says once which rows there are and for whom (`offer`), and a form names that collection:

    PEOPLE = choosing.offer(choosing.Collection("people", rows=…, find=…, named=…, hints=…))
    leader: Any = choosing.OneOf(PEOPLE, label=_("Direct leader"), required=False)

The page holds what is chosen and nothing else; the rest is found by typing (`/choose/people?q=…`), within what the
asker may see. What comes back is checked against the same rows. Without scripts a short collection is a plain list,
and of a long one the number is typed.
"""

from qince.kit.choosing.collections import Collection, known, offer
from qince.kit.choosing.fields import OneOf, SomeOf

__all__ = ["Collection", "OneOf", "SomeOf", "known", "offer"]
