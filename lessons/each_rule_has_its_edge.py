"""B4: momentum bears more curvature than gradient descent, Adam its own kind of it."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words
from settings.curvature import Curvature

PLAIN, ADAM = lane("gradient_descent", learning_rate=0.1), lane("adam", learning_rate=0.01)
THREE = NetworkExperiment.on(
    "sine", PLAIN, lane("momentum", learning_rate=0.1), ADAM, width=10, steps=4000,
)  # fmt: skip

LESSON = Lesson(
    name=Words("Each rule has its own edge", "每条规则有自己的边缘"),
    about=Words(
        "At η = 0.1 gradient descent bears a sharpness of 2/η = 20 and momentum 2(1+λ)/η = 38; Adam at η = 0.01 "
        "bears 38/η = 3800 once its bias correction has faded, measured after dividing H by its σ. Each ends close "
        "to its own dashed limit, momentum a little below.",
        "η = 0.1 时，梯度下降能承受的锐度是 2/η = 20，动量是 2(1+λ)/η = 38；η = 0.01 的 Adam 在偏差修正消退之后是 "
        "38/η = 3800，按 H 除以它的 σ 来量。三者最后都贴近各自的虚线，动量略低一些。",
    ),
    rows="B4",
    net=THREE,
    page="curvature",
    asks=Curvature(main="sharpness"),
    steps=(
        Step(
            name=Words("Less momentum", "减小动量"),
            about=Words(
                "With λ = 0.5 momentum bears 2(1+λ)/η = 30 only, and that is where its sharpness ends.",
                "λ = 0.5 时，动量只能承受 2(1+λ)/η = 30，它的锐度也就停在那里。",
            ),
            net=replace(THREE, lanes=(PLAIN, lane("momentum", learning_rate=0.1, momentum=0.5), ADAM)),
        ),
    ),
)
