"""What phones send and get while getting in; `docs/sync.md` tells the story."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema


class CodeRequest(Schema):
    mobile: str = Field(max_length=40)


class CodeSent(Schema):
    sent: bool
    retry_after: int


class VerifyRequest(Schema):
    mobile: str = Field(max_length=40)
    code: str = Field(max_length=12)


class OrganizationName(Schema):
    id: UUID
    name: str


class VerifyAnswer(Schema):
    ticket: str
    organizations: list[OrganizationName]
    authenticator: bool = Field(description="whether `complete` needs the code of the authenticator app")


class PhoneSelf(Schema):
    id: UUID
    name: str = Field("", max_length=80)
    platform: str = Field("", max_length=40)


class CompleteRequest(Schema):
    ticket: str = Field(max_length=1000)
    organization: UUID
    device: PhoneSelf
    authenticator: str = Field("", max_length=20)


class CancelRequest(Schema):
    ticket: str = Field(max_length=400)
    device_id: UUID


class Me(Schema):
    id: UUID
    name: str


class CompleteAnswer(Schema):
    confirmed: bool
    token: str | None
    me: Me
    organization: OrganizationName
    agreed: bool


class ScanCode(Schema):
    """What the phone read off the screen, or the person typed."""

    code: str = Field(max_length=40)


class ScanAnswer(ScanCode):
    confirms: bool


class ScanShown(Schema):
    """Which page asks to be signed in: what its browser calls itself, and until when it may be answered."""

    browser: str
    asked_at: datetime
    expires_at: datetime


class DeviceOut(Schema):
    id: UUID
    kind: str
    name: str
    platform: str
    confirmed: bool
    current: bool
    last_seen_at: datetime | None


class DeviceList(Schema):
    devices: list[DeviceOut]
