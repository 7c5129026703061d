"""What is computed: descents, reliefs, outcomes, curvature, and the experiment that names them all."""

from engine import xla  # noqa: F401  first: sets up XLA before anything uses it
from engine.critical_points import critical_points
from engine.curvature import CriticalPoint, hessian
from engine.descent import Trajectory, descend
from engine.experiment import Experiment, lane, run

__all__ = ["CriticalPoint", "Experiment", "Trajectory", "critical_points", "descend", "hessian", "lane", "run"]
