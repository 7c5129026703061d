"""The left side of every network page: data, network, training, and the same optimizer cards as on the surfaces."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import streamlit as st

from datasets import DATASETS
from engine.networks.experiment import (
    KNOB,
    NAMES,
    NUMBERS,
    NetworkExperiment,
    own_knob,
    own_names,
    own_value,
    unsuited,
)
from engine.surfaces.experiment import MOST_LANES
from records import settings
from views.controls import widgets
from views.controls.fields import add_group, field, fields_of, lane_groups, menu_of, send_panel, spelled
from views.kit.labels import option_name, setting_name
from views.kit.text import names, say, text
from views.session import visit


def data_menu(net: NetworkExperiment) -> None:
    """Choose the data set."""
    widgets.menu(
        text("net.data"), "data", names(DATASETS), net.data.name, lambda name: visit.edit("net.data", name),
        help=say(net.dataset.about),
    )  # fmt: skip


def network_panel(
    net: NetworkExperiment, without: tuple[str, ...] = (), compares: bool = False, stops: bool = False
) -> None:
    """The sliders of a network page; see ``network_groups``."""
    send_panel(network_groups(net, without, compares, stops))


def network_groups(
    net: NetworkExperiment, without: tuple[str, ...] = (), compares: bool = False, stops: bool = False
) -> list[dict[str, Any]]:
    """Data, network, training, and the optimizers.

    Args:
        without: names of settings that mean nothing on this page, and "lanes" where no optimizer runs.
        compares: whether lanes may differ here in any setting.
        stops: whether early stopping means something.
    """
    without = (*without, *([] if stops else ["early"]))
    groups = [_data_group(net), _network_group(net), _training_group(net)]
    for group in groups:
        for part in ("fields", "more"):
            group[part] = [each for each in group.get(part, []) if each["path"].split(".")[-1] not in without]
    names = [name for name in own_names(net) if name not in without]
    lanes = _lanes(net, names) if compares else [*lane_groups(net, "net.lanes"), add_group(net, "net.")]
    return [*groups, *([] if "lanes" in without else lanes)]


def shared(net: NetworkExperiment) -> NetworkExperiment:
    """What a page takes that compares no settings: all lanes as the panel says; with a sentence where some are not."""
    if any(racer.own for racer in net.lanes):
        st.caption(text("net.shared"))
    return net.alike


def _lanes(net: NetworkExperiment, names: list[str]) -> list[dict[str, Any]]:
    """The cards of the lanes, each with what is its own, and the menus under them; ``names``: what they may have."""
    cards, add = lane_groups(net, "net.lanes"), add_group(net, "net.")
    for number, card in enumerate(cards):
        racer = net.lanes[number]
        card["kept"] = racer.kept
        card["fields"] += [_own(net, number, name) for name, _ in racer.own]
        others = [name for name in names if name not in dict(racer.own)]
        card["more"].append(_settings(net, f"net.lanes.{number}.differ", text("net.differ"), others))
    if len(net.lanes) < MOST_LANES:
        add["fields"].insert(0, _settings(net, "net.compare", text("net.compare"), names))
    return [*cards, add]


def _settings(net: NetworkExperiment, path: str, label: str, which: Iterable[str]) -> dict[str, Any]:
    return menu_of(path, label, {name: setting_name(net, name) for name in which})


def _own(net: NetworkExperiment, number: int, name: str) -> dict[str, Any]:
    """The field of a setting that is a lane's own."""
    alone, path = net.alone(number), f"net.lanes.{number}.own.{name}"
    knob, called = own_knob(net, name), setting_name(net, name)
    if knob is None:
        part = _choice(alone, name, path)
    elif name.startswith(KNOB):
        part = field(path, knob, own_value(alone, name), called)
    elif knob.kind == "switch":
        part = _switch(alone, name, path)
    else:
        part = {"batch": _batch, "subset": _subset, "kernel": _kernel}.get(name, _number)(alone, name, path)
    return {**part, "clear": (f"net.lanes.{number}.share", name)}


def _number(net: NetworkExperiment, name: str, path: str = "") -> dict[str, Any]:
    called, hint = text(f"net.{name}"), text(f"net.{name}_hint")
    return field(path or f"net.{name}", NUMBERS[name], getattr(net, name), called, hint)


def _batch(net: NetworkExperiment, name: str = "batch", path: str = "") -> dict[str, Any]:
    """Its slider ends with the examples that there are."""
    return {**_number(net, name, path), "high": max(net.points, net.batch), "zero": text("net.batch_all")}


def _subset(net: NetworkExperiment, name: str = "subset", path: str = "") -> dict[str, Any]:
    """Its slider ends with the examples that are not kept for the test."""
    whole = replace(net, subset=0).points
    return {**_number(net, name, path), "high": max(whole, net.subset), "zero": text("net.subset_all")}


def _features(net: NetworkExperiment) -> list[dict[str, Any]]:
    """Its slider ends with all of them; of one there is nothing to choose."""
    whole = len(net.dataset.features)
    field = {**_number(net, "features"), "high": max(whole, net.features), "zero": text("net.features_all")}
    return [field] if whole > 1 else []


def _kernel(net: NetworkExperiment, name: str = "kernel", path: str = "") -> dict[str, Any]:
    """Its slider ends with all features."""
    return {**_number(net, name, path), "high": max(net.inputs, net.kernel), "zero": text("net.kernel_all")}


def _mirror(net: NetworkExperiment) -> list[dict[str, Any]]:
    """Says whether it is true of these data that a mirror image keeps its class."""
    said = text("net.mirror_keeps" if net.dataset.keeps else "net.mirror_breaks")
    return [{**_switch(net, "mirror"), "label": said}] if net.dataset.mirrored else []


def _switch(net: NetworkExperiment, name: str, path: str = "") -> dict[str, Any]:
    return field(path or f"net.{name}", NUMBERS[name], getattr(net, name), "", text(f"net.{name}"))


def _choice(net: NetworkExperiment, name: str, path: str = "") -> dict[str, Any]:
    chosen: list[dict[str, Any]] = [{name: value} for value in NAMES[name]]
    suited = [each[name] for each in chosen if not unsuited(replace(net, **each))]
    return {
        "path": path or f"net.{name}",
        "kind": "choice",
        "symbol": text(f"net.{name}"),
        "label": text(f"net.{name}_hint"),
        "options": [(value, option_name(name, value)) for value in suited],
        "value": getattr(net, name),
    }


def _data_group(net: NetworkExperiment) -> dict[str, Any]:
    known = settings(net.dataset.make)
    knobs = {part["path"].split(".")[-1]: part for part in fields_of("net.knobs", net.dataset.make, net.data.numbers)}
    first = [spelled(part) for name, part in knobs.items() if name in known and name != "seed"]
    return {
        "kind": "run",
        "id": "data",
        "more_label": text("panel.more"),
        "fields": first,
        "more": [
            _number(net, "test"),
            _number(net, "validation"),
            _subset(net),
            *_features(net),
            *_mirror(net),
            _number(net, "copies"),
            _number(net, "jitter"),
            _number(net, "shift"),
            *([_number(net, "turn")] if net.inputs > 1 else []),
            _number(net, "stretch"),
            _switch(net, "standardise"),
            knobs["seed"],
        ],
    }


def _network_group(net: NetworkExperiment) -> dict[str, Any]:
    return {
        "kind": "run",
        "id": "network",
        "more_label": text("panel.more"),
        "fields": [_number(net, "depth"), _number(net, "width"), _choice(net, "activation")],
        "more": [
            *([_kernel(net)] if net.dataset.ordered else []),
            _choice(net, "norm"),
            _switch(net, "residual"),
            _number(net, "dropout"),
            _choice(net, "scheme"),
            _number(net, "scale"),
        ],
    }


def _training_group(net: NetworkExperiment) -> dict[str, Any]:
    return {
        "kind": "run",
        "id": "training",
        "more_label": text("panel.more"),
        "fields": [_batch(net), _number(net, "steps")],
        "more": [
            _choice(net, "loss"),
            _number(net, "decay"),
            _switch(net, "early"),
            _number(net, "seeds"),
            _number(net, "seed"),
        ],
    }
