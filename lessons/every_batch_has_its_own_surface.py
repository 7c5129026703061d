"""B6: stuck on the surface of one batch, not on that of the next."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words
from settings.batches import Batches

LINE = NetworkExperiment.on("sine", lane("gradient_descent", learning_rate=0.2), depth=0, test=0.0)

LESSON = Lesson(
    name=Words("Every batch has its own surface", "每一批有自己的曲面"),
    about=Words(
        "A line, two parameters: on the first four examples gradient descent comes to rest, ‖∇L¹‖ = 0 to rounding. On "
        "the next four the same place has ‖∇L²‖ = 1.6: a training that changes its batch goes on.",
        "一条直线，两个参数：在最初四个样本上，梯度下降停了下来，‖∇L¹‖ 除舍入误差外为 0。换成下四个样本，同一处却有 "
        "‖∇L²‖ = 1.6：换批的训练会继续前进。",
    ),
    rows="B6",
    net=LINE,
    page="batches",
    asks=Batches(topic="surfaces"),
    begin=Words("A line", "直线"),
    steps=(
        Step(
            name=Words("A network", "网络"),
            about=Words(
                "Three tanh neurons and batches of 8: after 2000 updates on the first batch ‖∇L¹‖ is below 0.001, and "
                "‖∇L²‖ about 0.8. Its hollows lie where those of the second batch do not.",
                "三个 tanh 神经元，每批 8 个：在第一批上更新 2000 次后，‖∇L¹‖ 不到 0.001，‖∇L²‖ 却约为 0.8。它的低谷不"
                "在第二批的低谷处。",
            ),
            net=replace(LINE, depth=1, width=3, decay=1e-3, steps=2000),
            asks=Batches(topic="surfaces", pair="8"),
        ),
        Step(
            name=Words("Batches of 32", "每批 32 个"),
            about=Words(
                "The larger the batches, the more alike their surfaces, on average by 1/√b: with 32 examples each "
                "‖∇L²‖ is 0.9 where L¹ rests. Only all examples rest for good.",
                "批越大，曲面越相像，平均按 1/√b：每批 32 个时，L¹ 停下处的 ‖∇L²‖ 是 0.9。只有用全部样本，停下才是真的"
                "停下。",
            ),
            asks=Batches(topic="surfaces", pair="32"),
        ),
    ),
)
