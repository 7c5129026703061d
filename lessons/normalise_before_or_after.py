"""F4: normalised before or after the activation: the same network, the same seeds."""

from dataclasses import replace

from lessons.base import Lesson, Step
from lessons.batch_normalisation_wakes_sigmoids import SIGMOIDS
from records import Words
from settings.normalisation import Normalisation

LESSON = Lesson(
    name=Words("Normalise before or after σ?", "σ 之前还是之后归一化？"),
    about=Words(
        "Four sigmoid layers, η = 0.2, same seeds. After σ the median loss ends at about 0.001 with either norm, "
        "before σ at 0.014 (batch) and 0.22 (layer): the next layer likes numbers around 0, and a sigmoid’s are not. "
        "They wait for Run.",
        "四层 sigmoid，η = 0.2，种子相同。放在 σ 之后，两种归一化的损失中位数都降到约 0.001；放在 σ 之前则是 0.014（批"
        "）和 0.22（层）：下一层喜欢 0 附近的数，而 sigmoid 给的不是。按“运行”后才开始。",
    ),
    rows="F4",
    net=SIGMOIDS,
    page="normalisation",
    asks=Normalisation(first="layers", norm_place="both"),
    begin=Words("Both places", "两处都看"),
    steps=(
        Step(
            name=Words("With tanh", "换成 tanh"),
            about=Words(
                "What tanh hands on is around 0 already: with and without a norm, before or after, all medians end "
                "below 0.003, and little is left between the two places.",
                "tanh 给出的数本来就在 0 附近：有没有归一化、放在前还是放在后，损失中位数都低于 0.003，两处相差无几。",
            ),
            net=replace(SIGMOIDS, activation="tanh"),
        ),
        Step(
            name=Words("Before", "之前"),
            about=Words("As it is usually done: norm(z), then σ.", "通常的做法：先 norm(z)，再 σ。"),
            asks=Normalisation(first="layers", norm_place="before"),
        ),
        Step(
            name=Words("After", "之后"),
            about=Words("σ(z) first, then the norm.", "先 σ(z)，再归一化。"),
            asks=Normalisation(first="layers", norm_place="after"),
        ),
    ),
)
