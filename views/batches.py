"""The page of batches: paths with small and large ones, and the cloud of their gradients."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.batch_noise import Cloud, Noise, noise, shrinkage
from engine.batch_timing import doubling
from engine.batches import updates_per_epoch
from engine.network import Floats
from engine.network_experiment import NetworkExperiment
from engine.network_plane import NetworkPlane, plane_for, share_shown, surface_on
from engine.relief import Relief
from engine.sweep import longest, with_batch
from engine.training import Training, train
from views import batch_sweeps
from views.batch_sweeps import few_ticks
from views.charts import MARKERS, chart, draw, lane_line
from views.controls import lane_label
from views.linked import linked_choice, linked_menu, linked_slider
from views.network_controls import trouble
from views.text import number, text
from views.trained import prepare
from views.work import worked

SIZES = ("all", "64", "32", "16", "8", "4", "2", "1")
USUAL_SIZES = ("all", "8", "1")
MOST_SIZES = 5
EPOCHS = 200  # on the slider at most
USUAL_EPOCHS = 30
ROWS = 400  # points of a path
DOTS = 400  # of a cloud, in the picture
GRADIENTS = 20_000_000  # numbers that the gradients of all examples may be
INK = {"color": "#1c2530", "line": {"color": "#ffffff", "width": 1.5}}  # to be seen on light and on dark
GROUND = [[0, "rgba(70, 105, 140, .62)"], [1, "rgba(70, 105, 140, .03)"]]


class Paths(NamedTuple):
    """Trainings from the same weights with different batches, on one plane."""

    trainings: tuple[Training, ...]
    shown: NetworkPlane
    relief: Relief
    share: float  # of the paths that the plane shows


def show(net: NetworkExperiment) -> None:
    """What was asked for: paths and clouds, times, or a sweep."""
    with st.container(horizontal=True, vertical_alignment="center"):
        topic = linked_choice(
            text("batches.topic"), "topic", tuple(TOPICS), lambda name: text(f"batches.topic_{name}"),
            label_visibility="collapsed",
        )  # fmt: skip
        racer = _racer(net) if topic != "time" else 0
    if told := trouble(replace(net, batch=0)):
        st.warning(told)
        return
    TOPICS[topic](replace(net, lanes=(net.lanes[racer],), seeds=1))


def _racer(net: NetworkExperiment) -> int:
    """The number of the lane that all of this page is about."""
    shown = [str(place) for place, racer in enumerate(net.lanes) if racer.shown] or ["0"]
    if len(shown) == 1:
        return int(shown[0])
    return int(
        linked_menu(
            text("batches.racer"),
            "racer",
            shown,
            lambda place: lane_label(net, int(place)),
            label_visibility="collapsed",
            width=260,
        )
    )


def _paths_topic(net: NetworkExperiment) -> None:
    """B1 and B5 beside each other: what a batch does to the path, and why."""
    sizes = _sizes(net)
    if not sizes:
        st.info(text("batches.no_size"))
        return
    nets = _variants(net, sizes)
    if told := next(filter(None, map(trouble, nets)), ""):
        st.warning(told)
        return
    found = worked("paths", tuple(nets), _seconds(nets), lambda: _paths(nets))
    if found is None:
        return
    left, right = st.columns(2, gap="medium")
    with right:
        place = _place(found.trainings[0])
    row = int(found.trainings[0].path_rows[place])
    cloud = _noise(nets, found.trainings[0].path[0, place])
    with left:
        st.markdown(f"**{text('batches.paths_title')}**")
        _draw_map(found, nets, place)
        _draw_curves(found, nets)
    with right:
        if cloud is not None:
            _draw_cloud(cloud, nets)
            _draw_spread(cloud, nets)
    _table(found, nets, cloud)
    told = text(
        "batches.paths_note", share=number(100 * found.share, 3), update=int(found.trainings[0].steps[row]),
        size=_size_name(nets[0]),
    )  # fmt: skip
    st.caption(" ".join([told, text("batches.cloud_note")] if cloud else [told]))


# ---- which batches ---------------------------------------------------------------------------------------------------


def _sizes(net: NetworkExperiment) -> tuple[int, ...]:
    """The batch sizes that are shown, 0 for all; the choice stands in the link."""
    known = [size for size in SIZES if size == "all" or int(size) < net.points]
    asked = [size for size in known if size in st.query_params.get("sizes", "-".join(USUAL_SIZES)).split("-")]
    st.session_state.sizes = asked[:MOST_SIZES]

    def keep() -> None:
        chosen = tuple(sorted(st.session_state.sizes, key=SIZES.index))
        st.query_params["sizes"] = "-".join(chosen)
        if chosen == USUAL_SIZES:
            del st.query_params["sizes"]

    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.pills(
            text("batches.sizes"), known, selection_mode="multi", key="sizes", on_change=keep,
            format_func=lambda size: text("batches.all") if size == "all" else size,
            help=text("batches.sizes_help", most=MOST_SIZES),
        )  # fmt: skip
        linked_choice(
            text("batches.equal"), "equal", ("updates", "epochs"), lambda name: text(f"batches.equal_{name}"),
            help=text("batches.equal_help"),
        )  # fmt: skip
        if st.session_state.equal == "epochs":
            linked_slider(text("batches.epochs"), "epochs", 1, EPOCHS, USUAL_EPOCHS, 1, width=220)
    return tuple(0 if size == "all" else int(size) for size in sorted(chosen, key=SIZES.index)[:MOST_SIZES])


def _variants(net: NetworkExperiment, sizes: tuple[int, ...]) -> list[NetworkExperiment]:
    """The same training with each batch size, for equal updates or equal epochs."""
    if st.session_state.equal == "updates":
        return [replace(net, batch=size) for size in sizes]
    epochs = min(int(st.session_state.epochs), *(longest(net, size) for size in (*sizes, 0)))
    return [with_batch(net, size, epochs) for size in sizes]


def _size_name(net: NetworkExperiment) -> str:
    return text("batches.size", size=net.batch) if net.batch else text("batches.size_all", size=net.points)


def _seconds(nets: list[NetworkExperiment]) -> float:
    return sum(net.seconds for net in nets)


def _paths(nets: list[NetworkExperiment]) -> Iterator[tuple[float, Paths]]:
    """Train one batch size after the other."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(prepare, nets))
    done: list[Training] = []
    nothing: Any = None
    for net in nets:
        parts = net.examples
        for training in train(replace(net.plan, rows=ROWS), *parts.train[:2], *parts.test[:2]):
            yield (len(done) + training.done) / len(nets), nothing
        done.append(training)
    together = _together(done)
    shown = plane_for(replace(nets[0], plane="pca"), together)
    relief = surface_on(shown, shown.window)
    lived = together.diverged_at[:, 0] < 0
    paths = together.path[lived] if lived.any() else together.path[:, :1]
    yield 1.0, Paths(tuple(done), shown, relief, share_shown(shown, paths))


def _together(trainings: list[Training]) -> Training:
    """Their paths side by side, as if they were lanes of one training; shorter ones stay at their end."""
    most = max(training.path.shape[1] for training in trainings)

    def filled(rows: Floats, axis: int) -> Floats:
        missing = [(0, 0)] * rows.ndim
        missing[axis] = (0, most - rows.shape[axis])
        return np.pad(rows, missing, mode="edge")

    return trainings[0]._replace(
        path=np.concatenate([filled(training.path, 1) for training in trainings]),
        objective=np.concatenate([training.objective[..., -1:] for training in trainings]),
        diverged_at=np.concatenate([training.diverged_at for training in trainings]),
    )


# ---- paths -----------------------------------------------------------------------------------------------------------


def _draw_map(found: Paths, nets: list[NetworkExperiment], place: int) -> None:
    heights, window = found.relief.heights, found.shown.window
    rows, columns = heights.shape
    figure = chart(text("batches.along"), text("batches.across"), height=290)
    figure.add_contour(
        x=np.linspace(window[0], window[1], columns), y=np.linspace(window[2], window[3], rows),
        z=found.relief.colour.share(heights).astype(np.float32), customdata=heights.astype(np.float32),
        colorscale=GROUND, showscale=False,
        contours={"start": 0, "end": 1, "size": 0.06, "coloring": "heatmap"},
        line={"width": 0.6, "color": "rgba(90, 115, 140, .5)"}, hovertemplate="L = %{customdata:.3g}<extra></extra>",
    )  # fmt: skip
    for lane, (net, training) in enumerate(zip(nets, found.trainings, strict=True)):
        lived = _lived(training)
        places = found.shown.plane.shadow(training.path[0, :lived])
        figure.add_scatter(
            x=places[:, 0], y=places[:, 1], mode="lines", hoverinfo="skip", showlegend=False, line=_line(lane),
        )  # fmt: skip
        figure.add_scatter(
            x=places[-1:, 0], y=places[-1:, 1], mode="markers", name=_size_name(net),
            marker={**_dot(lane), "size": 11, "line": {"color": "white", "width": 1.5}},
        )  # fmt: skip
    start, here = found.shown.plane.shadow(found.trainings[0].path[0, [0, place]])
    figure.add_scatter(
        x=start[:1], y=start[1:], mode="markers", name=text("batches.start"), showlegend=False,
        marker={"symbol": "circle-open", "size": 12, "color": "#888888", "line_width": 2.5},
    )  # fmt: skip
    figure.add_scatter(
        x=here[:1], y=here[1:], mode="markers", name=text("batches.here"), showlegend=False,
        marker={"symbol": "star", "size": 12, **INK},
    )  # fmt: skip
    figure.update_layout(margin={"t": 28, "b": 40, "l": 54})
    figure.update_xaxes(range=window[:2], title_standoff=4)
    figure.update_yaxes(range=window[2:], title_standoff=4)
    draw(figure, "batch_map")


def _line(lane: int) -> dict[str, Any]:
    """Without the dashes, which would hide the noise: markers at the ends tell the paths apart as well."""
    return {"color": lane_line(lane)["color"], "width": 1.6}


def _dot(lane: int) -> dict[str, Any]:
    return {"symbol": MARKERS[lane], "color": lane_line(lane)["color"]}


def _lived(training: Training) -> int:
    """How many points of a path there are before it diverged."""
    lost = int(training.diverged_at[0, 0])
    steps = training.steps[training.path_rows]
    return len(steps) if lost < 0 else max(int(np.searchsorted(steps, lost, "right")), 1)


def _draw_curves(found: Paths, nets: list[NetworkExperiment]) -> None:
    """The loss against updates, and against epochs."""
    clocks: dict[str, Callable[[NetworkExperiment], int]] = {
        "updates": lambda net: 1,
        "epochs": lambda net: updates_per_epoch(net.points, net.batch),
    }
    for column, (clock, per) in zip(st.columns(2, gap="small"), clocks.items(), strict=True):
        figure = chart(text(f"batches.clock_{clock}"), text("batches.loss"), log_x=True, log_y=True, height=175)
        for lane, (net, training) in enumerate(zip(nets, found.trainings, strict=True)):
            figure.add_scatter(
                x=training.steps / per(net), y=training.objective[0, 0], mode="lines", name=_size_name(net),
                line=_line(lane),
            )  # fmt: skip
        figure.update_layout(showlegend=False, margin={"t": 6, "b": 40, "l": 60, "r": 8})
        few_ticks(figure, "xy")
        with column:
            draw(figure, f"batch_loss_{clock}")


# ---- clouds ----------------------------------------------------------------------------------------------------------


def _place(training: Training) -> int:
    """Which point of the first path is looked at."""
    share = linked_slider(
        f"**{text('batches.at')}**", "at", 0, 100, 0, 1, format="%d %%", help=text("batches.at_help"),
    )  # fmt: skip
    return round(share / 100 * (_lived(training) - 1))


def _noise(nets: list[NetworkExperiment], theta: Floats) -> Noise | None:
    """The clouds of the shown sizes, and of those in between for the chart of their spread."""
    net = replace(nets[0], dropout=0.0)
    if net.size * net.points > GRADIENTS:
        st.info(text("batches.too_large"))
        return None
    alone = net.norm != "batch"
    others = doubling(net.points)[:-1] if alone else ()
    sizes = tuple(sorted({*others, *(each.batch for each in nets if each.batch)} - ({1} if not alone else set())))
    if not sizes or not np.isfinite(theta).all():
        return None
    key = (net.plan, net.data, net.test, net.standardise, sizes, theta.tobytes())
    found = worked("noise", key, 0.0, lambda: _noise_of(net, theta, sizes, alone))
    return found


def _noise_of(
    net: NetworkExperiment, theta: Floats, sizes: tuple[int, ...], alone: bool
) -> Iterator[tuple[float, Noise]]:
    make, part = net.surface()[0], net.examples.train
    yield 1.0, noise(make, theta, sizes, alone, inputs=part.inputs, targets=part.targets, decay=net.decay)


def _draw_cloud(found: Noise, nets: list[NetworkExperiment]) -> None:
    lanes = {net.batch: lane for lane, net in enumerate(nets)}
    clouds = sorted((cloud for cloud in found.clouds if cloud.batch in lanes), key=lambda cloud: cloud.batch)
    figure = chart(text("batches.along_gradient"), text("batches.across_gradient"), height=255)
    for cloud in clouds:
        some = cloud.places[:: -(-len(cloud.places) // DOTS)]
        figure.add_scatter(
            x=some[:, 0], y=some[:, 1], mode="markers", name=text("batches.size", size=cloud.batch),
            marker={**_dot(lanes[cloud.batch]), "size": 5, "opacity": 0.5},
        )  # fmt: skip
    for place, cloud in enumerate(clouds):
        cross = {"width": 3, "color": lane_line(lanes[cloud.batch])["color"]}
        figure.add_scatter(
            x=cloud.mean[:1], y=cloud.mean[1:], mode="markers", name=text("batches.mean", size=cloud.batch),
            marker={"symbol": "x-thin", "size": max(44 - 14 * place, 10), "line": cross},
        )  # fmt: skip
    figure.add_scatter(
        x=[found.norm], y=[0], mode="markers", name=text("batches.full"), marker={"symbol": "star", "size": 13, **INK}
    )
    figure.add_scatter(
        x=[0], y=[0], mode="markers", name=text("batches.zero"), hoverinfo="name",
        marker={"symbol": "circle-open", "size": 9, "color": "#888888", "line_width": 2},
    )  # fmt: skip
    figure.update_layout(showlegend=False, margin={"t": 6, "b": 40, "l": 54})
    figure.update_xaxes(title_standoff=4, zeroline=False)
    figure.update_yaxes(scaleanchor="x", title_standoff=4, zeroline=False)
    draw(figure, "batch_cloud")


def _draw_spread(found: Noise, nets: list[NetworkExperiment]) -> None:
    points = nets[0].points
    lanes = {net.batch: lane for lane, net in enumerate(nets)}
    sizes, spreads = np.array([(cloud.batch, cloud.spread) for cloud in found.clouds]).T
    figure = chart(text("batches.batch"), text("batches.spread"), log_x=True, log_y=True, height=190)
    line = np.geomspace(1, points, 60)[:-1]
    single = spreads[0] / shrinkage(points, sizes[0])
    rules = {"root": (1 / np.sqrt(line), "dot"), "drawn": (shrinkage(points, line), "solid")}
    for name, (shares, dash) in rules.items():
        figure.add_scatter(
            x=line, y=single * shares, mode="lines", name=text(f"batches.rule_{name}"), hoverinfo="skip",
            line={"color": "#888888", "dash": dash, "width": 1.5},
        )  # fmt: skip
    colours = [lane_line(lanes[int(size)])["color"] if int(size) in lanes else "#888888" for size in sizes]
    figure.add_scatter(
        x=sizes, y=spreads, mode="markers", name=text("batches.measured"), showlegend=False,
        marker={"color": colours, "size": 9},
    )  # fmt: skip
    figure.update_layout(margin={"t": 24, "b": 40, "l": 60}, legend_font_size=12)
    few_ticks(figure, "xy")
    draw(figure, "batch_spread")


def _table(found: Paths, nets: list[NetworkExperiment], cloud: Noise | None) -> None:
    """The counters, and what the clouds are."""
    heads = ["batch", "per_epoch", "updates", "epochs", "loss"] + (
        ["spread", "relative", "off", "downhill"] if cloud else []
    )
    clouds = {each.batch: each for each in cloud.clouds} if cloud else {}
    rows = []
    for lane, (net, training) in enumerate(zip(nets, found.trainings, strict=True)):
        per = updates_per_epoch(net.points, net.batch)
        lost = int(training.diverged_at[0, 0])
        end = text("batches.diverged", step=lost) if lost >= 0 else number(training.objective[0, 0, -1])
        mark = f'<span style="color:{lane_line(lane)["color"]}">■</span> '
        told = [mark + _size_name(net), str(per), str(net.steps), number(net.steps / per), end]
        rows.append([*told, *(_cloud_told(clouds.get(net.batch), cloud.norm) if cloud else [])])
    st.html(_html([[text(f"batches.{name}") for name in heads], *rows]))


def _cloud_told(cloud: Cloud | None, norm: float) -> list[str]:
    """Of a cloud's cells those of the table; a batch of all examples has none."""
    if cloud is None:
        return ["–"] * 4
    relative = number(cloud.spread / norm) if norm else "–"
    return [number(cloud.spread), relative, number(cloud.distance, 2), f"{100 * cloud.downhill:.0f} %"]


def _html(rows: list[list[str]]) -> str:
    """A table with low rows."""
    cell = "padding:1px 14px 1px 0;white-space:nowrap"
    lines = "".join("<tr>" + "".join(f'<td style="{cell}">{told}</td>' for told in row) + "</tr>" for row in rows)
    look = "font-size:14px;font-variant-numeric:tabular-nums;border-collapse:collapse"
    return f'<div style="overflow-x:auto"><table style="{look}">{lines}</table></div>'


def formulas() -> None:
    """What is computed, typeset."""
    with st.expander(text("share.formulas")):
        st.latex(
            r"g_B = \frac1{|B|}\sum_{n\in B}\nabla\ell_n,\qquad \mathbb E[g_B] = g = \frac1N\sum_n\nabla\ell_n,\qquad"
            r"\sqrt{\mathbb E\lVert g_B-g\rVert^2} = \frac{\sigma}{\sqrt{b}}\sqrt{\frac{N-b}{N-1}}"
        )
        st.markdown(text("batches.formula_words"))


TOPICS: dict[str, Callable[[NetworkExperiment], None]] = {
    "paths": _paths_topic,
    "time": batch_sweeps.times,
    "sweep": batch_sweeps.sweeps,
}
