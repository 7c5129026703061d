"""Every formula on the screen, evaluated as it is written, against what runs: at several places, with several knobs."""

from collections.abc import Iterator
from itertools import product

import jax
import jax.numpy as jnp
import latex
import numpy as np
import pytest

from activations import ACTIVATIONS
from datasets import DATASETS
from engine import descend
from engine.arrays import as_numbers
from engine.link import choice
from engine.measures.batch_noise import shrinkage
from engine.measures.polishing import _norm_step, _Place
from engine.measures.spectra import tolerances
from engine.networks.experiment import NetworkExperiment
from engine.networks.network import EPS, moments_shape, outputs, unravelled
from engine.networks.objective import logits, point_losses, probabilities
from initialisations import INITIALISATIONS
from landscapes import LANDSCAPES
from losses import LOSSES
from normalisations import NORMALISATIONS
from optimizers import OPTIMIZERS, SCHEDULES
from records import Setting, settings
from views.batches import stage as batches
from views.export.network import network_formula
from views.saddles import stage as saddles

STEPS = 25
IN_WORDS = {"penalty": "λ", "weight_decay": "λ_w"}  # sliders without a letter, and theirs in the formulas
FACTORS = "cosine", {"final": 0.1}  # the schedule that the rules are tried with


def values(sliders: dict[str, Setting], tries: int) -> Iterator[dict[str, float]]:
    """The defaults, then numbers within reach of every slider: evenly on its own scale."""
    chance = np.random.default_rng(7)
    yield {name: item.default for name, item in sliders.items()}
    for _ in range(tries if sliders else 0):
        chosen = {}
        for name, item in sliders.items():
            share, knob = chance.uniform(), item.knob
            even = knob.low + share * (knob.high - knob.low)
            grown = knob.low * (knob.high / knob.low) ** share if knob.kind == "log" else even
            chosen[name] = float(round(even)) if knob.kind in ("whole", "switch") else grown
        yield chosen


def symbols(sliders: dict[str, Setting], chosen: dict[str, float]) -> dict[str, float]:
    """What the screen calls them; a slider of η_T/η tells η_T once η is known."""
    return {sliders[name].knob.symbol or IN_WORDS.get(name, name): value for name, value in chosen.items()}


# ---- the reader ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "given", "meant"),
    [
        (r"\tfrac12r^2+\tfrac x5", {"r": 3, "x": 2}, 4.9),
        (r"\sin^22\pi w", {"w": 0.3}, np.sin(0.6 * np.pi) ** 2),
        (r"\cos3\pi x-0.4\cos4\pi y", {"x": 0.1, "y": 0.2}, np.cos(0.3 * np.pi) - 0.4 * np.cos(0.8 * np.pi)),
        (r"-\cos x\cos y\;e^{-x^2}", {"x": 0.5, "y": 2}, -np.cos(0.5) * np.cos(2) * np.exp(-0.25)),
        (r"-x\sin\sqrt{|x-(y+47)|}", {"x": 3, "y": 1}, -3 * np.sin(np.sqrt(45))),
        (r"\hat m / (\sqrt{\hat v} + \varepsilon)", {"m̂": 2, "v̂": 4, "ε": 1}, 2 / 3),
        (r"\beta_1^{t+1} w_1w_2", {"β₁": 0.5, "t": 1, "w₁": 2, "w₂": 3}, 1.5),
        (r"\begin{cases} 1 & t < p_0 T \\ 2 & p_0 T \le t < 5 \\ 3 & t \ge 5,\ t > 6 \end{cases}",
         {"t": 4, "p₀": 0.1, "T": 10}, 2),
        (r"\sum_{i \le t} g_i^2", {"g[]": [1, 2, 3, 4], "t": 2}, 14),
        (r"\sum_{k=1}^2a_k,\quad a=(-3, 5)", {}, 2),
        (r"\tfrac1N\sum_n h(x_n) + 1,\quad h(r) = \begin{cases} r^2 & |r| \le 1 \\ |r| & |r| > 1 \end{cases}",
         {"x[]": {1: -2, 2: 0.5}, "#n": (1, 2), "N": 2}, 2.125),
        (r"u^{\top} g / \|g\|", {"u": np.array([1.0, 2]), "g": np.array([3.0, 4])}, 2.2),
    ],
)  # fmt: skip
def test_the_reader_of_formulas(written, given, meant):
    assert latex.evaluate(written, given) == pytest.approx(meant, rel=1e-14)


@pytest.mark.parametrize("written", [r"x + \unknown", r"(x", r"x)", r"\text{else}", r"\begin{matrix} x \end{matrix}"])
def test_the_reader_refuses_what_it_does_not_know(written):
    with pytest.raises((SyntaxError, KeyError, ValueError)):
        latex.evaluate(written, {"x": 1.0})


# ---- surfaces and losses ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", LANDSCAPES)
def test_surfaces(key):
    surface = LANDSCAPES[key]
    low, high = np.array(surface.window).T
    places = low + (high - low) * np.random.default_rng(3).uniform(0.2, 0.8, (20, surface.dimension))
    sliders = settings(surface.make)
    runs = jax.jit(lambda places, knobs: jax.vmap(surface.make(**knobs))(places))
    for chosen in values(sliders, 4):
        names = symbols(sliders, chosen)
        if surface.examples:
            x, y = surface.examples.points(**chosen)
            count = range(1, len(x) + 1)
            names |= {"x[]": dict(zip(count, x, strict=True)), "y[]": dict(zip(count, y, strict=True))}
            names |= {"N": len(x), "#n": count}
        precise = places.astype(np.longdouble)  # ln(1 - f) loses digits where f is nearly 1
        read = [
            float(latex.evaluate(surface.formula, names | dict(zip(surface.coordinates, place, strict=True))))
            for place in precise
        ]
        np.testing.assert_allclose(read, runs(places, as_numbers(chosen)), rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_activations(key):
    z = np.concatenate([np.linspace(-6, 6, 121), [-2, 0, 2]])
    read = [latex.evaluate(ACTIVATIONS[key].formula, {"z": each}) for each in z]
    np.testing.assert_allclose(read, ACTIVATIONS[key].of(jnp.asarray(z)), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("key", NORMALISATIONS)
def test_normalisations(key):
    """What a layer of the program gives its activation, from z alone and from those that it is compared with."""
    record, z = NORMALISATIONS[key], np.random.default_rng(2).normal(size=(4, 7)) + 1
    if record.axis is None:
        assert record.formula == "z"
        return
    mean, variance = (np.expand_dims(each, record.axis) for each in record.moments(jnp.asarray(z), record.axis))
    runs = (z - mean) / np.sqrt(variance + EPS)
    for (neuron, example), value in np.ndenumerate(z):
        beside = z[:, example] if record.axis == 0 else z[neuron]
        names = {"z": value, "z[]": beside, "m": len(beside), "B": len(beside)}
        names |= {"#k": range(len(beside)), "#n": range(len(beside))}
        assert latex.evaluate(record.formula, names) == pytest.approx(runs[neuron, example], rel=1e-12)


@pytest.mark.parametrize("key", INITIALISATIONS)
def test_initialisations(key):
    """The variance that the formula says is that of what is drawn."""
    m, n = 60, 500
    drawn = INITIALISATIONS[key].of(np.random.default_rng(4), (m, n))
    written = INITIALISATIONS[key].formula.replace(r"\sim", "=")
    for letter in "UN":
        written = written.replace(rf"\mathcal{{{letter}}}", letter)
    names: latex.Names = {"m": m, "n": n, "N": lambda mean, variance: mean**2 + variance}
    names["U"] = lambda low, high: (high**2 + high * low + low**2) / 3
    first, *others = latex.statements(written, functions=("U", "N"))
    for told in others:
        latex.carry_out(told, names)
    assert first.target == "w"
    assert np.mean(drawn**2) == pytest.approx(first.value(names), rel=0.02)


@pytest.mark.parametrize("key", LOSSES)
def test_losses(key):
    outputs = jnp.asarray(np.random.default_rng(5).normal(size=(3, 40)) * 2)
    target = jnp.eye(3)[np.arange(40) % 3].T
    given = logits(outputs) if LOSSES[key].logits else probabilities(outputs)
    runs = LOSSES[key].of(given, target)
    for point in range(40):
        names = {"z[]": outputs[:, point], "ŷ[]": given[:, point], "y[]": target[:, point]}
        names |= {"#i": range(3), "#j": range(3)}
        assert latex.evaluate(LOSSES[key].formula, names) == pytest.approx(float(runs[point]), rel=1e-12)
    wide = LOSSES[key].of(5 * given, target)  # also where Huber is linear
    if not LOSSES[key].logits:
        names = {"ŷ[]": 5 * given[:, 0], "y[]": target[:, 0], "#i": range(3)}
        assert latex.evaluate(LOSSES[key].formula, names) == pytest.approx(float(wide[0]), rel=1e-12)


def by_layers(net: NetworkExperiment, theta: np.ndarray, moments: np.ndarray, example: np.ndarray) -> latex.Names:
    """What the formula of a network says of one example: z, and ŷ where its loss is given probabilities."""
    parts = unravelled(net.architecture, theta)
    layers, last = range(1, net.depth + 1), net.depth + 1
    learned = {"W": "weight", "b": "bias", "γ": "gain", "β": "shift"}
    names = {f"{name}[]": {i: parts.get(f"{part}_{i}") for i in layers} for name, part in learned.items()}
    names |= {"W": parts[f"weight_{last}"], "b": parts[f"bias_{last}"], "x": example, "h[]": {}}

    def norm(z):
        if NORMALISATIONS[net.norm].over_batch:
            mean, variance = moments[names["i"] - 1]
            return (z - mean) / np.sqrt(variance + 1e-5)
        return latex.evaluate(NORMALISATIONS[net.norm].formula, {"z": z, "z[]": z, "m": len(z), "#k": range(len(z))})

    names |= {"norm": norm, "σ": np.tanh}
    for told in latex.statements(network_formula(net), functions=("σ", "norm")):
        for i in layers if told.index == "i" else [0]:
            names["i"] = i
            if told.target == "h":
                names["h[]"][i] = told.value(names)
            else:
                latex.carry_out(told, names)
    return names


@pytest.mark.parametrize(
    ("data", "norm", "residual"),
    [("sine", "none", 0), ("wine", "none", 1), *product(["two_moons"], NORMALISATIONS, [0, 1])],
)
def test_networks(data, norm, residual):
    """The layers, and the loss of each example from what the last one says: numbers, three classes and two."""
    for depth, width, loss in ((0, 4, "usual"), (1, 2, "mse"), (3, 5, "huber"), (3, 2, "usual")):
        net = NetworkExperiment(
            data=choice(DATASETS, data), norm=norm, residual=residual, depth=depth, width=width, loss=loss
        )
        chance = np.random.default_rng(depth)
        theta = chance.normal(size=net.size)
        moments = np.exp(chance.normal(size=moments_shape(net.architecture)))
        inputs, targets = (part[:5] for part in net.examples.train[:2])
        says = np.asarray(outputs(net.architecture, theta, inputs, moments))
        losses = point_losses(net.criterion, net.classes, jnp.asarray(says.T), jnp.asarray(targets))
        criterion = LOSSES[net.criterion]
        for example, target, said, wrong in zip(inputs, targets, says, losses, strict=True):
            names = by_layers(net, theta, moments, example)
            np.testing.assert_allclose(np.hstack(names["z"])[-len(said) :], said, rtol=1e-9)
            judged = np.hstack(names["z" if criterion.logits else "ŷ"])
            wanted = np.eye(len(judged))[int(target)] if len(judged) > 1 else [target]
            names = {"z[]": judged, "ŷ[]": judged, "y[]": wanted, "#i": range(len(judged)), "#j": range(len(judged))}
            assert latex.evaluate(criterion.formula, names) == pytest.approx(float(wrong), rel=1e-9)


# ---- pages -----------------------------------------------------------------------------------------------------------


def test_the_saddle_page():
    chance = np.random.default_rng(1)
    matrix, slope, theta = chance.normal(size=(5, 5)), chance.normal(size=5), chance.normal(size=5)
    values, vectors = np.linalg.eigh(matrix + matrix.T)
    names: latex.Names = {"H": matrix + matrix.T, "g": slope, "I": np.eye(5), "θ": theta, "#i": range(5), "λ[]": values}
    along = vectors.T @ slope
    place = _Place(*(np.array([each]) for each in (0.0, along, np.linalg.norm(slope), values, vectors, True)))
    np.testing.assert_allclose(latex.evaluate(saddles.NORM_STEP, names), vectors @ _norm_step(place)[0], rtol=1e-10)
    for share, size in product((1e-12, 1e-9, 1e-3), (1e-14, 1e-6, 1.0)):
        names |= {"s": share, "g": size * slope}
        steepness = np.linalg.norm(names["g"]) / max(np.linalg.norm(theta), 1)
        assert latex.evaluate(saddles.TAU, names) == pytest.approx(
            tolerances(values, share, slope=steepness), rel=1e-12
        )


def test_the_batches_page():
    for many, batch in ((10, 3), (400, 1), (400, 8), (400, 400)):
        told = latex.evaluate(batches.SPREAD, {"s": 2.0, "b": batch, "N": many})
        assert told == pytest.approx(2 * float(shrinkage(many, batch)), rel=1e-14)


# ---- schedules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", SCHEDULES)
def test_schedules(key):
    sliders = settings(SCHEDULES[key].make)
    runs = jax.jit(lambda when, steps, knobs: jax.vmap(SCHEDULES[key].make(steps=steps, **knobs))(when))
    for chosen, length in product(values(sliders, 40), (40, 1500)):
        if chosen.get("warmup", 0) > 2:
            chosen = chosen | {"warmup": chosen["warmup"] % (2 * length) // 2 + 1}  # shorter than the run, mostly
        t = np.arange(float(length))
        names: latex.Names = {"η": 0.3, "t": t, "T": length, **symbols(sliders, chosen)}
        for symbol in list(names):
            if symbol.endswith("/η"):
                names[symbol.removesuffix("/η")] = names[symbol] * names["η"]
        (told,) = latex.statements(SCHEDULES[key].formula)
        assert (told.target, told.index) == ("η", "t")
        with np.errstate(all="ignore"):
            read = np.broadcast_to(told.value(names), t.shape)
        np.testing.assert_allclose(read, 0.3 * runs(t, np.float64(length), as_numbers(chosen)), rtol=1e-9, atol=1e-290)


# ---- rules -----------------------------------------------------------------------------------------------------------


def booth(point):
    x, y = point
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


slope, curvature = jax.jit(jax.grad(booth)), jax.jit(jax.hessian(booth))


def inverse_curvature(steps: list[np.ndarray], changes: list[np.ndarray]) -> np.ndarray:
    """P of L-BFGS, from the last ten steps s and changes of the gradient y (Nocedal & Wright 1999, equation 7.16)."""
    identity = np.eye(2)
    if not steps:
        return identity * min(1, 1 / float(np.linalg.norm(slope(START))))  # as in Optax
    found = identity * (steps[-1] @ changes[-1]) / (changes[-1] @ changes[-1])
    for s, y in zip(steps[-10:], changes[-10:], strict=True):
        off = identity - np.outer(s, y) / (s @ y)
        found = off @ found @ off.T + np.outer(s, s) / (s @ y)
    return found


START = np.array((-4.0, 5.0))


def by_formula(key: str, rates: np.ndarray, chosen: dict[str, float], found) -> np.ndarray:
    """The path that the formula of a rule gives, (T+1, d). ``found``: the one that ran, for L-BFGS's line search."""
    told = latex.statements(OPTIMIZERS[key].formula, functions=("∇L",))
    names: latex.Names = symbols(settings(OPTIMIZERS[key].make), chosen)
    for switched in [symbol for symbol, value in names.items() if "," in symbol and not value]:
        for hat in switched.split(", "):  # the switch is off: m̂ = m, v̂ = v
            told = [latex.whole_is(each, hat[0]) if each.target == hat else each for each in told]
    names |= {each.target: np.zeros_like(START) for each in told if each.arrow}
    names |= {latex.key(each.target, each.index): np.zeros_like(START) for each in told if each.arrow}
    names |= {"θ": START, "∇L": lambda point: np.asarray(slope(point)), "g[]": []}
    points = [START]
    for t, rate in enumerate(rates):
        g = np.asarray(slope(names["θ"]))
        names["g[]"].append(g)
        names |= {"η": rate, "t": t, "g": g, "H": np.asarray(curvature(names["θ"]))}
        eigenvalues, eigenvectors = np.linalg.eigh(names["H"])
        names |= {"λ[]": eigenvalues, "u[]": eigenvectors.T, "#i": range(len(g))}
        if key == "lbfgs":
            names |= {"P": inverse_curvature(*(list(np.diff(each, axis=0)) for each in (points, names["g[]"])))}
            names |= {"s": 1 / found.scale[t, 0]}
        latex.step(told, names)
        points.append(np.asarray(names["θ"]))
    return np.array(points)


GENTLE = {"slope": 0.02, "length": 0.1, "whole": 0.7}  # rates at which no path is thrown out


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_rules(key):
    sliders = settings(OPTIMIZERS[key].make)
    for chosen in values(sliders, 6):
        chosen["learning_rate"] = GENTLE[OPTIMIZERS[key].pace] * (0.5 if key == "nesterov" else 1)
        chosen |= {name: 0.05 * chosen[name] for name in ("weight_decay",) if name in chosen}
        found = descend("booth", key, START, STEPS, schedule=FACTORS[0], schedule_knobs=FACTORS[1], **chosen)
        read = by_formula(key, found.learning_rate, chosen, found)
        np.testing.assert_allclose(read, found.params, rtol=1e-8, atol=1e-8, err_msg=f"{key} with {chosen}")
