"""Periodic data: a linear model of past values gets better as its window grows, until it covers the period.

y_t = b + Σ_j w_j x_{t−j}, least squares, learned from the first days and tested on the last ones.
"""

from typing import NamedTuple

import numpy as np

from engine.arrays import Floats

LONGEST = 56  # days that a model may look back
TESTED = 0.3  # share of the days, the last ones
WEEK = np.array([0.6, 0.8, 0.9, 0.9, 0.6, -1.6, -2.2])  # of a weekly rhythm: fewer views at the weekend
MONTH = 1.0  # height of a wave of 28 days
DRIFT = 0.3  # standard deviation of what each day adds to the level


class Windowed(NamedTuple):
    """A model for each window 1, 2, … LONGEST, and the answers of one of them."""

    train: Floats  # (LONGEST,), root of the mean squared error on the days that are learned from
    test: Floats  # (LONGEST,)
    days: Floats  # (n,), those that are predicted: all but the first LONGEST
    truth: Floats  # (n,)
    predicted: Floats  # (n,), with the window that was asked for
    first_tested: int  # the first of the days that are tested


def daily_views(days: int, noise: float, seed: int = 0) -> Floats:
    """Thousands of views a day: a weekly rhythm, a wave of 28 days, a level that drifts, and noise."""
    drift, errors = np.random.default_rng(seed).spawn(2)
    at = np.arange(days)
    level = 5 + DRIFT * 0.1 * np.cumsum(drift.standard_normal(days))
    return np.asarray(level + WEEK[at % 7] + MONTH * np.sin(2 * np.pi * at / 28) + noise * errors.standard_normal(days))


def windowed(series: Floats, window: int) -> Windowed:
    """The errors of all windows on the same days, and what the model with this one says.

    Raises:
        ValueError: for a window that is not from 1 to LONGEST, or too few days.
    """
    if not 1 <= window <= LONGEST:
        raise ValueError(f"window must lie between 1 and {LONGEST}, not {window}")
    count = len(series) - LONGEST
    tested = round(TESTED * len(series))
    if count - tested < 2 * LONGEST:
        raise ValueError(f"{len(series)} days are too few for a window of {LONGEST}")
    truth = series[LONGEST:]
    past = np.stack([series[LONGEST - back : len(series) - back] for back in range(1, LONGEST + 1)], axis=1)
    learned = count - tested
    errors, answers = np.empty((2, LONGEST)), np.empty((LONGEST, count))
    for size in range(1, LONGEST + 1):
        rows = np.column_stack([past[:, :size], np.ones(count)])
        weights = np.linalg.lstsq(rows[:learned], truth[:learned], rcond=None)[0]
        answers[size - 1] = rows @ weights
        wrong = (answers[size - 1] - truth) ** 2
        errors[:, size - 1] = np.sqrt([wrong[:learned].mean(), wrong[learned:].mean()])
    days = np.arange(LONGEST, len(series)).astype(float)
    return Windowed(errors[0], errors[1], days, truth, answers[window - 1], LONGEST + learned)
