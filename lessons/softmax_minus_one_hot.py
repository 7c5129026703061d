"""I2: the gradient of softmax with cross-entropy."""

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words
from settings.gradients import Gradients

LESSON = Lesson(
    name=Words("Softmax minus one-hot", "softmax 减 one-hot"),
    about=Words(
        "On the right: for the logits (2, 0.5, −1) softmax says 0.786, 0.175, 0.039. The first class is right, and "
        "∂L/∂z is just the difference to (1, 0, 0): −0.214, 0.175, 0.039.",
        "右图：logit 为 (2, 0.5, −1) 时，softmax 给出 0.786、0.175、0.039。第一类是对的，∂L/∂z 正是与 (1, 0, 0) 之差："
        "−0.214、0.175、0.039。",
    ),
    rows="I2",
    net=NetworkExperiment(width=4),
    page="gradients",
    asks=Gradients(part="check", layers=2),
    begin=Words("Right", "答对"),
    steps=(
        Step(
            name=Words("Wrong", "答错"),
            about=Words(
                "Now the third class is right: ∂L/∂z is 0.786, 0.175, −0.961. The surer the wrong answer, the "
                "stronger the pull, up to 1 and no further.",
                "现在第三类是对的：∂L/∂z 是 0.786、0.175、−0.961。错得越笃定，拉力越大，最大到 1 为止。",
            ),
            asks=Gradients(part="check", layers=2, right="3"),
        ),
    ),
)
