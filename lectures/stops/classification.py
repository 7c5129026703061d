"""Classification: which loss, and which features."""

from lectures.base import Stop
from records import Words

WRONG_AND_FLAT = Stop(
    lesson="classification_squared_error",
    says=Words("With squared error, the most wrong answer has no slope", "用平方误差，错得最厉害的地方反而没有坡度"),
    notes=Words(
        "Top left: the answer is completely wrong, the loss is 2, almost the largest there is. Ask for the "
        "gradient: 0.00001. Play to step 40: nobody seems to move. Go on: Adam, which divides a tiny gradient by a "
        "tiny σ, gets away about step 50; gradient descent is still there at 300.",
        "左上角：答案完全错误，损失 2，几乎最大。问梯度有多大：0.00001。播放到第 40 步：好像谁也没动。继续：Adam 用"
        "很小的 σ 去除很小的梯度，第 50 步左右走了出来；梯度下降到第 300 步还在原地。",
    ),
    minutes=2.5,
    pauses=(40,),
)
WRONG_AND_STEEP = Stop(
    lesson="classification_cross_entropy",
    says=Words("Cross-entropy is steep wherever the answer is wrong", "交叉熵：哪里答错，哪里就陡"),
    notes=Words(
        "The same start, the same rules and rates, another loss. Here ‖g‖ = 1.4, a hundred thousand times as much. "
        "Plain gradient descent falls from 13 to 0.15 in 20 steps. No cleverer optimizer was needed, only another "
        "surface: this is the turn to the last chapter.",
        "起点、规则、学习率都一样，只换损失。这里 ‖g‖ = 1.4，是刚才的十万倍。普通的梯度下降 20 步就从 13 降到 0.15。"
        "不需要更聪明的优化器，只要换一张曲面：由此转入最后一章。",
    ),
    pauses=(20,),
)
