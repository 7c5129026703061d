"""A4: one, two, three, ten, thirty and a hundred hard sigmoids, if their bends lie where the examples do."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words

ONE = NetworkExperiment.on(
    "piecewise_linear",
    lane("adam", learning_rate=0.02),
    depth=1,
    width=1,
    activation="hard_sigmoid",
    scheme="spread",
    steps=3000,
    test=0.0,
)

LESSON = Lesson(
    name=Words("From one piece to a hundred", "从一段到一百段"),
    about=Words(
        "One hard sigmoid is one slope between two levels: the best it can do with this curve leaves L = 0.21, a fifth "
        "of what the mean alone leaves.",
        "一个 hard sigmoid 就是两个平台之间的一段斜坡：对这条曲线，它最好也还剩 L = 0.21，是只用平均值时的五分之一。",
    ),
    rows="A4",
    net=ONE,
    page="networks",
    begin=Words("1", "1"),
    steps=(
        Step(
            name=Words("2", "2"),
            about=Words("Two slopes: L = 0.0055, and one corner is missed.", "两段斜坡：L = 0.0055，还差一个拐角。"),
            net=replace(ONE, width=2),
        ),
        Step(
            name=Words("3", "3"),
            about=Words(
                "Three slopes, as the curve has: L ends below 0.0001.", "三段斜坡，与曲线一样多：L 最终低于 0.0001。"
            ),
            net=replace(ONE, width=3),
        ),
        Step(
            name=Words("10", "10"),
            about=Words(
                "Ten pieces share three slopes: more than it takes, and L ends below 0.0001 again.",
                "十段分担三段斜坡：多于所需，L 同样最终低于 0.0001。",
            ),
            net=replace(ONE, width=10),
        ),
        Step(
            name=Words("30", "30"),
            about=Words(
                "Thirty thin lines: half of them bend among the examples, each at another place, and their sum is the "
                "curve.",
                "三十条细线：其中一半在样本之间弯折，位置各不相同，它们的和就是这条曲线。",
            ),
            net=replace(ONE, width=30),
        ),
        Step(
            name=Words("100", "100"),
            about=Words(
                "A hundred make the curve as well, because the first biases put the bends of more than half of them "
                "among the examples: L ends below 0.0001.",
                "一百个也能合成这条曲线，因为初始偏置把其中一半以上的折点放在了样本之间：L 最终低于 0.0001。",
            ),
            net=replace(ONE, width=100),
        ),
        Step(
            name=Words("100 with Xavier", "100，用 Xavier 初始化"),
            about=Words(
                "Xavier’s weights are small for so many neurons, and all biases are 0: the bends lie far outside, over "
                "all examples each neuron is a straight line, and so is the sum. L = 0.56 is that of the best line; "
                "there the gradient is 0, and nothing bends any more.",
                "神经元这么多，Xavier 的权重就很小，偏置又全为 0：折点远在样本之外，每个神经元在全部样本上都是直线，"
                "和也是直线。L = 0.56 就是最佳直线的损失；那里梯度为 0，再也不会弯。",
            ),
            net=replace(ONE, width=100, scheme="xavier"),
        ),
    ),
)
