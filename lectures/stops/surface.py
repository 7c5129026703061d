"""Change the surface instead: features and layers of equal scale."""

from lectures.base import Stop
from records import Words

A_RAW_FEATURE = Stop(
    lesson="raw_and_normalised_feature",
    says=Words("Features of unequal scale make the narrow valley", "窄谷是特征尺度不一造成的"),
    notes=Words(
        "Where did the narrow valley come from? From the data: this feature has mean 2 and deviation 10, so the "
        "condition number is 108. η = 0.5 diverges within 4 steps; η = 0.009, about the largest that does not, "
        "needs 313. Ask: what could one do without touching the optimizer?",
        "窄谷是哪来的？从数据来：这个特征均值 2、标准差 10，条件数就是 108。η = 0.5 四步就发散；η = 0.009 几乎是不"
        "发散的最大值，要 313 步。问：不动优化器，还能做什么？",
    ),
    pauses=(4,),
)
NORMALISED = Stop(
    lesson="raw_and_normalised_feature",
    stage=2,
    says=Words("Standardise it, and the same rate arrives in one step", "标准化之后，同样的学习率一步到位"),
    notes=Words(
        "Subtract the mean, divide by the deviation: κ = 1, a round bowl. Every gradient now points at the "
        "minimum. The η = 0.5 that diverged arrives in one step. Two lines of code, and the hour on narrow valleys "
        "would not have been needed; for a linear model.",
        "减均值，除以标准差：κ = 1，一个圆碗，每个梯度都指向最低点。刚才发散的 η = 0.5 一步到位。两行代码，窄谷那一"
        "小时就不用讲了，前提是模型是线性的。",
    ),
    minutes=1.5,
    pauses=(1,),
)
TEN_LAYERS_STAND_STILL = Stop(
    lesson="ten_sigmoid_layers_stand_still",
    says=Words("Ten sigmoid layers: the loss stays at what guessing costs", "十层 sigmoid：损失停在瞎猜的水平"),
    notes=Words(
        "The inputs are standardised, the inner layers' are not. Gradient descent and momentum stay at ln 2 = "
        "0.693 for 500 updates. Stop at 100: not even Adam has moved. Ask which one will. Adam: it divides the "
        "small gradient by a small σ, as on the plateau before, and comes to 0.32.",
        "输入标准化了，里面各层的输入却没有。500 次更新，梯度下降和动量一直停在 ln 2 = 0.693。停在第 100 次：连 "
        "Adam 也没动。问：谁会动？Adam：像刚才的平台上那样，小梯度除以小 σ，降到 0.32。",
    ),
    minutes=2.5,
    pauses=(100,),
)
BATCH_NORMALISATION = Stop(
    lesson="ten_sigmoid_layers_stand_still",
    stage=2,
    says=Words("Normalise within the network, and ten layers learn", "在网络里面也归一化，十层都学会了"),
    notes=Words(
        "The same trick, at every layer, over every batch: z̃ = (z − μ)/σ, then γz̃ + β. Each sigmoid stays where it "
        "is steep. Same weights, same rules, same rates: all three learn every example. And why is that? The usual "
        "answer is: the surface is flatter. The last stop measures it.",
        "同一招，用在每一层、每一批：z̃ = (z − μ)/σ，再 γz̃ + β。每个 sigmoid 都留在陡的地方。权重、规则、学习率不变，"
        "三者学会了全部样本。为什么？通常的回答是：曲面变平了。最后一站来量一量。",
    ),
)
AND_IS_IT_FLATTER = Stop(
    lesson="batch_normalisation_wakes_sigmoids",
    says=Words(
        "It learns with batch normalisation, though the start is not flatter", "有了批归一化就能学，起点却并没有更平"
    ),
    notes=Words(
        "Four sigmoid layers, η = 0.2, 500 updates, several seeds: plain 0.69, batch normalisation below 0.03, "
        "layer normalisation in between. Now the surprise: at the start λmax is larger with batch normalisation, "
        "not smaller. End with the question, not with an answer; why it works is still argued about.",
        "四层 sigmoid，η = 0.2，500 次更新，好几个种子：普通的 0.69，批归一化低于 0.03，层归一化居中。意外的是：起"
        "点处批归一化的 λmax 更大，不是更小。用问题收尾，不用答案：它为什么有效，至今还在争论。",
    ),
    minutes=2.5,
)
