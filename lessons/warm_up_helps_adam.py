"""E8: four schedules of one rule; only those that begin with a small rate stay in the picture."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, Lane, lane
from lessons.base import Lesson, Step
from records import Words


def four_schedules(rate: float) -> tuple[Lane, ...]:
    return (
        lane("adam", learning_rate=rate),
        lane("adam", "exponential", {"half_life": 30.0}, learning_rate=rate),
        lane("adam", "residual_network", learning_rate=rate),
        lane("adam", "transformer", learning_rate=rate),
    )


PEAKS = Experiment.on("peaks", *four_schedules(1.0), start=(0.2, 1.2), steps=300)

LESSON = Lesson(
    name=Words("Warm-up: small steps until σ is known", "预热：σ 还不可靠时先走小步"),
    about=Words(
        "Adam with the same peak rate and four schedules. Its first step is η long in every coordinate, however "
        "small or large the slope: σ knows one gradient only. The constant and the exponential rate begin in full "
        "and fly out onto the plain; both recipes begin small and reach the lowest point.",
        "同样的 Adam，最高学习率相同，四种学习率安排。不管坡度大小，Adam 的第一步在每个坐标上都是 η：σ 才见过一个梯度。"
        "恒定和指数衰减一开始就全速，飞到外面的平地上；两种配方从小学习率起步，走到最低点。",
    ),
    rows="E8",
    experiment=PEAKS,
    begin=Words("Peak η = 1", "最高 η = 1"),
    steps=(
        Step(
            name=Words("Peak η = 0.1", "最高 η = 0.1"),
            about=Words(
                "With a tenth of the rate nobody flies out, but nobody gets far either: all four end in the nearest "
                "dip, whose loss is −0.06, not −6.55. Warm-up lets the large rate be used.",
                "学习率只有十分之一，谁也不会飞出去，但谁也走不远：四个都停在最近的小坑里，损失 −0.06，而不是 −6.55。"
                "有了预热，才用得上大学习率。",
            ),
            experiment=replace(PEAKS, lanes=four_schedules(0.1)),
        ),
    ),
)
