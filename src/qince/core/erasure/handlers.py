"""The phone of an erased person, at its next contact: it is told so, and clears itself (docs/sync.md)."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qince.core.erasure.models import Farewell
from qince.core.signin import parting
from qince.kit.errors import Refusal

SHOWN = ("name", "phone", "email", "address")


class Erased(Refusal):
    status = 410

    def __init__(self, farewell: Farewell) -> None:
        super().__init__(
            "erased",
            _("Your data was erased. This phone removes everything it holds of you, unsent work too."),
            erased_at=farewell.erased_at.isoformat(),
            contact={name: settings.OPERATOR[name] for name in SHOWN},
            notice="/notice/",
        )


@parting.provide
def farewell(token_digest: str) -> Refusal | None:
    found = Farewell.objects.filter(pk=token_digest).first()
    return Erased(found) if found else None
