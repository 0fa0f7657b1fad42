"""What a distance between two faces is taken for. A machine only ever confirms; the rest is for a person."""

from qince.employee.attendance.models import PunchPhoto

Finding = PunchPhoto.Finding


def finding_of(distance: float, passes: float, doubtful: float) -> Finding:
    if distance <= passes:
        return Finding.MATCHED
    return Finding.REVIEW if distance <= doubtful else Finding.DIFFERS
