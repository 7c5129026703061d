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
    asks="happens~diverges~0",
)
NORMALISED = Stop(
    lesson="raw_and_normalised_feature",
    stage=2,
    says=Words("Standardise it, and the same rate arrives in one step", "标准化之后，同样的学习率一步到位"),
    notes=Words(
        "Subtract the mean, divide by the deviation: κ = 1, a round bowl. Every gradient now points at the "
        "minimum. The η = 0.5 that diverged arrives in one step. Two lines of code, and for a linear model no "
        "narrow valley is left.",
        "减均值，除以标准差：κ = 1，一个圆碗，每个梯度都指向最低点。刚才发散的 η = 0.5 一步到位。两行代码，对线性模"
        "型来说，窄谷就没有了。",
    ),
    minutes=1.5,
    pauses=(1,),
    asks="steps~0",
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
    shows="fit train",
    asks="lowest",
    exercise="learns~any~two_moons",
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
    shows="fit train",
    asks="lowest",
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
    shows="norms_same norms_slice",
    asks="compared~norm_sharpness",
)
STANDARDISE = Stop(
    lesson="standardise_before_you_descend",
    says=Words("κ grows with the square of the ratio of the scales", "κ 随尺度之比的平方增长"),
    notes=Words(
        "x₂ is 100 times as large as x₁, so the curvatures differ by 100²: κ is above 10 000, and even with its "
        "best η gradient descent needs more than 10 000 updates for 99 % of the way. Ask for the ratio 10: κ about "
        "100, over 100 updates. Standardised, one update does it.",
        "x₂ 的尺度是 x₁ 的 100 倍，曲率就相差 100²：κ 超过 10000，用最佳 η 也要一万多次更新才走完 99 % 的路。问：比"
        "值是 10 呢？κ 约 100，一百多次。标准化之后，一次就够。",
    ),
    shows="features_raw features_standardised",
    asks="measured~condition",
)
CENTRED_ONLY = Stop(
    lesson="raw_and_normalised_feature",
    stage=1,
    says=Words("Without its mean the valley stands straight, and is as narrow", "减去均值，山谷摆正了，却一样窄"),
    notes=Words(
        "Two things are wrong with a raw feature; take them one at a time. Subtract the mean: w and b are no "
        "longer tied, and the axes of the valley are those of the map. But κ = 100 still, and η = 0.5 still "
        "diverges. Ask what is left to do.",
        "原始特征有两个毛病，一个一个来。减去均值：w 与 b 不再牵连，山谷的轴与坐标轴平行。但 κ 仍是 100，η = 0.5 照"
        "样发散。问：还差什么？",
    ),
    minutes=1.5,
    pauses=(4,),
    asks="happens~diverges~0",
)
A_WAY_AROUND = Stop(
    lesson="ten_sigmoid_layers_stand_still",
    stage=1,
    says=Words("Give the gradient a way around each layer", "给梯度一条绕过每一层的路"),
    notes=Words(
        "Residual connections: each layer adds to what it was given. The first loss is high, 4.4, for ten layers "
        "add up. Then all three fall below 0.3, where the plain network's gradient descent had stayed at 0.693. "
        "Momentum even learns every example.",
        "残差连接：每一层只是在输入上加一点。起初损失高，4.4，因为十层都加在一起。随后三者都降到 0.3 以下，而普通网"
        "络的梯度下降停在 0.693。动量甚至学会了全部样本。",
    ),
    shows="fit train",
    asks="happens~halves~0",
)
BEFORE_OR_AFTER = Stop(
    lesson="normalise_before_or_after",
    says=Words("Before or after the sigmoid? Here, after", "归一化放在 sigmoid 前还是后？这里是后"),
    notes=Words(
        "Run it before the lecture. The books say: before, so that the sigmoid stays where it is steep. Take a "
        "vote, then show: after it, the median loss ends at about 0.001 with either norm; before it, at 0.014 with "
        "batch and 0.22 with layer normalisation. The next layer likes numbers around 0.",
        "课前先运行。书上说放在前面，让 sigmoid 留在陡处。先表决，再揭晓：放在后面，两种归一化的损失中位数都约 "
        "0.001；放在前面，批 0.014，层 0.22。下一层喜欢 0 附近的数。",
    ),
    shows="norms_same",
    asks="compared~norm_losses",
)
TANH_DOES_NOT_CARE = Stop(
    lesson="normalise_before_or_after",
    stage=1,
    says=Words("With tanh there is little left to choose", "换成 tanh，放哪里几乎都一样"),
    notes=Words(
        "The test of the explanation: what tanh hands on is around 0 already. Run it: with and without a norm, "
        "before or after, all medians end below 0.003. So the last stop was about the sigmoid's mean of ½, not "
        "about a law.",
        "检验刚才的解释：tanh 给出的数本来就在 0 附近。运行：有没有归一化、放前放后，中位数都低于 0.003。可见刚才说"
        "的是 sigmoid 的均值 ½，不是什么定律。",
    ),
    minutes=1.5,
    shows="norms_same",
)
