"""The bell of open consoles follows letters that are written, read or recalled."""

from qince.core.letters.events import LettersRead, LettersRecalled, LettersWritten
from qince.core.letters.topics import TOPIC, topic_of
from qince.engines.live.topics import changed
from qince.kit.events import subscribe

MANY = 20  # more addressees than this are told by one message to all


@subscribe(LettersWritten, LettersRecalled)
def tell_of_change(event: LettersWritten | LettersRecalled) -> None:
    told = set(event.employee_ids)
    for topic in [TOPIC] if len(told) > MANY else [topic_of(key) for key in told]:
        changed(topic)


@subscribe(LettersRead)
def tell_of_read(event: LettersRead) -> None:
    changed(topic_of(event.employee_id))
