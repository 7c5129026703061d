"""The data view of every kind of experiment: what is sent is what the networks say."""

from dataclasses import replace

import numpy as np
import pytest
from test_network_experiment import ADAM, GD, HOT, SMALL, trained_on

from activations import ACTIVATIONS
from engine.networks import network
from engine.networks.answers import chances_at, last_hidden_at, moments_of
from engine.networks.experiment import NetworkExperiment
from engine.networks.together import learned, train_parts
from engine.surfaces.experiment import lane
from views.kit import fits
from views.kit.fits import EXAMPLES, LEVELS, MOMENTS, fit_told, kind_of

CURVE = NetworkExperiment.on("sine", GD, HOT, ADAM, knobs={"size": 40}, depth=1, width=3, steps=60)
POINTS = NetworkExperiment.on("iris", ADAM, depth=1, width=3, steps=60)
PAIRS = NetworkExperiment.on("diabetes", GD, depth=1, width=3, steps=60)
THREE = NetworkExperiment.on("blobs", GD, knobs={"size": 45}, depth=1, width=3, steps=60)
HIDDEN = replace(SMALL, view="hidden")
KINDS = {"curve": CURVE, "regions": SMALL, "three regions": THREE, "points": POINTS, "pairs": PAIRS, "hidden": HIDDEN}
BURST = lane("gradient_descent", learning_rate=1.0)  # beyond 2 / 20, the limit of a decay of 10: it diverges


def trained_parts(net):
    *_, (_, trained) = train_parts(net)
    return trained


def told(net):
    """The picture's header, and of each lane what the browser reads: rows (F, N)."""
    columns = [np.zeros(5)]  # something lies in front
    header = fit_told(net, learned(net, trained_parts(replace(net, view="data"))), columns)
    laid = np.concatenate(columns)

    def rows(block):
        ((name, count),) = block["columns"]
        assert name == "rows"
        return laid[block["offset"] :][: count * block["frames"]].reshape(count, block["frames"])

    header["rows"] = [rows(block) for block in header["lanes"]]
    for pieces in filter(None, header.get("pieces", [])):
        bends = pieces["bends"]
        pieces |= {"rows": rows(pieces["theta"]), "bend": laid[bends["offset"] :][: bends["frames"]]}
    assert len(laid) >= 5 + sum(each.size for each in header["rows"])
    return header


@pytest.mark.parametrize("lang", ["data", "hidden"])
@pytest.mark.parametrize(
    ("data", "depth", "kind"),
    [
        ("sine", 1, "curve"), ("sine", 0, "curve"), ("two_moons", 1, "regions"), ("blobs", 1, "regions"),
        ("iris", 1, "points"), ("digits", 2, "points"), ("diabetes", 1, "pairs"), ("unequal_features", 0, "pairs"),
    ],
)  # fmt: skip
def test_which_picture(data, depth, kind, lang):
    net = NetworkExperiment.on(data, depth=depth, view=lang)
    hidden = lang == "hidden" and net.classes and depth
    assert kind_of(net) == ("hidden" if hidden else kind)


@pytest.mark.parametrize("net", KINDS.values(), ids=KINDS)
def test_lengths_and_numbers(net):
    header, examples = told(net), net.examples
    count = min(len(examples.train.targets), EXAMPLES) + min(len(examples.test.targets), EXAMPLES)
    assert len(header["steps"]) == len(net.lanes)
    assert header["of"] == [0] * len(net.lanes)
    steps, (shown,) = header["steps"][0], header["examples"]
    frames = len(steps)
    assert 2 <= frames <= MOMENTS
    assert steps[0] == 0
    assert steps[-1] == net.steps
    assert steps == sorted(set(steps))
    assert len(shown["targets"]) == count
    assert shown["trained"] == min(len(examples.train.targets), EXAMPLES)
    assert len(header["classes"]) == net.classes
    assert len(header["rows"]) == len(net.lanes)
    assert all(len(rows) == frames for rows in header["rows"])
    widths = {
        "curve": fits.LINE, "regions": header.get("side", 0) ** 2 * (1 if net.classes == 2 else net.classes),
        "points": count, "pairs": count, "hidden": 2 * count,
    }  # fmt: skip
    assert {rows.shape[1] for rows in header["rows"]} == {widths[header["kind"]]}
    assert np.isfinite(header["rows"][0]).all()
    if header["kind"] != "hidden":
        places = np.array(shown["places"])
        assert len(places) == count
        for values, (low, high) in zip(places.T, header["window"], strict=False):
            assert low < values.min() <= values.max() < high


@pytest.mark.parametrize("net", [SMALL, THREE], ids=["two classes", "three classes"])
def test_regions_are_the_chances(net):
    header = told(net)
    (x0, x1), (y0, y1) = header["window"]
    side, training = header["side"], trained_on(net)
    x, y = np.linspace(x0, x1, side), np.linspace(y0, y1, side)
    for lane_number, rows in enumerate(header["rows"]):
        assert rows.min() >= 0
        assert rows.max() <= LEVELS
        at = moments_of(training, lane_number, MOMENTS)
        for row, column in [(0, 0), (0, side - 1), (side - 1, 0), (5, 17)]:
            chances = chances_at(net.architecture, at, [[x[column], y[row]]])[:, 0]
            for number, values in enumerate(chances.T[1:] if net.classes == 2 else chances.T):
                sent = rows[:, number * side**2 + row * side + column] / LEVELS
                np.testing.assert_allclose(sent, values, atol=0.5 / LEVELS + 1e-3)
    if net.classes == 3:
        rows = header["rows"][0].reshape(-1, 3, side**2)
        np.testing.assert_allclose(rows.sum(axis=1) / LEVELS, 1, atol=2 / LEVELS)


def test_a_curve_is_what_the_network_says_and_the_sum_of_its_pieces():
    header, training = told(CURVE), trained_on(CURVE)
    grid = np.linspace(*header["window"][0], fits.LINE)
    for lane_number in (0, 2):
        said = header["rows"][lane_number]
        final = training.final[lane_number, 0]
        wanted = np.asarray(network.outputs(CURVE.architecture, final, grid[:, None]))[:, 0]
        np.testing.assert_allclose(said[-1], wanted, rtol=1e-3, atol=1e-3)
        theta = header["pieces"][lane_number]["rows"][-1]
        into, bias, out, last = np.split(theta, [3, 6, 9])
        pieces = out * np.tanh(bias + grid[:, None] * into)  # as fitted.js reads θ
        np.testing.assert_allclose(pieces.sum(axis=1) + last, wanted, rtol=1e-2, atol=1e-2)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_activation_is_sent_as_a_table(activation):
    """As fitted.js reads it: between two places that are even in arsinh z."""
    net = replace(CURVE, lanes=(GD, HOT), activation=activation)
    header = told(net)
    for pieces in header["pieces"]:
        into, bias = pieces["rows"][:, :3, None], pieces["rows"][:, 3:6, None]
        with np.errstate(invalid="ignore"):  # one of the networks diverges
            z = (bias + into * np.linspace(*header["window"][0], fits.LINE)).ravel()
        z = z[np.abs(z) <= fits.FAR]
        assert np.abs(np.arcsinh(z)).max() <= pieces["reach"] * (1 + 1e-3)
        places = np.sinh(np.linspace(-pieces["reach"], pieces["reach"], len(pieces["bend"])))
        said = np.interp(np.arcsinh(z), np.arcsinh(places), pieces["bend"])
        wanted = np.asarray(ACTIVATIONS[activation].of(z))
        np.testing.assert_allclose(said, wanted, rtol=2e-3, atol=5e-3)  # between two places a kink is a line


@pytest.mark.parametrize("change", [{"depth": 2}, {"norm": "layer"}, {"residual": 1, "width": 1}])
def test_only_one_plain_hidden_layer_has_pieces(change):
    assert told(replace(CURVE, lanes=(GD,), **change))["pieces"] == [None]


def test_points_are_given_their_most_likely_class():
    header, training = told(POINTS), trained_on(POINTS)
    (shown,) = header["examples"]
    right = [np.mean(header["rows"][0][-1][part] == np.array(shown["targets"])[part]) for part in
             (slice(None, shown["trained"]), slice(shown["trained"], None))]  # fmt: skip
    assert right == pytest.approx([training.train_accuracy[0, 0, -1], training.test_accuracy[0, 0, -1]])
    assert right[0] > 0.6


def test_points_lie_on_their_principal_components():
    from sklearn.decomposition import PCA

    examples = POINTS.examples
    points = np.clip(np.concatenate([examples.train.inputs, examples.test.inputs]), -fits.USUAL, fits.USUAL)
    places = np.array(told(POINTS)["examples"][0]["places"])
    wanted = PCA(2).fit_transform(points)
    np.testing.assert_allclose(np.abs(places), np.abs(wanted), rtol=1e-6, atol=1e-8)


def test_pairs_are_predictions():
    header, training, examples = told(PAIRS), trained_on(PAIRS), PAIRS.examples
    assert header["examples"][0]["trained"] == EXAMPLES < len(examples.train.targets)
    inputs = np.concatenate([examples.train.inputs[:EXAMPLES], examples.test.inputs[:EXAMPLES]])
    wanted = np.asarray(network.outputs(PAIRS.architecture, training.final[0, 0], inputs))[:, 0]
    np.testing.assert_allclose(header["rows"][0][-1], wanted, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("width", [1, 2, 3])
def test_the_last_hidden_layer(width):
    net = replace(HIDDEN, width=width, lanes=(GD,))
    header, examples = told(net), net.examples
    inputs = np.concatenate([examples.train.inputs, examples.test.inputs])
    rows = header["rows"][0][-1].reshape(2, -1).T
    at = moments_of(trained_on(replace(net, view="data")), 0, MOMENTS)
    layer = last_hidden_at(net.architecture, at, inputs)[-1]
    if width == 3:
        from sklearn.decomposition import PCA

        np.testing.assert_allclose(np.abs(rows), np.abs(PCA(2).fit_transform(layer)), rtol=1e-2, atol=1e-3)
    else:
        np.testing.assert_allclose(rows[:, :width], layer, rtol=1e-3)
        assert not rows[:, width:].any()
    assert header["names"] == (["PC 1", "PC 2"] if width == 3 else ["h₁", "h₂"])


# ---- at the edges ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_the_hidden_layer_of_a_network_that_diverges(activation):
    """Its window is that of the moments before; nothing is drawn where there is no number."""
    net = replace(HIDDEN, lanes=(ADAM, BURST), activation=activation, decay=10.0, steps=300)
    header = told(net)
    assert trained_on(replace(net, view="data")).diverged_at[:, 0].tolist()[0] == -1
    assert trained_on(replace(net, view="data")).diverged_at[1, 0] > 0
    for window in header["windows"]:
        assert all(low < high for low, high in window)
        assert np.abs(window).max() < 1e7
    assert np.isfinite(header["rows"][1][0]).all()


def test_a_network_that_diverged_gives_no_class():
    net = replace(POINTS, lanes=(BURST,), decay=10.0, steps=300)
    rows = told(net)["rows"][0]
    assert np.isfinite(rows[0]).all()
    assert np.isnan(rows[-1]).all()


@pytest.mark.parametrize(("share", "trained"), [(0.0, 40), (0.9, 4)])
def test_all_or_few_examples_to_learn_from(share, trained):
    header = told(replace(SMALL, test=share, lanes=(GD,)))
    assert header["examples"][0]["trained"] == trained
    assert len(header["examples"][0]["targets"]) == 40


def test_a_network_that_is_lost_at_once_has_a_picture_of_its_hidden_layer():
    net = replace(
        SMALL, lanes=(GD,), depth=64, width=4, activation="relu", residual=1, scheme="he", steps=5, view="hidden"
    )
    for width in (1, 2, 4):
        narrow = replace(net, width=width)
        told = fit_told(narrow, learned(narrow, trained_parts(narrow)), [])
        assert np.isfinite(told["windows"]).all()


# ---- lanes that differ -----------------------------------------------------------------------------------------------


def test_lanes_of_other_shapes_and_other_data_show_what_is_theirs():
    own = (GD, GD.with_own("depth", 3).with_own("width", 5), GD.with_own("subset", 7), GD.with_own("data.noise", 0.4))
    net = replace(SMALL, lanes=own, steps=20)
    header = told(net)
    assert header["of"] == [0, 0, 1, 2]
    assert [shown["trained"] for shown in header["examples"]] == [28, 7, 28]
    first, few, noisy = header["examples"]
    assert few["targets"][:7] == first["targets"][:7]  # nested, and one test
    assert few["places"][7:] == first["places"][28:]
    assert noisy["places"] != first["places"]
    deep = net.alone(1)
    *_, (_, (alone,)) = train_parts(deep)
    (x0, x1), (y0, y1) = header["window"]
    side = header["side"]
    chances = chances_at(deep.architecture, moments_of(alone, 0, MOMENTS), [[x0, y0], [x1, y1]])[-1, :, 1]
    np.testing.assert_allclose(header["rows"][1][-1][[0, side**2 - 1]] / LEVELS, chances, atol=0.5 / LEVELS + 1e-3)


def test_hidden_layers_of_other_widths_are_shown_on_their_components():
    net = replace(HIDDEN, lanes=(GD, GD.with_own("width", 2), GD.with_own("depth", 0)), steps=20)
    header = told(net)
    assert header["names"] == ["PC 1", "PC 2"]
    assert header["line"] == [None, None, None]
    assert [np.shape(rows)[1] for rows in header["rows"]] == [80, 80, 80]


@pytest.mark.parametrize("data", ["two_moons", "iris", "diabetes"])
def test_a_lane_that_gets_fewer_features_is_shown_among_all_of_them(data):
    net = NetworkExperiment.on(data, GD, GD.with_own("features", 1), depth=1, width=3, steps=20)
    header = told(net)
    assert header["kind"] == {"two_moons": "regions", "iris": "points", "diabetes": "pairs"}[data]
    whole, part = header["examples"]
    assert whole["places"] == part["places"]
    if data == "two_moons":  # what does not see the second feature says the same all the way up
        side = header["side"]
        grid = header["rows"][1].reshape(-1, side, side)
        np.testing.assert_array_equal(grid, grid[:, :1].repeat(side, axis=1))


def test_hidden_layers_of_a_lane_that_gets_fewer_features():
    told(replace(HIDDEN, lanes=(GD, GD.with_own("features", 1), GD.with_own("features", 1).with_own("depth", 0))))
