"""H0: the guide on three networks; where a loss is large, another lane tells why."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment, network_lane
from lessons.base import Lesson, Step
from records import Words

ADAM = network_lane("adam")
LINE = NetworkExperiment.on("spirals", ADAM.with_own("depth", 0), depth=2, width=2, steps=500)

LESSON = Lesson(
    name=Words("The guide lights up", "点亮的攻略"),
    about=Words(
        "A straight line between two spirals: its training loss is large. Is the model too small, or did the optimizer "
        "fail? One run alone does not tell.",
        "用一条直线分开两条螺旋：训练损失大。是模型太小，还是优化没做好？只看一次训练分不清。",
    ),
    rows="H0",
    net=LINE,
    page="diagnosis",
    begin=Words("One line", "一条直线"),
    steps=(
        Step(
            name=Words("Larger ones", "更大的网络"),
            about=Words(
                "With two layers of 32 neurons the training loss becomes small. So the line was too small a model, and "
                "so were two layers of 2 neurons: model bias.",
                "两层、每层 32 个神经元时，训练损失变小。所以直线这个模型太小，两层各 2 个神经元也太小：模型偏差。",
            ),
            net=replace(LINE, lanes=(*LINE.lanes, ADAM, ADAM.with_own("width", 32))),
        ),
        Step(
            name=Words("Too small a rate", "学习率太小"),
            about=Words(
                "The same 32 neurons with a hundredth of the learning rate: the loss stays large, and here it is not "
                "the model, for the other lane has the same one. Optimisation.",
                "同样 32 个神经元，学习率只有百分之一：损失仍然大。这次不是模型的问题，因为另一个参赛者就是同一个模型。"
                "是优化问题。",
            ),
            net=replace(
                LINE,
                lanes=(
                    ADAM.with_own("width", 32),
                    replace(ADAM, optimizer=ADAM.optimizer.with_values(learning_rate=1e-4)).with_own("width", 32),
                ),
            ),
        ),
    ),
)
