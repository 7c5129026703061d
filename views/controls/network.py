"""The left side of every network page: data, network, training, and the same optimizer cards as on the surfaces."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from activations import ACTIVATIONS
from datasets import DATASETS
from engine.networks.experiment import NAMES, NUMBERS, NetworkExperiment, unsuited
from initialisations import INITIALISATIONS
from losses import LOSSES
from normalisations import NORMALISATIONS
from records import settings
from views.controls import widgets
from views.controls.fields import add_group, field, fields_of, lane_groups, send_panel, spelled
from views.kit.text import names, say, text
from views.session import visit

RECORDS: dict[str, Mapping[str, Any]] = {  # whose names a setting takes
    "activation": ACTIVATIONS,
    "norm": NORMALISATIONS,
    "scheme": INITIALISATIONS,
    "loss": LOSSES,
}


def data_menu(net: NetworkExperiment) -> None:
    """Choose the data set."""
    widgets.menu(
        text("net.data"), "data", names(DATASETS), net.data.name, lambda name: visit.edit("net.data", name),
        help=say(net.dataset.about),
    )  # fmt: skip


def network_panel(net: NetworkExperiment, without: tuple[str, ...] = ()) -> None:
    """The sliders of a network page.

    Args:
        without: names of settings that mean nothing on this page, and "lanes" where no optimizer runs.
    """
    groups = [_data_group(net), _network_group(net), _training_group(net)]
    for group in groups:
        for part in ("fields", "more"):
            group[part] = [each for each in group.get(part, []) if each["path"].split(".")[-1] not in without]
    lanes = [] if "lanes" in without else [*lane_groups(net, "net.lanes"), add_group(net, "net.")]
    send_panel([*groups, *lanes])


def shared(net: NetworkExperiment) -> NetworkExperiment:
    """What a page takes that compares no settings: all lanes as the panel says; with a sentence where some are not."""
    if any(racer.own for racer in net.lanes):
        st.caption(text("net.shared"))
    return net.alike


def option_name(setting: str, value: str) -> str:
    """What a choice is called in the page's language."""
    records = RECORDS.get(setting, {})
    return say(records[value].name) if value in records else text(f"net.{setting}_{value}")


def _number(net: NetworkExperiment, name: str) -> dict[str, Any]:
    return field(f"net.{name}", NUMBERS[name], getattr(net, name), text(f"net.{name}"), text(f"net.{name}_hint"))


def _batch(net: NetworkExperiment) -> dict[str, Any]:
    """Its slider ends with the examples that there are."""
    return {**_number(net, "batch"), "high": max(net.points, net.batch), "zero": text("net.batch_all")}


def _switch(net: NetworkExperiment, name: str) -> dict[str, Any]:
    return field(f"net.{name}", NUMBERS[name], getattr(net, name), "", text(f"net.{name}"))


def _choice(net: NetworkExperiment, name: str) -> dict[str, Any]:
    chosen: list[dict[str, Any]] = [{name: value} for value in NAMES[name]]
    suited = [each[name] for each in chosen if not unsuited(replace(net, **each))]
    return {
        "path": f"net.{name}",
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
        "more": [_number(net, "test"), _switch(net, "standardise"), knobs["seed"]],
    }


def _network_group(net: NetworkExperiment) -> dict[str, Any]:
    return {
        "kind": "run",
        "id": "network",
        "more_label": text("panel.more"),
        "fields": [_number(net, "depth"), _number(net, "width"), _choice(net, "activation")],
        "more": [_choice(net, "norm"), _switch(net, "residual"), _number(net, "dropout"), _choice(net, "scheme")],
    }


def _training_group(net: NetworkExperiment) -> dict[str, Any]:
    return {
        "kind": "run",
        "id": "training",
        "more_label": text("panel.more"),
        "fields": [_batch(net), _number(net, "steps")],
        "more": [_choice(net, "loss"), _number(net, "decay"), _number(net, "seeds"), _number(net, "seed")],
    }
