"""How long work takes here: measured once, kept, and counted in what a page asks about."""

import json
from urllib.parse import parse_qsl

import pytest
from starlette.applications import Starlette
from test_serve import fetch
from test_wire import unpacked

from engine import pace, xla
from engine.maps.grid import Map, seen
from engine.measures.tuning import tune, tuning_compiles
from engine.networks.experiment import NetworkExperiment, network_lane
from engine.races.run import fair_race
from engine.races.value import FairRace
from engine.surfaces.experiment import Experiment, lane
from settings.maps import Maps
from views.kit.addresses import ROOT
from views.maps.picture import asked
from views.server import answers
from views.session import trained
from views.session.said import read


@pytest.fixture(autouse=True)
def usual():
    """Other tests are of a machine of the usual pace."""
    yield
    pace.adopt(pace.Pace())


def test_it_is_measured_once(tmp_path, monkeypatch):
    file = tmp_path / "pace"
    pace.learn(file)
    first = pace.running(1.0), pace.compiling(1.0)
    assert all(1 / pace.MOST <= each <= pace.MOST for each in first)
    assert json.loads(file.read_text()) == list(first)
    pace.adopt(pace.Pace())
    monkeypatch.setattr(pace, "measured", lambda: pytest.fail("it was there already"))
    pace.learn(file)
    assert (pace.running(1.0), pace.compiling(1.0)) == first


@pytest.mark.parametrize(("ran", "wanted"), [(1.3, 1.0), (0.7, 1.0), (4.0, 4.0), (0.2, 0.2), (1e4, pace.MOST)])
def test_what_another_machine_would_do_as_well_is_as_usual(ran, wanted, monkeypatch):
    monkeypatch.setattr(pace, "_tried", lambda number: (ran * pace.RAN * (1 + number), pace.COMPILED))
    assert pace.measured() == pytest.approx((wanted, 1.0))


@pytest.mark.parametrize("body", ["", "[1]", "[1, 1e9]", '["a", 1]', "{}", "[1, 2, 3]"])
def test_what_is_no_measurement_is_measured_anew(body, tmp_path, monkeypatch):
    file = tmp_path / "pace"
    file.write_text(body)
    monkeypatch.setattr(pace, "measured", lambda: pace.Pace(2.0, 3.0))
    pace.learn(file)
    assert (pace.running(1.0), pace.compiling(1.0)) == (2.0, 3.0)


def test_a_slow_machine_is_asked_about_what_a_usual_one_does_at_once(monkeypatch):
    monkeypatch.setattr(xla, "noted", lambda _: True)
    net = NetworkExperiment(seed=271)
    assert net.seconds < 1.0
    assert not trained.asks_first(net)
    pace.adopt(pace.Pace(running=1.5 / net.seconds))
    assert trained.asks_first(net)
    assert trained.seconds_of(net) == pytest.approx(1.5)
    pace.adopt(pace.Pace(compiling=10.0))
    assert not trained.asks_first(net), "nothing has to be compiled"


def test_spectra_that_must_be_compiled_first_ask_and_say_so(monkeypatch):
    """A small network of five rules: trained and looked at within a moment, once the programs are there."""
    said = {"compiled": False}
    monkeypatch.setattr(xla, "noted", lambda _: said["compiled"])
    rules = ("gradient_descent", "momentum", "adagrad", "rmsprop", "adam")
    link = f"data=xor&net=steps~20~width~3~depth~2&{'&'.join(f'rule={rule}' for rule in rules)}"
    _, _, body = fetch(f"/{ROOT}/spectra?{link}", Starlette(routes=answers.routes()))
    header, _ = unpacked(body)
    assert "lanes" not in header
    assert 3.0 < header["seconds"] < 10.0
    net, _ = NetworkExperiment.from_link(link)
    assert trained.unprepared(net) > 1.0
    assert trained.unlooked(net) > 1.0
    said["compiled"] = True
    assert trained.unprepared(net) == trained.unlooked(net) == 0.0


RACE = "surface=matyas&run=lbfgs&run=newton&run=saddle_free_newton&run=adam&run=nadam&run=radam&run=amsgrad&run=yogi"


@pytest.mark.parametrize(
    ("kind", "link", "cheap"),
    [
        ("race", f"v=1&{RACE}&steps=40", "v=1&surface=matyas&run=adam&run=momentum&steps=40"),
        ("pair", f"v=1&{RACE}&steps=20", "v=1&run=adam&steps=20"),
    ],
)
def test_a_race_that_must_be_compiled_first_asks_and_says_so(kind, link, cheap, monkeypatch):
    """Its steps take no time; what a new visitor opens is compiled unasked."""
    monkeypatch.setattr(xla, "noted", lambda _: False)
    routes = Starlette(routes=answers.routes())
    header, _ = unpacked(fetch(f"/{ROOT}/{kind}?{link}", routes)[2])
    assert header["lanes"] == []
    assert 3.0 < header["seconds"] < 10.0
    assert unpacked(fetch(f"/{ROOT}/{kind}?{cheap}", routes)[2])[0]["lanes"]


@pytest.mark.parametrize(
    "link",
    [
        "surface=beale&run=lbfgs&run=adam&steps=30",
        "over=network&data=xor&net=depth~1~width~4~steps~20&rule=adam&rule=radam&rule=nadam",
    ],
)
def test_a_map_says_what_is_compiled_until_it_has_been(link, monkeypatch):
    there = set()
    monkeypatch.setattr(xla, "noted", there.__contains__)
    monkeypatch.setattr(xla, "note", there.update)
    routes = Starlette(routes=answers.routes())
    told = unpacked(fetch(f"/{ROOT}/map?{link}", routes)[2])[0]
    assert told["preparing"] > 2.0
    assert not told["refused"], "it is compiled once"
    own, _ = Maps.read(dict(parse_qsl(link)), read(link)[0].network)
    xla.note(asked(read(link)[0], own, "en").map.compiles)
    assert unpacked(fetch(f"/{ROOT}/map?{link}", routes)[2])[0] == told | {"preparing": 0}


def test_work_notes_what_it_has_compiled(monkeypatch):
    """All that is counted before is noted after, and nothing else: nobody is asked twice."""
    there = set()
    monkeypatch.setattr(xla, "note", there.update)
    race = FairRace(Experiment.on("matyas", lane("adam"), steps=4), rates=5, starts=16)
    fair_race(race)
    assert there == race.compiles.keys()
    there.clear()
    seen(small := Map(race.experiment, side=2))
    assert there == small.compiles.keys()
    there.clear()
    net = NetworkExperiment(depth=1, width=2, steps=2, lanes=(network_lane("adam"),), seeds=2)
    list(tune(net, "width", (1.0, 2.0)))
    assert there == tuning_compiles(net, "width", (1.0, 2.0)).keys()
    assert len(there) == 2
