"""People in letters: kept by id, named when the letter is read; who was erased has no name there either."""

from uuid import UUID

from qince.core.people.models import Employee
from qince.kit.keeping import kept
from qince.kit.tenancy import current_organization_id


def people(keys: str) -> str:
    """Their names, of ids with commas between."""
    return "、".join(filter(None, (person(each) for each in keys.split(",") if each)))


def person(key: str) -> str:
    """The name of the employee of this id; nothing for one who is gone. A letter from before has the name itself."""
    try:
        which = UUID(key)
    except ValueError:
        return key

    def read() -> str:
        found = Employee.objects.filter(pk=which).first()
        return str(found) if found else ""

    return str(kept(f"letters.person:{current_organization_id()}:{key}", read))
