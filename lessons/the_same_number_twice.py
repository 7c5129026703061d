"""G4: minus the logarithm of the likelihood is the cross-entropy."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.classification import Classification

LESSON = Lesson(
    name=Words("Likelihood and cross-entropy are one", "似然与交叉熵是一回事"),
    about=Words(
        "Eight examples, a line wx + b, and what is computed from them twice. The product of the probabilities is "
        "0.00956; minus its logarithm, and the sum of the cross-entropies, is 4.650.",
        "八个样本、一条 wx + b，同一个量算了两遍。各概率之积是 0.00956；取负对数，与交叉熵之和相同，都是 4.650。",
    ),
    rows="G4",
    experiment=Experiment.on("three_logits_cross_entropy", lane("gradient_descent", learning_rate=0.5), steps=300),
    page="classification",
    asks=Classification(why="likelihood", top="why"),
    begin=Words("w = 1", "w = 1"),
    steps=(
        Step(
            name=Words("w = −1", "w = −1"),
            about=Words(
                "With the wrong sign the examples are less likely, 0.00059, and the cross-entropy is larger, 7.436. "
                "Where one is largest the other is least.",
                "符号错了，这些样本的似然更小，0.00059，交叉熵更大，7.436。一个最大之处，正是另一个最小之处。",
            ),
            asks=Classification(why="likelihood", top="why", fit_w=-1.0),
        ),
    ),
)
