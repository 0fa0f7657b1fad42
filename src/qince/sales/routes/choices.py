"""For whom a route may be laid."""

from qince.core.people.choices import of_people
from qince.sales.routes.queries import reps_plannable_by

REPS = of_people("route_reps", reps_plannable_by)
