"""D1, D3: momentum crosses a plateau on which gradient descent stops; too little momentum does not."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words

PLATEAU = Experiment.on(
    "shelf_2d",
    lane("gradient_descent", learning_rate=0.05),
    lane("momentum", learning_rate=0.05, momentum=0.9),
    lane("momentum", learning_rate=0.05, momentum=0.5),
    knobs={"slope": 0.001},
    start=(-1.2, 1.2),
    steps=400,
)

LESSON = Lesson(
    name=Words("Rolling across the plateau", "靠惯性滑过平台"),
    about=Words(
        "All come down the same slope onto a plateau that is almost flat. Gradient descent all but stops there, and "
        "so does momentum with λ = 0.5. With λ = 0.9 the movement is carried over from step to step: it rolls across "
        "and into the basin.",
        "大家从同一个斜坡下到几乎水平的平台。梯度下降在那里基本停住，λ = 0.5 的动量法也一样；λ = 0.9 时，前面的移动一"
        "步步保留下来，滑过平台，落进盆地。",
    ),
    rows="D1 D3",
    experiment=PLATEAU,
    steps=(
        Step(
            name=Words("A steeper plateau", "更陡的平台"),
            about=Words(
                "On a plateau 30 times as steep all three get across: λ = 0.9 after 66 steps, λ = 0.5 after 152, "
                "gradient descent after 322.",
                "平台陡 30 倍，三者都能走过：λ = 0.9 用 66 步，λ = 0.5 用 152 步，梯度下降用 322 步。",
            ),
            experiment=replace(PLATEAU, landscape=PLATEAU.landscape.with_values(slope=0.03)),
        ),
    ),
)
