"""What is computed: descents, reliefs, outcomes, curvature, and the experiments that name them all.

Five floors, and imports only go down: the ground (arrays, links, XLA), curvature, surfaces, networks, measures.
"""

from engine import xla  # noqa: F401  first: sets up XLA before anything uses it
from engine.curvature.critical_points import critical_points
from engine.curvature.derivatives import hessian
from engine.curvature.points import CriticalPoint, inspect
from engine.networks.experiment import NetworkExperiment
from engine.networks.together import learned, train_parts
from engine.networks.training import finish, train
from engine.surfaces.descent import Trajectory, descend
from engine.surfaces.experiment import Experiment, lane, run
from engine.surfaces.outcome import outcome
from engine.surfaces.stability import stability_limit

__all__ = [
    "CriticalPoint",
    "Experiment",
    "NetworkExperiment",
    "Trajectory",
    "critical_points",
    "descend",
    "finish",
    "hessian",
    "inspect",
    "lane",
    "learned",
    "outcome",
    "run",
    "stability_limit",
    "train",
    "train_parts",
]
