"""What a release reads like: its reasons in words, and the differences of its texts from those before."""

from typing import Any

from qince.core.organizations.models import Organization
from qince.core.policy import differences, significance
from qince.core.policy.models import Release
from qince.core.privacy import notice
from qince.core.privacy.models import NoticeVersion

Content = dict[str, Any]


def reasons(release: Release) -> list[dict[str, str]]:
    return [{"clause": each["clause"], "words": significance.words(each)} for each in release.reasons]


def parts(release: Release, organization: Organization | None, language: str) -> list[differences.Part]:
    """What is different for these readers; nothing where they have never had another text."""
    old, new = texts(release, organization, language)
    return differences.between(old, new) if old and new else []


def texts(
    release: Release, organization: Organization | None, language: str
) -> tuple[Content | None, Content | None]:
    """The text before the release and the one it brought, or will bring. Whoever had no text of their own in this
    language before compares the general ones.
    """
    for whose in dict.fromkeys((organization, None)):
        mine = NoticeVersion.objects.filter(organization=whose, language=language)
        before = mine.filter(release__lt=release.number).order_by("-release", "-released_at").first()
        if before is not None:
            after = mine.filter(release=release.number).order_by("released_at").first()
            told = notice.opened(after) if after else notice.preview(whose, language)
            return notice.opened(before), told
    return None, None
