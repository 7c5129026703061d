"""A lane as it is sent: its frames on the clock, what is printed of them, how far its curves go, and its path."""

from collections.abc import Mapping
from typing import Any, TypedDict

import numpy as np

from curves.base import Curve, Run
from curves.runs.pace import pace
from curves.runs.slope import slope
from engine.arrays import Floats
from engine.surfaces.descent import Trajectory
from engine.surfaces.outcome import Outcome
from engine.surfaces.relief import Plane, Window
from engine.surfaces.thinning import Steps, frames, last_step, strokes
from views.kit.curves import Table, run_columns
from views.kit.wire import Block, block, coarse

FRAMES = 1000  # steps of a run that are sent; a longer one is thinned to what can be seen
CORNERS = 2500  # of a longer run's path
PRINTED = {  # how many digits the table at the clock prints of what
    "theta_told": 3, "loss_told": 4, "norm_told": 4, "rate_told": 4, "scale_told": 3, "pace_told": 3, "m_told": 3,
    "step_told": 3, "slope_told": 3, "told": 3,
}  # fmt: skip


class LaneBlock(Block):
    """The columns of a lane and, of a long run, the corners of its path."""

    strokes: Block | None


class Marks(TypedDict):
    """What a curve of the loss marks; of a training nothing."""

    bursts: list[int]
    stuck_from: int


def kept_of(trajectory: Trajectory, most: int = FRAMES, result: Outcome | None = None) -> Steps:
    """The frames of a run: all steps of a short one; of a longer one some, with those at which something happened."""
    also = () if result is None else (*result.bursts, result.stuck_from, result.reached)
    return frames(last_step(trajectory), most, also)


def lane_columns(
    run: Run, kept: Steps, curves: Mapping[str, Curve], zero: float = 0.0
) -> tuple[Table, dict[str, list[int]]]:
    """What is drawn of a lane at the kept steps, and at which steps its curves go above their limits."""
    trajectory = run.trajectory
    assert trajectory.grads is not None and trajectory.step is not None and trajectory.scale is not None
    moves = np.minimum(kept, len(trajectory.step) - 1)  # the last row has no step of its own
    terms = {"grads": trajectory.grads, "step": trajectory.step, "scale": trajectory.scale}
    drawn, crossed = run_columns(run, kept, curves, zero)
    return {
        "steps": [kept.astype(float)],
        "theta": list(trajectory.params[kept].T),
        **drawn,
        **{name: [coarse(column) for column in values[moves].T] for name, values in terms.items()},
    }, crossed


def printed_columns(run: Run, kept: Steps) -> Table:
    """What the table at the clock prints."""
    trajectory = run.trajectory
    assert trajectory.step is not None and trajectory.scale is not None
    moves = np.minimum(kept, len(trajectory.step) - 1)
    rate, step, scale = trajectory.learning_rate[moves], trajectory.step[moves], trajectory.scale[moves]
    signed = {"slope_told": [slope(run)[kept]]} if run.experiment.surface.dimension == 1 else {}
    return signed | {
        "theta_told": list(trajectory.params[kept].T),
        "loss_told": [trajectory.loss[kept]],
        "norm_told": [trajectory.gradient_norm[kept]],
        "rate_told": [rate],
        "scale_told": list(scale.T),
        "pace_told": list(pace(run)[moves].T),
        "m_told": list(trajectory.direction[moves].T),
        "step_told": list(step.T),
    }


def path_table(trajectory: Trajectory, kept: Steps, plane: Plane, window: Window) -> Table:
    """Of a run of which steps are left out the corners of its path's strokes, and which of them a stroke leads to.
    Nothing of another run, whose frames are its path."""
    if len(kept) > kept[-1]:
        return {}
    places, low, high = places_of(trajectory, plane, window)
    traced = strokes(places, low, high, CORNERS)
    return {
        "steps": [traced.steps.astype(float)],
        "across": [places[traced.steps, 0]],
        "up": [places[traced.steps, 1]],
        "drawn": [traced.drawn.astype(float)],
    }


def lane_block(columns: list[Any], table: Table, path: Table) -> LaneBlock:
    """Where a lane's columns stand, and those of its path."""
    frames = block(columns, table, PRINTED)
    return {**frames, "strokes": block(columns, path) if path else None}


def places_of(trajectory: Trajectory, plane: Plane, window: Window) -> tuple[Floats, Floats, Floats]:
    """A path in its picture, (t, 2), with the corners of the window; on a curve the second coordinate is the loss."""
    end = last_step(trajectory) + 1
    places = plane.shadow(trajectory.params[:end])
    low, high = np.array(window[::2], dtype=float), np.array(window[1::2], dtype=float)
    if plane.axes.shape[1] == 1:
        loss = trajectory.loss[:end]
        places = np.column_stack([places[:, 0], loss])
        low[1], high[1] = np.min(loss), max(float(loss[0]), float(np.median(loss)), float(np.min(loss)) + 1e-12)
    return places, low, high
