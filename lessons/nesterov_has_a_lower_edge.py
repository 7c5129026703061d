"""D1: looking ahead costs room: Nesterov's limit of stability falls with λ, that of momentum rises."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("Nesterov's edge is the lower one", "Nesterov 的极限更低"),
    about=Words(
        "The step at which a run is lost, on a bowl with λmax = 1: across η, up λ. Both begin at η = 2. With λ = 0.95 "
        "momentum bears η up to 3.9, 2(1 + λ)/λmax, and Nesterov's rule up to 1.34, 2(1 + λ)/((1 + 2λ) λmax). The "
        "dashed lines are these formulas.",
        "λmax = 1 的碗上，运行发散的那一步：横轴 η，纵轴 λ。两者都从 η = 2 开始。λ = 0.95 时动量能承受到 η = 3.9，即 "
        "2(1 + λ)/λmax；Nesterov 只到 1.34，即 2(1 + λ)/((1 + 2λ) λmax)。虚线就是这两个公式。",
    ),
    rows="D1",
    page="maps",
    experiment=Experiment.on(
        "narrow_valley",
        lane("momentum", learning_rate=0.5),
        lane("nesterov", learning_rate=0.5),
        knobs={"condition": 25.0},
        start=(-9.0, 1.0),
        steps=400,
    ),
    asks=Maps(across="rule.learning_rate", up="rule.momentum", measure="divergence", zoom=(0.05, 8.0, 0.0, 0.95)),
)
