"""G5: no line separates XOR; two hidden neurons move the examples to where one does."""

from engine.experiment import lane
from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("XOR needs a hidden layer", "异或需要隐藏层"),
    about=Words(
        "No line separates these examples. Here is where two hidden neurons put them: play, and see the classes "
        "move apart until a line does. Switch to “data” for the regions, and set the layers to 0 for what a line "
        "alone can do: half of the examples stay wrong.",
        "没有一条直线能分开这些样本。图中是两个隐藏神经元把它们放到的位置：播放，看两类如何移开，直到一条直线就能分开"
        "。切换到“数据”看判断区域；把层数设为 0，看只有一条直线时的样子：仍有一半判错。",
    ),
    rows="G5",
    net=NetworkExperiment.on(
        "xor",
        lane("gradient_descent", learning_rate=1.0),
        lane("adam", learning_rate=0.05),
        depth=1,
        width=2,
        steps=600,
        seed=1,
        view="hidden",
    ),
    page="networks",
)
