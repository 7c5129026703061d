"""E3: Adagrad with ε under the root and outside it: the same until ε counts."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, Lane, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare


def forms(eps: float) -> tuple[Lane, ...]:
    """Under the root, and outside."""
    return tuple(lane("adagrad", learning_rate=0.5, eps=eps, outside=outside) for outside in (0.0, 1.0))


SMALL = Experiment.on("narrow_valley", *forms(1e-7), start=(-9.0, 1.0), steps=300)

LESSON = Lesson(
    name=Words("ε under the root or outside", "ε 在根号内还是根号外"),
    about=Words(
        "Adagrad twice, with η/√(s + ε) and with η/(√s + ε). While ε = 10⁻⁷ is small against s, the two cannot be "
        "told apart: the first step’s η/σ along the floor is 5.56 in both.",
        "两个 Adagrad：一个用 η/√(s + ε)，一个用 η/(√s + ε)。ε = 10⁻⁷ 远小于 s 时，两者分不出来：沿谷底第一步的 η/σ 都"
        "是 5.56。",
    ),
    rows="E3",
    experiment=SMALL,
    asks=Compare(chart="pace", tab="moment"),
    begin=Words("ε = 10⁻⁷", "ε = 10⁻⁷"),
    steps=(
        Step(
            name=Words("ε = 0.01", "ε = 0.01"),
            about=Words(
                "Along the floor the first g² is 0.008, less than ε. Under the root ε counts more: η/σ is 3.72 there, "
                "5.00 outside.",
                "沿谷底第一个 g² 是 0.008，比 ε 还小。根号内的 ε 影响更大：那里 η/σ 是 3.72，根号外是 5.00。",
            ),
            experiment=replace(SMALL, lanes=forms(1e-2)),
        ),
        Step(
            name=Words("ε = 1", "ε = 1"),
            about=Words(
                "A large ε takes the division away: along the floor η/σ begins at 0.50 and 0.46, near η itself. Now "
                "the form outside is the slower one: √s comes on top of ε.",
                "ε 很大时，除法几乎失效：沿谷底 η/σ 从 0.50 和 0.46 开始，与 η 本身相近。这时根号外的反而更慢：ε 之上"
                "还要加 √s。",
            ),
            experiment=replace(SMALL, lanes=forms(1.0)),
        ),
    ),
)
