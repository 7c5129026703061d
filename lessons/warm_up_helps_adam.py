"""E8: four schedules of one rule; only those that begin with a small rate stay in the picture."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Warm-up: small steps until σ is known", "预热：σ 还不可靠时先走小步"),
    about=Words(
        "Adam with the same peak rate and four schedules. Its first step is η long in every coordinate, however "
        "small or large the slope: σ knows one gradient only. The constant and the exponential rate begin in full "
        "and fly out onto the plain; both recipes begin small and reach the lowest point.",
        "同样的 Adam，最高学习率相同，四种学习率安排。不管坡度大小，Adam 的第一步在每个坐标上都是 η：σ 才见过一个梯"
        "度。恒定和指数衰减一开始就全速，飞到外面的平地上；两种配方从小学习率起步，走到最低点。",
    ),
    rows="E8",
    experiment=Experiment.on(
        "peaks",
        lane("adam", learning_rate=1.0),
        lane("adam", "exponential", {"half_life": 30.0}, learning_rate=1.0),
        lane("adam", "residual_network", learning_rate=1.0),
        lane("adam", "transformer", learning_rate=1.0),
        start=(0.2, 1.2),
        steps=300,
    ),
)
