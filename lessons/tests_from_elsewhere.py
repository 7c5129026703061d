"""H4: where the tests come from elsewhere, more examples from here do not help."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment, network_lane
from lessons.base import Lesson, Step
from records import Words

ADAM = network_lane("adam")
HERE = NetworkExperiment.on(
    "two_moons", ADAM, ADAM.with_own("subset", 0), knobs={"size": 400, "noise": 0.3}, depth=2, width=32, steps=400,
    subset=30, test=0.5, validation=0.2,
)  # fmt: skip

LESSON = Lesson(
    name=Words("Tests from elsewhere", "测试来自别处"),
    about=Words(
        "Tests from the same place: with thirty examples it overfits, with all of them it does not.",
        "测试来自同一处：三十个样本时过拟合，用上全部样本就不过拟合。",
    ),
    rows="H4",
    net=HERE,
    page="diagnosis",
    begin=Words("From the same place", "来自同一处"),
    steps=(
        Step(
            name=Words("Moved to the right", "向右移动"),
            about=Words(
                "The same tests, moved by 1.5 standard deviations: now both have a large test loss. All the examples "
                "from here do not help: this is mismatch.",
                "同样的测试样本向右移动 1.5 个标准差：现在两者的测试损失都大。这里的样本再多也没有用：这是分布不一致。",
            ),
            net=replace(HERE, shift=1.5),
        ),
        Step(
            name=Words("Turned", "旋转"),
            about=Words(
                "Turned by 90 degrees instead: again the loss before they were moved is the smaller one by far with "
                "all the examples.",
                "改为旋转 90 度：用上全部样本时，同样是移动之前的损失小得多。",
            ),
            net=replace(HERE, turn=90.0),
        ),
    ),
)
