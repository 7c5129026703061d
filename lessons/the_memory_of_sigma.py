"""E7: how long σ remembers decides, with η, how low the loss is when the run ends."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("η against α: how long does σ remember?", "η 与 α：σ 的遗忘与谷底的抖动"),
    about=Words(
        "A long valley on the slant, 300 steps of RMSProp: across η, up α, the memory of σ; the "
        "colour is the final loss. With a short memory σ follows the small gradients of the floor, "
        "so that large η keep throwing the path about; with a long one they do not. Click on a "
        "bright cell at the right.",
        "一条倾斜的长谷，RMSProp 走 300 步：横轴 η，纵轴 σ 的记忆 α，颜色是最"
        "终损失。记忆短，σ 跟着谷底的小梯度变小，η 大时路径被不断甩来甩去；记忆长则不然。在右"
        "边点一个亮格：损失上有尖峰。",
    ),
    rows="E7",
    page="maps",
    experiment=Experiment.on(
        "narrow_valley",
        lane("rmsprop_lecture", learning_rate=0.1, decay=0.9),
        knobs={"condition": 300.0, "angle": 30.0},
        start=(-9.0, 0.0),
        steps=300,
    ),
    asks=Maps(across="rule.learning_rate", up="rule.decay", measure="loss", zoom=(0.01, 10.0, 0.0, 0.999)),
)
