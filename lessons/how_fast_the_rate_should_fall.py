"""E8: with noise, a learning rate that begins large and falls ends lower than any constant one."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("How fast should η fall?", "η 该降多快？"),
    about=Words(
        "A bowl with a noisy gradient, 300 steps: across the first η, up its half-life; the colour is the final loss. "
        "Hardly any decay (top row): at best 0.03. Beginning with η = 0.7 and halving it every 25 steps: below 0.0001. "
        "Too fast (bottom row), and η is gone before the path arrives.",
        "梯度带噪声的碗，300 步：横轴是初始 η，纵轴是它的半衰期，颜色是最终损失。几乎不衰减（顶行）：最好 0.03。从 "
        "η = 0.7 开始、每 25 步减半：低于 0.0001。降得太快（底行），路径还没到 η 就没了。",
    ),
    rows="E8",
    page="maps",
    experiment=Experiment.on(
        "narrow_valley",
        lane("gradient_descent", learning_rate=0.5, schedule="exponential", schedule_knobs={"half_life": 100.0}),
        knobs={"condition": 10.0},
        start=(-9.0, 1.0),
        steps=300,
        noise=1.0,
    ),
    asks=Maps(across="rule.learning_rate", up="plan.half_life", measure="loss", zoom=(0.01, 2.0, 5.0, 1000.0)),
)
