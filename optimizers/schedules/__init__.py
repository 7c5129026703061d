"""Learning-rate schedules: one file each, by name, the constant one first."""

from optimizers.schedules.base import Schedule
from records import shelf

SCHEDULES: dict[str, Schedule] = shelf(__name__, "SCHEDULE", lambda record: (record.name != "Constant", record.name))
