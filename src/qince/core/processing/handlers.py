"""Who was erased, or whose data may only be stored now, stands in no archive made before either."""

from qince.core.erasure.events import SubjectErased, UseRestricted
from qince.core.processing.archives import forget
from qince.core.processing.models import Archive
from qince.kit.events import subscribe


@subscribe(SubjectErased)
def drop_archives(event: SubjectErased) -> None:
    forget(Archive.objects.exclude(state=Archive.State.GONE))


@subscribe(UseRestricted)
def drop_archives_of_restricted(event: UseRestricted) -> None:
    if event.is_restricted:
        forget(Archive.objects.exclude(state=Archive.State.GONE))
