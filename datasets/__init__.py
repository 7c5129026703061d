"""Data sets: one file each. Regression first, then classification; in each, those of the lectures come first."""

from datasets.base import Dataset
from records import shelf

DATASETS: dict[str, Dataset] = shelf(
    __name__, "DATASET", lambda record: (bool(record.classes), not record.lecture, record.name)
)
