"""H3: training and validation loss against the size of a network, and folds."""

from engine.networks.experiment import NetworkExperiment, network_lane
from lessons.base import Lesson, Step
from records import Words
from settings.diagnosis import Diagnosis

NET = NetworkExperiment.on(
    "two_moons", network_lane("adam"), knobs={"size": 400, "noise": 0.25}, steps=600, subset=60, test=0.5,
    validation=0.4,
)  # fmt: skip
BY_WIDTH = Diagnosis(question="folds")
LESSON = Lesson(
    name=Words("Neither too small nor too large", "不大不小的模型"),
    about=Words(
        "Sixty examples, networks of width 1 to 64. The larger ones come down to a training loss below 0.02; the "
        "validation loss is U-shaped and lowest at width 4, 0.37. Five folds, in which every example judges once, "
        "choose width 4 as well. Long trainings wait for Run.",
        "六十个样本，宽度从 1 到 64。大网络的训练损失降到 0.02 以下；验证损失呈 U 形，宽度 4 处最低，0.37。五折中每个"
        "样本各评判一次，选出的也是宽度 4。耗时长的训练，按“运行”后才开始。",
    ),
    rows="H3",
    net=NET,
    page="diagnosis",
    asks=BY_WIDTH,
    begin=Words("Width", "宽度"),
    steps=(
        Step(
            name=Words("Layers", "层数"),
            about=Words(
                "The same with 0 to 8 hidden layers of width 8: a straight line is too little, two layers are too much "
                "already. Validation and folds choose one.",
                "同样的数据，0 到 8 个宽度为 8 的隐藏层：直线太少，两层已经太多。验证集和折都选一层。",
            ),
            asks=Diagnosis(question="folds", complexity="depth"),
        ),
        Step(
            name=Words("Open the test", "打开测试"),
            about=Words(
                "Width 4 was chosen without the test. Its test loss is 0.2, this time the lowest of all; a choice by "
                "other examples need not be that lucky. Now that the test has been seen, it cannot judge a new choice.",
                "选出宽度 4 时没有用到测试。它的测试损失是 0.2，这次正好最低；用别的样本来选，未必总这么走运。测试看过"
                "之后，就不能再评判新的选择了。",
            ),
            asks=BY_WIDTH.tested(NET),
        ),
    ),
)
