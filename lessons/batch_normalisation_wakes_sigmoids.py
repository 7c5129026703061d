"""F2, F3: four sigmoid layers hardly learn; with batch normalisation they do, at the same learning rate."""

from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Batch normalisation wakes sigmoid layers", "批归一化唤醒 sigmoid 层"),
    about=Words(
        "Four sigmoid layers, η = 0.2: after 500 updates the plain network’s loss is still close to ln 2 = 0.69, what "
        "guessing gives; with batch normalisation it is below 0.03, with layer normalisation in between. Yet at the "
        "start the surface is sharper with batch normalisation, not flatter: look at λmax. With its own best η the "
        "plain network learns too, only later.",
        "四层 sigmoid，η = 0.2：500 次更新后，普通网络的损失仍接近 ln 2 = 0.69，与瞎猜无异；批归一化后低于 0.03，层归"
        "一化居中。但在起点，批归一化的曲面更尖，而不是更平：请看 λmax。用自己的最佳 η，普通网络也能学会，只是更晚。",
    ),
    rows="F2 F3",
    net=NetworkExperiment(activation="sigmoid", depth=4),
    page="normalisation",
)
