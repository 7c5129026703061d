"""H2, H7: parameters that all places share, and mirror images, where the data allow them and where they do not."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment, network_lane
from lessons.base import Lesson, Step
from records import Words

ADAM = network_lane("adam")
MIRRORED, SHARED = ADAM.with_own("mirror", 1), ADAM.with_own("kernel", 7)
FEW = NetworkExperiment.on("rhythms", ADAM, depth=2, width=8, steps=400, subset=40, test=0.5, validation=0.2, seeds=3)

LESSON = Lesson(
    name=Words("What the data allow", "数据允许什么"),
    about=Words(
        "Forty windows of 24 days out of two rhythms, beginning anywhere. The network learns them by heart: training "
        "loss below 0.01, test loss about 1.",
        "两种节律，各从任意处截取 24 天，共四十个窗口。网络把它们背了下来：训练损失不到 0.01，测试损失约为 1。",
    ),
    rows="H2 H7",
    net=FEW,
    page="diagnosis",
    begin=Words("Learned by heart", "死记硬背"),
    steps=(
        Step(
            name=Words("Mirror, or share", "镜像或共享"),
            about=Words(
                "Backwards a rhythm is the same: mirror images lower the test loss. Where a wave stands means nothing: "
                "a filter of 7 days that slides along, mean over all places, needs 145 parameters instead of 281 and "
                "hardly errs.",
                "节律倒过来不变：镜像样本降低了测试损失。波在哪里无关紧要：7 天的滤波器沿窗口滑动、取平均，"
                "只需 145 个参数，而不是 281 个，几乎不出错。",
            ),
            net=replace(FEW, lanes=(ADAM, MIRRORED, SHARED)),
        ),
        Step(
            name=Words("A false mirror", "错误的镜像"),
            about=Words(
                "Sawteeth: backwards each is the other class. Mirror images with their old class teach what is false, "
                "and the test loss is the largest of the three. Sharing is as true as before.",
                "锯齿：倒过来就是另一类。保留原类别的镜像教的是错的，测试损失在三者中最大。共享参数则依然成立。",
            ),
            net=replace(FEW, lanes=(ADAM, MIRRORED, SHARED), data=NetworkExperiment.on("sawteeth").data),
        ),
    ),
)
