"""The way in through the console: what has been proven so far, and which proof comes next.

It is kept in the anonymous session and lives ten minutes. Nobody is signed in before its end, where a new
session begins: a session identifier known before is worth nothing after.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self

from django.http import HttpRequest

from qince.core.accounts.models import Account

KEY = "signing_in"
LIVES = timedelta(minutes=10)
CODE, PASSWORD, AUTHENTICATOR, SCAN = "code", "password", "authenticator", "scan"


@dataclass(slots=True)
class Journey:
    """`mobile` is claimed; `account_id` is set once something about it was proven."""

    mobile: str = ""
    next: str = ""
    account_id: str = ""
    proofs: list[str] = field(default_factory=list)
    started: float = 0.0
    organization_id: str = ""  # chosen, while an authenticator is being set up for it, or its password asked
    secret: str = ""  # of that authenticator, encrypted

    @classmethod
    def of(cls, request: HttpRequest, *, now: datetime) -> Self | None:
        """The journey under way, or None when there is none or it took too long."""
        held: dict[str, Any] | None = request.session.get(KEY)
        if held is None or now.timestamp() - held["started"] > LIVES.total_seconds():
            return None
        return cls(**held)

    def save(self, request: HttpRequest) -> None:
        request.session[KEY] = asdict(self)

    def prove(self, request: HttpRequest, account: Account, proof: str) -> None:
        """Note the proof under a new session identifier: what this session may do has just grown."""
        self.account_id = str(account.pk)
        self.proofs = [*self.proofs, proof]
        request.session.cycle_key()
        self.save(request)

    def account(self) -> Account | None:
        return Account.objects.filter(pk=self.account_id, is_active=True).first() if self.account_id else None

    def missing_proof(self, account: Account, *, browser_is_known: bool) -> str | None:
        """A password alone opens only from a known browser (C2.2.2-04); an authenticator is always asked."""
        if account.has_totp:
            return None if AUTHENTICATOR in self.proofs else AUTHENTICATOR
        if {CODE, SCAN} & set(self.proofs) or (PASSWORD in self.proofs and browser_is_known):
            return None
        return CODE
