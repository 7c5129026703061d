"""Flat and sharp minima: the same shift of the surface costs little in a flat one, much in a sharp one."""

from collections.abc import Iterator

import numpy as np
import streamlit as st

from curves.spectra import SPECTRA
from engine.link import choice
from engine.measures.flat_minima import Cuts, Sharpest, cuts, cuts_seconds, sharpest, sharpest_seconds
from engine.networks.experiment import NetworkExperiment
from engine.networks.training import Training
from engine.surfaces.relief import losses
from landscapes import LANDSCAPES
from views.controls.widgets import linked_slider
from views.kit.charts import STRETCHES, Axis, Chart, Series, draw, lane_line, line, marks, note, variant_line
from views.kit.glossary import marked
from views.kit.labels import lane_label
from views.kit.text import number, say, text
from views.session.trained import key_of
from views.session.work import worked

SURFACE = "flat_and_sharp"
TRAIN, TEST = variant_line(0), variant_line(1)


def shifted() -> None:
    """A surface with a flat and a sharp minimum, and the same surface shifted: what a test set may do to it."""
    st.markdown(f"## {text('flat.title')}")
    left, right = st.columns([1, 2], gap="large", vertical_alignment="center")
    right.caption(marked(text("flat.about")))
    with left:
        shift = linked_slider(text("flat.shift"), "shift", help=text("flat.shift_hint"))
    surface = LANDSCAPES[SURFACE]
    low, high = surface.window[0]
    across = np.linspace(low, high, 512)
    minima = np.array(surface.minima_at(**choice(LANDSCAPES, SURFACE).numbers))
    train, test = (choice(LANDSCAPES, SURFACE, shift=moved) for moved in (0.0, shift))
    series = [
        line(across, losses(train, across[:, None]), text("flat.train"), **TRAIN),
        line(across, losses(test, across[:, None]), text("flat.test"), **TEST),
    ]
    for spot, gap, kind in zip(minima[:, 0], losses(test, minima), ("flat", "sharp"), strict=True):
        series += mark_gap(float(spot), 0.0, float(gap), text(f"flat.{kind}", gap=number(float(gap), 2)))
    draw(Chart(Axis("θ"), Axis(text("flat.loss"), low=-0.08, high=2.2), series, height=300), "shifted")


def mark_gap(spot: float, low: float, high: float, label: str) -> list[Series]:
    """A bar between the loss at a minimum and the test loss there, with its height in words."""
    return [
        line([spot, spot], [low, high], colour=TEST["colour"], width=4, mute=True),
        marks([spot], [low], colour=TRAIN["colour"], size=5),
        marks([spot], [high], colour=TEST["colour"], size=5),
        note(spot, 2.05, label, colour=TEST["colour"]),
    ]


def around_ends(net: NetworkExperiment, training: Training) -> None:
    """Of networks the loss around the end of each training, on its own examples and on the test's."""
    st.markdown(f"## {text('flat.ends_title')}")
    left, right = st.columns([1, 2], gap="large", vertical_alignment="center")
    right.caption(marked(text("flat.ends_about")))
    with left:
        reach = linked_slider(text("flat.reach"), "cut", help=text("flat.reach_hint"))
    sharp = worked("sharpest", key_of(net), sharpest_seconds(net), lambda: _sharpest(net, training))
    if sharp is None:
        return
    profile = worked("cuts", (key_of(net), reach), cuts_seconds(net), lambda: _cuts(net, training, sharp, reach))
    if profile is None:
        return
    lanes = len(net.plan.lanes)
    places = [place for place, racer in enumerate(net.lanes) if racer.shown]
    ground = np.nanmin(profile.train, initial=np.inf)
    top = _top(profile)
    for lane, column in enumerate(st.columns(min(lanes, 4)) * (lanes // 4 + 1)):
        if lane == lanes:
            break
        with column:
            st.markdown(f"**{lane_label(net, places[lane])}**  \n{_told(sharp, profile, lane)}")
            loss = Axis(say(SPECTRA["loss"].name), low=float(ground - 0.05 * (top - ground)), high=top)
            draw(Chart(Axis(text("flat.distance")), loss, _cut(profile, lane, places[lane]), height=260), f"cut_{lane}")


def _sharpest(net: NetworkExperiment, training: Training) -> Iterator[tuple[float, Sharpest]]:
    for so_far in sharpest(net, training):
        yield so_far.done, so_far


def _cuts(net: NetworkExperiment, training: Training, sharp: Sharpest, reach: float) -> Iterator[tuple[float, Cuts]]:
    for so_far in cuts(net, training, sharp, reach):
        yield so_far.done, so_far


def _top(profile: Cuts) -> float:
    """The highest loss that is drawn: what the middle of the steepest cuts reaches."""
    known = profile.train[np.isfinite(profile.train)]
    return float(np.quantile(known, 0.9)) * 1.3 if known.size else 1.0


def _told(sharp: Sharpest, profile: Cuts, lane: int) -> str:
    """Sharpness and gap at the end of a lane."""
    centre = profile.distance.size // 2
    train, test = profile.train[lane, 0, centre], profile.test[lane, 0, centre]
    if not np.isfinite(train):
        return text("flat.diverged")
    sharpest = text("flat.sharpness", value=number(float(sharp.curvature[lane]), 3))
    gap = f" · {text('flat.gap', gap=number(float(test - train), 2))}" if np.isfinite(test) else ""
    return f"{sharpest}{gap}"


def _cut(profile: Cuts, lane: int, place: int) -> list[Series]:
    """Thick: the sharpest direction, thin: the random one; dotted: on the test examples."""
    colour = lane_line(place)["colour"]
    return [
        line(profile.distance, along, colour=colour, dash=STRETCHES[dash], width=width)
        for heights, dash in ((profile.train[lane], "solid"), (profile.test[lane], "dot"))
        for along, width in zip(heights, (3.0, 1.3), strict=True)
    ]
