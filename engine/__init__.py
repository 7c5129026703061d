"""What is computed: descents, surfaces, outcomes, and the experiment that names them all."""

from engine import xla  # noqa: F401  first: sets up XLA before anything uses it
from engine.descent import Trajectory, descend
from engine.experiment import Experiment, lane, run

__all__ = ["Experiment", "Trajectory", "descend", "lane", "run"]
