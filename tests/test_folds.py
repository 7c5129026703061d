"""Model size by validation and by folds: every example is kept out once, what is judged is what training says, the
test takes no part, and the page says so."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.model_selection import KFold

from engine import lane
from engine.measures.folds import SIZES, lacking, plan_of, sized, taken, tried
from engine.networks.examples import folded
from engine.networks.experiment import NetworkExperiment, network_lane
from engine.networks.training import finish, train
from engine.surfaces.descent import LONGEST

SMALL = NetworkExperiment.on(
    "two_moons", network_lane("adam"), knobs={"size": 50, "noise": 0.3}, depth=1, width=4, steps=30, seeds=3,
    validation=0.3,
)  # fmt: skip


def rows(data):
    return [tuple(row) for row in np.column_stack([data.inputs, data.targets])]


def whole(nets, ways):
    *shares, (done, found) = tried(nets, ways)
    assert done == 1
    assert all(0 <= share <= 1 for share, _ in shares)
    return found


# ---- folds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", range(2, 11))
@pytest.mark.parametrize(
    "net", [SMALL, replace(SMALL, subset=10), replace(SMALL, validation=0.0), replace(SMALL, test=0.0)]
)
def test_every_example_is_kept_out_once(net, count):
    ways, known = folded(net.drawn, count), net.held
    judged = [row for way in ways for row in rows(way.validation)]
    assert sorted(judged) == sorted(rows(known.train) + rows(known.validation))
    assert len(set(judged)) == len(judged)
    assert not set(judged) & set(rows(known.test))
    for way in ways:
        assert sorted(rows(way.train) + rows(way.validation)) == sorted(judged)
        assert not len(way.test.targets)
    sizes = [len(fold) for _, fold in KFold(count).split(judged)]
    assert [len(way.validation.targets) for way in ways] == sizes


def test_copies_are_learned_from_and_never_judged():
    """Of augmented examples no copy tells what is kept out."""
    plain, more = (folded(replace(SMALL, copies=copies).drawn, 5) for copies in (0, 2))
    for without, with_ in zip(plain, more, strict=True):
        assert rows(with_.validation) == rows(without.validation)
        assert rows(with_.train)[: len(without.train.targets)] == rows(without.train)
        assert len(with_.train.targets) == 3 * len(without.train.targets)


def test_more_folds_than_examples():
    few = replace(SMALL, subset=3, validation=0.1)
    assert len(folded(few.drawn, 7)) == 7  # 3 and 4
    with pytest.raises(ValueError, match="7 examples can be dealt out to 2 to 7 folds, not to 8"):
        folded(few.drawn, 8)


def test_folds_without_a_class():
    few = replace(SMALL, subset=4, validation=0.0)
    ways = folded(few.drawn, 4)
    assert lacking(ways).judged == (0, 1, 2, 3)
    targets = [way.validation.targets[0] for way in ways]
    alone = tuple(at for at, target in enumerate(targets) if targets.count(target) == 1)
    assert lacking(ways).learned == alone
    assert lacking(folded(SMALL.drawn, 2)) == ((), ())
    assert lacking(folded(replace(SMALL, data=NetworkExperiment.on("sine").data).drawn, 9)) == ((), ())
    found = whole([few], ways)  # and nothing is lost
    assert np.isfinite(found.judged).all()


# ---- what is judged --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("early", [0, 1])
def test_losses_are_those_of_the_trainings(early):
    net = replace(SMALL, early=early, decay=0.01)
    nets, ways = sized(net, "width", (1, 5)), folded(net.drawn, 3)
    found = whole(nets, ways)
    assert found.finished == 6
    for at, each in enumerate(nets):
        for fold, way in enumerate(ways):
            training = finish(train(plan_of(each), *way.train[:2], None, None, *way.validation[:2]))
            wanted = training.held_loss[0].min(axis=1) if early else training.held_loss[0, :, -1]
            np.testing.assert_array_equal(found.held[at, fold], wanted)
            at_row = training.train_loss[0, np.arange(3), taken(each, training)]
            np.testing.assert_array_equal(found.train[at, fold], at_row)
    assert np.isnan(found.test).all()
    np.testing.assert_allclose(found.averages, np.median(found.held, axis=2).mean(axis=1))
    assert found.best == int(found.averages.argmin())


def test_one_way_is_the_validation_set():
    found = whole(sized(SMALL, "depth", (0, 1)), [SMALL.held])
    training = finish(train(plan_of(SMALL), *SMALL.points_given))
    for name, curve in (("train", "train_loss"), ("held", "held_loss"), ("test", "test_loss")):
        np.testing.assert_array_equal(getattr(found, name)[1, 0], getattr(training, curve)[0, :, -1])


def test_the_test_takes_no_part_in_the_choice():
    """With other test examples the same is chosen, from the same numbers."""
    nets, known = sized(SMALL, "width", (1, 3, 9)), SMALL.held
    wrong = known._replace(test=known.test._replace(targets=1 - known.test.targets))
    found, other = whole(nets, [known]), whole(nets, [wrong])
    np.testing.assert_array_equal(found.held, other.held)
    assert found.best == other.best
    assert (other.test != found.test).all()


def test_a_seed_that_diverges_counts_as_worst():
    wild = NetworkExperiment.on(
        "sine", lane("gradient_descent", learning_rate=10.0), activation="linear", steps=300, seeds=3, validation=0.3
    )
    found = whole(sized(wild, "depth", (0, 2)), [wild.held])
    assert found.lost.tolist() == [[3], [3]]
    assert np.isinf(found.judged).all()
    assert found.best == -1
    one = found._replace(held=np.where(np.arange(3) == 2, np.inf, [[[1.0]], [[2.0]]]))
    assert one.averages.tolist() == [1, 2]
    assert one.best == 0


def test_what_nobody_waits_for_ends():
    long = replace(SMALL, steps=LONGEST, seeds=8, batch=1)
    chunks = tried(sized(long, "width", SIZES["width"]), [long.held])
    _, found = next(chunks)
    chunks.close()
    assert found.finished == 0
    assert np.isnan(found.train).all()
