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
    more=Words(
        "For a line with squared error the Hessian holds the mean of x², the mean of x, and 1; nothing else "
        "enters, not even the targets. A feature with deviation 10 gives curvatures about 100 apart, and a mean "
        "other than 0 ties w and b together, which turns the valley. The largest eigenvalue sets the limit η < "
        "2/λmax, the smallest says how slowly the floor is walked. So the condition number of a linear model is "
        "a property of its inputs. Change the deviation in the panel and watch κ change with its square.",
        "用平方误差拟合直线，Hessian 里只有 x² 的平均、x 的平均和 1，别的都不出现，连目标值也没有。标准差 10 的特"
        "征，使两个曲率相差约 100 倍；均值不为 0，则把 w 和 b 绑在一起，山谷就斜了。最大特征值定下极限 η < 2/λmax"
        "，最小的说明沿谷底走得多慢。所以线性模型的条件数是输入的性质。在面板里改标准差，看 κ 按它的平方变化。",
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
    more=Words(
        "x̃ = (x − μ)/s has mean 0 and mean square 1, so the Hessian becomes a multiple of the identity: all "
        "directions are curved alike. Then −∇L points straight at the minimum, and with η = 1/λ one step is the "
        "whole way. The model has lost nothing, since every line in x is a line in x̃ with other numbers. μ and "
        "s are computed on the training examples and used for all others: a test example must not change what it "
        "is tested with.",
        "x̃ = (x − μ)/s 的均值为 0、均方为 1，Hessian 就成了单位矩阵的倍数：各个方向一样弯。于是 −∇L 直指最低点，"
        "取 η = 1/λ，一步就走完全程。模型什么也没失去，因为 x 的每条直线都是 x̃ 的直线，只是数字不同。μ 和 s 在训"
        "练样本上算好，再用于其他样本：测试样本不能改变用来测它的东西。",
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
    more=Words(
        "Each sigmoid hands on numbers around ½ and multiplies the error on its way back by σ′ ≤ ¼ and by the "
        "weights. After ten layers the first ones receive next to nothing, and the last one sees the same input "
        "for every example, so it can only learn the mean answer: loss ln 2 for two classes. Adam divides by σ "
        "and so walks at a speed that does not depend on the gradient's size, which is enough to get off the "
        "plateau here, late. The exercise asks for less: let any rule learn, by changing one setting.",
        "每个 sigmoid 传下去的数都在 ½ 附近，误差往回走时乘以 σ′ ≤ ¼ 和权重。十层之后，前几层几乎收不到什么，最后"
        "一层对每个样本看到的输入都一样，只能学到平均答案：两类时损失是 ln 2。Adam 除以 σ，走的快慢与梯度大小无关"
        "，在这里足以离开平台，只是很晚。练习的要求低一些：只改一项设置，让随便哪个规则学会。",
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
    more=Words(
        "Over the examples of a batch every neuron's z gets mean 0 and variance 1; then γ and β, which are "
        "learned, may move it again. So the sigmoids work where they are steep, whatever the layers below do, "
        "and the error is not multiplied by tiny slopes. Each example's answer now depends on who else is in the "
        "batch; for testing, running averages of μ and σ take their place. With a batch of one there would be "
        "nothing to average: z − μ = 0. Set the batch small in the panel and watch the curves shake.",
        "在一批样本上，每个神经元的 z 变成均值 0、方差 1；然后由学习得到的 γ 和 β 可以再移动它。于是不管下面各层"
        "怎样，sigmoid 都工作在陡的地方，误差不会乘上极小的斜率。每个样本的答案现在取决于同批的其他样本；测试时用"
        " μ 和 σ 的滑动平均代替。如果一批只有一个，就没有可平均的：z − μ = 0。在面板里把批调小，看曲线发抖。",
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
    more=Words(
        "Three things are often mixed up: the height of the curvature at the first weights, how long a single "
        "step may be, and how fast training goes. The right-hand picture takes one step of each length along the "
        "gradient: where its curve stays low for large η, long steps are safe. λmax at the start is the "
        "curvature along one direction at one point only. So a method may begin at a more curved point and still "
        "bear longer steps later on. Look at the table: it gives the sharpness before and after.",
        "常被混为一谈的有三件事：初始权重处的曲率有多大，单独一步可以多长，训练走得多快。右图沿梯度走一步，试各种"
        "长度：η 大时曲线仍低，长步子就安全。起点的 λmax 只是一个点上、一个方向的曲率。所以一种方法可以从更弯的地"
        "方出发，后来却承受得住更长的步子。看表格：它给出训练前后的锐度。",
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
    more=Words(
        "Along each eigenvector gradient descent multiplies the distance by 1 − ηλ. With the best constant η the "
        "slowest directions keep the share (κ − 1)/(κ + 1) a step, so 99 % of the way in L takes about "
        "κ·ln(10)/2 updates for a large κ. Halving the ratio of the scales therefore quarters the updates. "
        "Standardising costs one pass over the data and makes the diagonal of H equal; what is left of κ then "
        "comes from features that depend on each other.",
        "沿每个特征向量，梯度下降把距离乘以 1 − ηλ。取最佳的固定 η，最慢的方向每步保留 (κ − 1)/(κ + 1)，所以 κ 大"
        "时，让 L 走完 99 % 的路约需 κ·ln(10)/2 次更新。尺度之比减半，更新次数就是四分之一。标准化只要把数据过一"
        "遍，就使 H 的对角线相等；剩下的 κ 来自特征之间的相关。",
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
    more=Words(
        "Take the mean away, and Σx = 0: the entry of H that ties w and b together disappears, so the axes of "
        "the ellipses are those of the map. What remains is the ratio of the diagonal entries, the mean of x² to "
        "1: that is the square of the deviation, 100. So centring turns the valley and scaling makes it round, "
        "and one can do either alone. For a rule with one rate for each coordinate, like Adagrad, the turning is "
        "the more valuable part: it can stretch axes by itself, but not turn them.",
        "减去均值，Σx = 0：H 中把 w 与 b 绑在一起的那一项消失了，椭圆的轴就与坐标轴平行。剩下的是对角线之比，x² "
        "的平均对 1，也就是标准差的平方，100。所以减均值是把山谷摆正，除以标准差是把它变圆，两件事可以分开做。对"
        "每个坐标一个学习率的规则，比如 Adagrad，摆正更要紧：拉伸坐标轴它自己会，转动却不会。",
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
    more=Words(
        "h + f(h) instead of f(h): the derivative is I + f′, so on the way back every layer passes the error on "
        "unchanged and adds its own part. Nothing has to go through ten small factors any more. The price is at "
        "the beginning: the ten contributions add up, so the first answers are far off and the first loss is "
        "high. Smaller first weights, or a normalisation in each layer, would cure that. Compare the loss after "
        "a few updates with that of the plain network, which begins low and stays there.",
        "用 h + f(h) 代替 f(h)：导数是 I + f′，往回走时每一层都把误差原样传下去，再加上自己的一份。再也不必穿过十"
        "个小因子。代价在开头：十层的贡献加在一起，最初的答案偏得远，损失也高。更小的初始权重，或每层加归一化，可"
        "以治这一点。拿几次更新之后的损失和普通网络比：后者一开始低，却停在那里。",
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
    more=Words(
        "Normalising z keeps the sigmoid's input where it is steep, but its output then still has a mean of "
        "about ½, which the next layer gets from every neuron alike: a large common part that says nothing about "
        "the example. Normalising what comes out takes that away; the next layer sees numbers around 0. Here "
        "that counts for more. It is one network on one set of data with eight seeds: the bands show how far the "
        "seeds spread, and where they overlap, nothing is decided.",
        "对 z 归一化，让 sigmoid 的输入留在陡处，但输出的均值仍约为 ½，下一层从每个神经元都收到这份共同的、与样本"
        "无关的大数。对输出归一化就把它去掉，下一层看到的数在 0 附近。在这里，后者更要紧。这只是一个网络、一份数"
        "据、八个种子：色带表示种子散得多开，重叠之处就分不出高下。",
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
    more=Words(
        "A good explanation forbids something. If the sigmoid's mean of ½ was the reason, then an activation "
        "with mean 0 must make the difference small, and that is what is seen. tanh(z) = 2σ(2z) − 1 is the same "
        "curve, only moved and stretched, so nothing else has changed. That is how to test a story about "
        "training: change the one thing that it blames, and leave the rest. Take ReLU next: its mean is not 0 "
        "either; what would you predict?",
        "好的解释会禁止一些事情发生。如果原因是 sigmoid 的均值 ½，那么换成均值为 0 的激活函数，差别就该变小，而看"
        "到的正是这样。tanh(z) = 2σ(2z) − 1 是同一条曲线，只是平移和拉伸，别的都没变。检验一个关于训练的说法就该"
        "这样：只改它归咎的那一样，其余不动。接着换 ReLU：它的均值也不是 0，你预计会怎样？",
    ),
    minutes=1.5,
    shows="norms_same",
)
