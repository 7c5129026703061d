"""B4: momentum bears more curvature than gradient descent, Adam its own kind of it."""

from engine.experiment import lane
from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Each rule has its own edge", "每条规则有自己的边缘"),
    about=Words(
        "At η = 0.1 gradient descent bears a sharpness of 2/η = 20, momentum 2(1+λ)/η = 38, and Adam at η = 0.01 "
        "one of 38/η = 3800, measured after dividing H by its σ, once its bias correction has faded: its first step "
        "bears 2/η only. Each ends close to its own dashed limit, momentum a little below.",
        "η = 0.1 时，梯度下降能承受的锐度是 2/η = 20，动量是 2(1+λ)/η = 38；η = 0.01 的 Adam 是 38/η = 3800，"
        "按 H 除以它的 σ 来量，而且要等偏差修正消退：它的第一步只能承受 2/η。三者最后都贴近各自的虚线，动量略低一些。",
    ),
    rows="B4",
    net=NetworkExperiment.on(
        "sine",
        lane("gradient_descent", learning_rate=0.1),
        lane("momentum", learning_rate=0.1),
        lane("adam", learning_rate=0.01),
        width=10,
        steps=4000,
    ),
    page="curvature",
)
