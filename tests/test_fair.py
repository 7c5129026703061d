"""The fair race: its runs are those of ``descend``, its budget is one of evaluations, and what it calls decided is."""

import contextlib
import io
import json
import re
from dataclasses import replace
from urllib.parse import quote

import numpy as np
import pytest
from test_network_experiment import GD, SMALL
from test_pages import again, sent, visit
from test_serve import fetch
from test_wire import unpacked

from engine import descend, finish, train
from engine.link import choice
from engine.races import networks, tuner
from engine.races.networks import NetRace, fair_training
from engine.races.run import FACTORS, fair_race, fair_suite, places, prepare, printed, smoother, solved, turning
from engine.races.scores import difference, ordinals, profile, ranked
from engine.races.value import ALWAYS, SCORING, SUITE, TUNING, FairRace, able, with_always
from engine.surfaces.experiment import Experiment, Lane, lane, run
from engine.surfaces.relief import lowest
from landscapes import LANDSCAPES
from lessons import LESSONS
from optimizers import OPTIMIZERS
from records import settings
from settings.fair import Fair
from tests.sheets import BY_LINK, answered, check_sheet, refusals, sentences
from views.fair import pictures, stage
from views.fair.stage import PAGE
from views.kit.addresses import ROOT
from views.kit.text import CATALOGUE, spoken
from views.session.said import read

RULES = [lane("gradient_descent", learning_rate=0.01), lane("adam", "cosine", learning_rate=0.1), lane("sam")]
NOISY = FairRace(Experiment.on("himmelblau", *RULES, steps=60, noise=2.0, seed=5), rates=7, starts=16)
CALM = FairRace(Experiment.on("narrow_valley", *RULES[:2], lane("momentum"), steps=100), rates=13, starts=16)
WORDS = CATALOGUE["fair"]


@pytest.fixture(scope="module")
def noisy():
    return fair_race(NOISY)


@pytest.fixture(scope="module")
def calm():
    return fair_race(CALM)


def alone(race, number, rate, which, place):
    """One run of a race by ``descend``, with the evaluations until each of its rows."""
    own, racer, draw = race.experiment, race.lanes[number], race.draw(which)
    path = descend(
        own.landscape.name, racer.optimizer.name, draw.starts[place], race.budget, knobs=own.landscape.numbers,
        schedule=racer.schedule.name, schedule_knobs=racer.schedule.numbers, noise=own.noise, seed=draw.seeds[place],
        **{**racer.optimizer.numbers, "learning_rate": rate},
    )  # fmt: skip
    return path, np.append(0, np.cumsum(path.evaluations))


# ---- the runs --------------------------------------------------------------------------------------------------------


def test_tuning_ends_where_descend_ends():
    random = np.random.default_rng(3)
    low, tolerance = lowest(NOISY.experiment.landscape), NOISY.experiment.tolerance
    for number, racer in enumerate(NOISY.lanes):
        rates = NOISY.rates_of(racer)
        above, at, lost = (np.empty((NOISY.rates, NOISY.starts)) for _ in tuner.Ends._fields)
        for _, noise in (job for job in tuner.jobs(NOISY) if job[0] == number):
            for rows, part in zip((above, at, lost), tuner.tried(NOISY, number, noise), strict=True):
                rows[:, tuner.starts_of(NOISY, noise)] = part
        for rate, place in random.integers([NOISY.rates, NOISY.starts], size=(8, 2)):
            path, spent = alone(NOISY, number, rates[rate], TUNING, place)
            assert lost[rate, place] == (path.diverged_at >= 0 and spent[path.diverged_at] <= NOISY.budget)
            if lost[rate, place]:
                assert above[rate, place] == np.inf
                continue
            last = np.flatnonzero(spent <= NOISY.budget)[-1]
            assert above[rate, place] == pytest.approx(path.loss[last] - low, rel=1e-6, abs=1e-9)
            there = np.flatnonzero(path.loss[: last + 1] <= low + tolerance)
            assert at[rate, place] == (there[0] if len(there) else np.inf)


def test_the_budget_is_one_of_gradients_and_not_of_steps(noisy):
    sam = [racer.optimizer.name for racer in NOISY.lanes].index("sam")
    path, spent = alone(NOISY, sam, noisy.scored[sam].rate, SCORING, 3)
    assert spent[1] == 2
    half = NOISY.budget // 2
    assert noisy.scored[sam].above[3] == pytest.approx(path.loss[half] - lowest(NOISY.experiment.landscape))
    assert noisy.scored[sam].curves[3, -1] == noisy.scored[sam].above[3]


def test_a_run_of_the_race_opens_as_an_experiment_with_the_same_end(noisy):
    one = NOISY.opened(1, noisy.scored[1].rate, SCORING, 2)["experiment"]
    assert Experiment.from_link(one.to_link()) == (one, ())
    ((_, path),) = run(one)
    assert path.loss[-1] - lowest(one.landscape) == noisy.scored[1].above[2]  # the same bits


def test_rates_are_chosen_on_other_starts_and_seeds_than_they_are_judged_on():
    first, second = NOISY.draw(TUNING), NOISY.draw(SCORING)
    assert not set(map(tuple, first.starts)) & set(map(tuple, second.starts))
    assert not set(first.seeds) & set(second.seeds)
    low, high = np.array(NOISY.experiment.surface.window).T
    assert ((first.starts >= low) & (first.starts <= high)).all()


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_rule_tries_as_many_rates_that_it_takes(name):
    rates = CALM.rates_of(lane(name))
    knob = settings(OPTIMIZERS[name].make)["learning_rate"].knob
    assert len(rates) == CALM.rates
    assert knob.low <= rates[0] < rates[-1] <= knob.high
    assert np.log10(rates[-1] / rates[0]) == pytest.approx(4, abs=0.01)


def test_gradient_descent_and_adam_are_always_in_and_nothing_is_a_lanes_own():
    own = lane("lion").with_own("noise", 3.0)
    hidden = replace(lane("adam"), shown=False)
    race = with_always(Experiment.on("beale", own, hidden))
    assert {racer.optimizer.name for racer in race.lanes} == {"lion", *ALWAYS}
    assert all(racer.shown and not racer.own for racer in race.lanes)
    assert with_always(race) == race


def test_a_lost_run_counts_as_lost():
    wild = [lane("gradient_descent", learning_rate=1.0), lane("adam", learning_rate=0.1)]
    race = FairRace(Experiment.on("rosenbrock", *wild, steps=60), starts=16, tuned=False)
    raced = fair_race(race)
    descent, adam = raced.scored
    assert descent.lost.mean() > 0.9
    assert np.isinf(descent.above[descent.lost > 0]).all()
    assert not adam.lost.any()
    assert raced.ranking.decided[1, 0]
    assert race.trials == 0


def test_turning_is_an_angle():
    bowl = {"start": (2.0, 0.0), "steps": 9, "knobs": {"condition": 1.0}}
    slow, bouncing = (descend("narrow_valley", learning_rate=rate, **bowl) for rate in (0.1, 1.5))
    assert turning(slow, 9) == pytest.approx(0, abs=1e-4)
    assert turning(bouncing, 9) == pytest.approx(180)
    assert np.isnan(turning(descend("narrow_valley", start=(0.0, 0.0), steps=9), 9))


def test_adam_is_smoother_under_the_same_noise(noisy):
    middle, low, high = smoother(noisy, 1, 0)
    turned = [each.turning for each in noisy.scored]
    assert middle == pytest.approx(np.mean(turned[1] - turned[0]))
    assert low < middle < high


# ---- what is decided -------------------------------------------------------------------------------------------------


def test_places_are_by_loss_then_by_time_and_the_lost_are_last():
    above = [[1e-5, 2.0, np.inf], [1e-4, 1.0, 5.0], [1e-9, 1.0, np.inf]]
    at = [[30, np.inf, np.inf], [20, np.inf, np.inf], [20, np.inf, np.inf]]
    assert ordinals(above, at, 1e-3).tolist() == [[1, 1, 1], [0, 0, 0], [0, 0, 1]]


def test_a_rule_against_its_own_copy_is_never_decided():
    twice = Experiment.on("himmelblau", lane("gradient_descent"), lane("adam"), lane("adam"), steps=20)
    for seed in range(100):
        ranking = ranked(np.tile(np.random.default_rng(seed).integers(0, 99, 16), (2, 1)), seed=seed)
        assert not ranking.decided.any()
    raced = fair_race(FairRace(replace(twice, noise=1.0), rates=5, starts=16))
    assert not raced.ranking.decided[1, 2] and not raced.ranking.decided[2, 1]


def test_a_rule_against_its_copy_on_other_starts_and_noise_is_mostly_not_decided():
    rule = [lane("gradient_descent", learning_rate=0.005), lane("adam")]
    many = FairRace(Experiment.on("himmelblau", *rule, steps=30, noise=2.0), starts=400, tuned=False)
    above = fair_race(many).scored[0].above
    undecided = 0
    for seed in range(100):
        pair = np.random.default_rng(seed).choice(above, (2, 16), replace=False)
        undecided += not ranked(ordinals(pair, np.full_like(pair, np.inf), 1e-3), seed=seed).decided.any()
    assert 90 <= undecided < 100  # it can be fooled, as it says


def test_two_seeds_give_the_same_order_wherever_both_have_decided(calm):
    again = fair_race(replace(CALM, experiment=replace(CALM.experiment, seed=77)))
    assert calm.ranking.decided.any()
    assert not (calm.ranking.decided & again.ranking.decided.T).any()


def test_the_same_race_has_the_same_numbers(calm):
    again = fair_race(CALM)
    assert printed(CALM, again) == printed(CALM, calm)
    assert (places(CALM, again.scored) == places(CALM, calm.scored)).all()


def test_what_is_better_everywhere_is_decided_and_places_follow():
    ranking = ranked(np.array([np.zeros(16), np.ones(16), np.ones(16)]))
    assert ranking.decided.tolist() == [[False, True, True], [False, False, False], [False, False, False]]
    assert [ranking.place(rule) for rule in range(3)] == [(1, 1), (2, 3), (2, 3)]
    assert ranking.score.tolist() == [1.0, 0.25, 0.25]


def test_a_difference_of_pairs_leaves_out_what_is_not_there():
    assert difference([1.0, 2.0, np.nan, 4.0], [0.0, 1.0, 5.0, 3.0]).tolist() == [1.0, 1.0, 1.0]
    assert np.isnan(difference([np.nan], [1.0])).all()


def test_a_performance_profile_by_hand():
    at = [[10, 40, np.inf, np.inf], [20, 10, 30, np.inf]]
    assert profile(at, [1, 2, 4]).tolist() == [[0.25, 0.25, 0.5], [0.5, 0.75, 0.75]]


def test_the_exported_script_prints_the_same_table(calm):
    assert printed_by(CALM.to_python()) == printed(CALM, calm).strip()


def test_moving_anything_compiles_nothing(compiled, calm):
    del calm
    random = np.random.default_rng(0)
    count = len(compiled)
    for _ in range(4):
        steps, starts, rates = (int(random.integers(*ends)) for ends in ((5, 1500), (8, 40), (1, 12)))
        moved = replace(CALM.experiment, steps=steps, noise=float(random.uniform(0, 2)), seed=int(random.integers(99)))
        fair_race(FairRace(moved, rates=rates, starts=starts))
    assert len(compiled) == count


# ---- several surfaces, and networks ----------------------------------------------------------------------------------


def printed_by(script):
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(compile(script, "fair.py", "exec"), {})
    return told.getvalue().strip()


def test_a_suite_is_the_race_on_each_surface():
    race = FairRace(NOISY.experiment, rates=5, starts=16, surfaces=("himmelblau", "narrow_valley"))
    found = fair_suite(race)
    lone = fair_race(race.parts[1])
    assert printed(race.parts[1], found.raced[1]) == printed(race.parts[1], lone)
    assert found.profile.shape == (3, len(FACTORS))
    assert (np.diff(found.profile, axis=1) >= 0).all()
    ever = [np.mean([solved(found, number)]) for number in range(3)]
    assert (found.profile[:, -1] <= np.array(ever) + 1e-12).all()
    assert printed_by(race.to_python()) == printed(race, found).strip()


def test_every_surface_of_the_menu_can_be_raced_on():
    assert set(SUITE) < set(able()) < set(LANDSCAPES)
    assert all(not FairRace(Experiment.on(name, *RULES), starts=16).trouble for name in able())


def test_networks_share_weights_and_gradients():
    net = networks.with_always(replace(SMALL, lanes=(GD, Lane(choice(OPTIMIZERS, "sam"), GD.schedule)), steps=40))
    race = NetRace(net, rates=3, starts=4)
    raced = fair_training(race)
    assert [race.cost(number) for number in range(3)] == [1, 2, 1]
    assert race.trained(1, SCORING).steps == 20
    assert race.trained(0, SCORING).seed == race.trained(0, TUNING).seed + 4
    for number in (0, 1):
        one = race.opened(number, raced.scored[number].rate, SCORING, 2)["network"]
        training = finish(train(one.plan, *one.points_given))
        assert raced.scored[number].above[2] == pytest.approx(training.train_loss[0, 0, -1], rel=1e-3)
    assert len({round(float(each.curves[2, 0]), 5) for each in raced.scored}) == 1  # the same weights
    assert printed_by(race.to_python()) == printed(race, raced).strip()


def test_a_rule_without_a_fixed_price_is_not_raced_on_networks():
    search = replace(SMALL, lanes=(Lane(choice(OPTIMIZERS, "lbfgs"), GD.schedule),))
    assert NetRace(search).trouble == "search"
    newton = replace(SMALL, lanes=(Lane(choice(OPTIMIZERS, "newton"), GD.schedule),))
    assert not NetRace(newton).trouble


# ---- the page --------------------------------------------------------------------------------------------------------


def texts(page):
    """What is written, without the links of its terms."""
    said = [
        part
        for each in sentences(page)
        for part in (*each["sentences"], *each["head"], *(cell for row in each["rows"] for cell in row), each["note"])
    ]
    written = "\n".join([*(shown.value for shown in [*page.markdown, *page.caption, *page.warning]), *said])
    return re.sub(r"\[([^\]]*)\]\(#term-\w+\)", r"\1", written)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_says_who_is_ahead_and_of_what(lang):
    page = visit(f"{NOISY.experiment.to_link()}&fair_rates=5&fair_starts=16", lang, "fair")
    assert not page.exception
    said = texts(page)
    assert WORDS["column_place"].within(lang) in said
    assert WORDS["smooth_yes"].within(lang)[:12] in said
    assert any(part.proto.id.endswith("fair_bands-high380") for part in page.get("bidi_component"))
    link = f"{NOISY.experiment.to_link()}&fair_rates=5&fair_starts=16&lang={lang}"
    header, floats, _ = answered(link, "fair")
    check_sheet(page, header, floats)
    assert [header["home"], header["rows"]] == taken_home(page)
    panel, _ = sent(page, "panel")
    assert answered(link, "fair_panel")[0]["groups"] == panel["groups"]


def taken_home(page):
    (row,) = [part.proto for part in page.get("bidi_component") if part.proto.component_name.endswith("_played")]
    header, _ = unpacked(row.bytes)
    return [header["told"], header["rows"]]


def test_an_edit_is_answered_by_the_link():
    link = f"{NOISY.experiment.to_link()}&fair_rates=5&fair_starts=16"
    first, _, _ = answered(link, "fair")
    edit = quote(json.dumps(["steps", 30]))
    after, floats, headers = answered(f"{link}&edit={edit}", "fair")
    assert headers["content-location"] == f"fair?{after['link']}"
    assert after["said"] != first["said"]
    shorter = replace(NOISY, experiment=replace(NOISY.experiment, steps=30), rates=5)
    again, same, _ = answered(f"{shorter.experiment.to_link()}&fair_rates=5&fair_starts=16", "fair")
    assert again == after
    np.testing.assert_array_equal(same, floats)
    with spoken("en"):
        assert after["said"][1]["sentences"][0] == pictures.verdict(shorter, fair_race(shorter).ranking)
    assert refusals(answered(f"{link}&edit={quote(json.dumps(['steps', -1]))}", "fair")[2])
    for bad in ("fair_rates=4", "fair_over=moon", "surface=moon"):
        assert fetch(f"/{ROOT}/fair?{bad}", BY_LINK)[0] == 400


def test_a_long_race_waits_and_shows_the_rates_as_they_are_tried():
    long = replace(CALM.experiment, lanes=(lane("lbfgs"),), steps=10_000)
    link = f"{long.to_link()}&fair_rates=50&fair_starts=128"
    waits, _, _ = answered(link, "fair")
    assert "lanes" not in waits
    assert waits["seconds"] > 1.0
    asked = PAGE.asked(read(CALM.experiment.to_link())[0], Fair(fair_rates=5, fair_starts=16), "en")
    shares, sheets = zip(*PAGE.work(asked), strict=True)
    assert [*shares] == sorted(shares)
    assert sheets[-1].charts.keys() == {pictures.BANDS, pictures.SCORES, pictures.RATES}


@pytest.mark.parametrize("over", ["suite&fair_suite=himmelblau", "networks"])
def test_the_page_opens_over_several_surfaces_and_over_networks(over):
    link = f"{NOISY.experiment.to_link()}&{SMALL.to_link()}&fair_rates=5&fair_starts=16&fair_over={over}"
    page = visit(link, "en", "fair")
    assert not page.exception
    header, floats, _ = answered(link, "fair")
    if "lanes" in header:
        check_sheet(page, header, floats)
    buttons = [button for button in page.button if button.key == "fair_run"]
    for button in buttons:
        button.click()
        again(page)
    assert WORDS["column_place"].within("en") in texts(page)


def test_what_cannot_be_raced_is_refused_in_a_sentence():
    assert WORDS["trouble_minimum"].within("en") in texts(visit("surface=monkey_saddle", "en", "fair"))
    assert answered("surface=monkey_saddle", "fair")[0]["places"] == [WORDS["trouble_minimum"].within("en")]
    many = WORDS["trouble_budget"].within("en").format(most=10000)
    assert many in texts(visit("surface=booth&steps=20000", "en", "fair"))


def test_the_verdict_says_no_more_than_is_decided(calm):
    nobody = calm.ranking._replace(decided=np.zeros_like(calm.ranking.decided))
    with spoken("en"):
        said, nothing = (pictures.verdict(CALM, each) for each in (calm.ranking, nobody))
    assert said != nothing == WORDS["verdict_nothing"].within("en")


def test_the_line_on_smoothness_has_signs_that_fit_its_words(noisy):
    def said(low, high):
        turned = [np.array(ends, float) for ends in ((low, high), (0, 0))]
        scored = [each._replace(turning=turns) for each, turns in zip(noisy.scored, turned, strict=False)]
        with spoken("en"):
            return pictures.smoothness(NOISY, noisy._replace(scored=(scored[1], scored[0])))

    assert said(-40, -42).endswith("° less).") and "-" not in said(-40, -42)
    assert said(40, 42).endswith("° more).")
    assert "Not decided" in said(-40, 42)
    with spoken("en"):
        assert pictures.smoothness(CALM, noisy) == WORDS["smooth_ask"].within("en")


def test_axes_have_room_for_all_but_what_is_lost():
    axis = pictures.room("", [np.array([1e-5, 3.0, np.inf, np.nan]), 0.1], 1e-12)
    assert axis.low < 1e-5 and 3.0 < axis.high < 10
    assert pictures.room("", [np.array([np.inf])], 1e-12).low is None


def test_what_is_prepared_compiles_nothing_once_it_is_raced(compiled):
    moved = replace(CALM, experiment=replace(CALM.experiment, lanes=(*RULES[:2], lane("lion"))))
    prepare(moved)
    count = len(compiled)
    fair_race(moved)
    assert len(compiled) == count


def test_who_is_last_for_certain_is_ahead_of_nobody_and_not_undecided():
    with spoken("en"):
        named = ["A", "B", "C"]
        behind = ranked(np.array([np.zeros(16), np.ones(16), np.full(16, 2)]))
        assert [pictures.standing(named, behind, rule)[0] for rule in range(3)] == ["B, C", "C", "nobody"]
        open_ = ranked(np.array([np.zeros(16), np.ones(16), np.ones(16)]))
        assert [pictures.standing(named, open_, rule)[0] for rule in range(3)] == ["B, C", "not decided", "not decided"]


def test_the_budget_is_said_for_all_or_for_none():
    with spoken("en"):
        assert "40,000 gradients" not in pictures.budget(replace(CALM, tuned=False))
        assert f"{CALM.trials * CALM.budget:,} gradients" in pictures.budget(CALM)


def test_the_file_of_numbers_holds_every_run(calm):
    lines = stage.csv_of(CALM, calm).splitlines()
    assert len(lines) == 1 + 3 + 2 + 3 * CALM.starts * len(calm.at)


# ---- what demonstrations promise -------------------------------------------------------------------------------------


def staged(name, number=0):
    """A step of a demonstration as it is raced, and what came out by the rules' names."""
    stage = LESSONS[name].stages[number]
    race = stage.settings.race(stage.experiment)
    return race, fair_suite(race) if race.surfaces else fair_race(race)


def test_no_rule_without_its_rate():
    descent, momentum, adam = range(3)
    _, plain = staged("no_rule_without_its_rate")
    assert plain.ranking.decided[momentum].tolist() == [True, False, True]
    _, tuned = staged("no_rule_without_its_rate", 1)
    assert tuned.ranking.order.tolist()[:2] == [adam, momentum]
    assert not tuned.ranking.decided[adam, momentum]
    assert tuned.ranking.decided[adam, descent]
    assert tuned.scored[momentum].lost.mean() > 0.3


def test_is_adam_smoother():
    _, raced = staged("is_adam_smoother")
    middle, _, high = smoother(raced, 2, 0)
    assert middle == pytest.approx(-67, abs=1.5)
    assert high < 0
    assert not raced.ranking.decided[0, 2] and not raced.ranking.decided[2, 0]


def test_fastest_or_surest():
    _, found = staged("fastest_or_surest")
    descent, _, adam = found.profile
    assert descent[0] == found.profile[:, 0].max() > adam[0]
    assert adam[-1] == found.profile[:, -1].max() > descent[-1]
    himmelblau, rosenbrock = (raced.scored[2].solved.mean() for raced in found.raced)
    assert himmelblau > 0.9
    assert rosenbrock > 2 * found.raced[1].scored[0].solved.mean()
