"""F2, F3: four sigmoid layers hardly learn; with batch normalisation they do, at the same learning rate."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words
from settings.normalisation import Normalisation

SIGMOIDS = NetworkExperiment(activation="sigmoid", depth=4)

LESSON = Lesson(
    name=Words("Batch normalisation wakes sigmoid layers", "批归一化唤醒 sigmoid 层"),
    about=Words(
        "Four sigmoid layers, η = 0.2: after 500 updates the plain network’s loss is still close to ln 2 = 0.69, "
        "what guessing gives; with batch normalisation it is below 0.03, with layer normalisation in between. Yet at "
        "the start λmax is larger with batch normalisation, not smaller.",
        "四层 sigmoid，η = 0.2：500 次更新后，普通网络的损失仍接近 ln 2 = 0.69，与瞎猜无异；批归一化后低于 0.03，层归"
        "一化居中。但在起点，批归一化的 λmax 更大，而不是更小。",
    ),
    rows="F2 F3",
    net=SIGMOIDS,
    page="normalisation",
    asks=Normalisation(first="layers"),
    begin=Words("η = 0.2", "η = 0.2"),
    steps=(
        Step(
            name=Words("η = 2", "η = 2"),
            about=Words(
                "With ten times the rate the plain network learns too, only later: half of its seeds are below 0.35 "
                "after 120 updates, with batch normalisation after 9.",
                "学习率大十倍，普通网络也学得会，只是更晚：120 次更新后一半的种子低于 0.35，批归一化只要 9 次。",
            ),
            asks=Normalisation(first="layers", norm_rate="2"),
        ),
        Step(
            name=Words("tanh", "tanh"),
            about=Words(
                "With tanh instead of sigmoid all three learn alike at η = 0.2: four layers of tanh pass the "
                "gradient on without help.",
                "把 sigmoid 换成 tanh，三者在 η = 0.2 时学得一样好：四层 tanh 不用帮忙也能把梯度传下去。",
            ),
            net=replace(SIGMOIDS, activation="tanh"),
        ),
    ),
)
