"""Flat and sharp minima: the same shift of the surface costs little in a flat one, much in a sharp one."""

from collections.abc import Iterator

import numpy as np
import streamlit as st

from curves.spectra import SPECTRA
from engine.link import choice
from engine.measures.flat_minima import Cuts, Sharpest, cuts, cuts_seconds, sharpest, sharpest_seconds
from engine.networks.experiment import NetworkExperiment
from engine.networks.together import Trained, by_part, learned
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


def around_ends(net: NetworkExperiment, training: Trained) -> None:
    """Of networks the loss around the end of each training, on its own examples and on the test's."""
    st.markdown(f"## {text('flat.ends_title')}")
    left, right = st.columns([1, 2], gap="large", vertical_alignment="center")
    right.caption(marked(text("flat.ends_about")))
    with left:
        reach = linked_slider(text("flat.reach"), "cut", help=text("flat.reach_hint"))
    seconds = sum(sharpest_seconds(part.net) for part in net.parts)
    sharp = worked("sharpest", key_of(net), seconds, lambda: _sharpest(net, training))
    if sharp is None:
        return
    seconds = sum(cuts_seconds(part.net) for part in net.parts)
    profile = worked("cuts", (key_of(net), reach), seconds, lambda: _cuts(net, training, sharp, reach))
    if profile is None:
        return
    ground = min(float(np.nanmin(each.train, initial=np.inf)) for each in profile)
    top = max(map(_top, profile))
    columns = iter(st.columns(min(len(learned(net, training)), 4)) * len(net.lanes))
    for at, (part, ends, cut) in enumerate(zip(net.parts, sharp, profile, strict=True)):
        for lane, place in enumerate(part.numbers):
            with next(columns):
                st.markdown(f"**{lane_label(net, place)}**  \n{_told(ends, cut, lane)}")
                loss = Axis(say(SPECTRA["loss"].name), low=float(ground - 0.05 * (top - ground)), high=top)
                chart = Chart(Axis(text("flat.distance")), loss, _cut(cut, lane, place), height=260)
                draw(chart, f"cut_{at}_{lane}")


def _sharpest(net: NetworkExperiment, trained: Trained) -> Iterator[tuple[float, tuple[Sharpest, ...]]]:
    return by_part(net, trained, lambda part, run, _: sharpest(part, run), [None] * len(trained))


def _cuts(
    net: NetworkExperiment, trained: Trained, sharp: tuple[Sharpest, ...], reach: float
) -> Iterator[tuple[float, tuple[Cuts, ...]]]:
    return by_part(net, trained, lambda part, run, place: cuts(part, run, sharp[place], reach), [None] * len(trained))


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
