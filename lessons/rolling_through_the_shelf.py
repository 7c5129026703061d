"""D1, D3: momentum crosses a plateau on which gradient descent stops; too little momentum does not."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Rolling across the plateau", "靠惯性滑过平台"),
    about=Words(
        "All come down the same slope onto a plateau that is almost flat. Gradient descent all but stops there, "
        "and so does momentum with λ = 0.5. With λ = 0.9 the movement is carried over from step to step: it rolls "
        "across and into the basin.",
        "大家从同一个斜坡下到几乎水平的平台。梯度下降在那里基本停住，λ = 0.5 的动量法也一样；λ = 0.9 时，前面的移动"
        "一步步保留下来，滑过平台，落进盆地。",
    ),
    rows="D1 D3",
    experiment=Experiment.on(
        "shelf_2d",
        lane("gradient_descent", learning_rate=0.05),
        lane("momentum", learning_rate=0.05, momentum=0.9),
        lane("momentum", learning_rate=0.05, momentum=0.5),
        knobs={"slope": 0.001},
        start=(-1.2, 1.2),
        steps=400,
    ),
)
