"""Loss and error surface: from a line through data to the weights of a network."""

from lectures.base import Stop
from records import Words

EVERY_LINE_IS_A_POINT = Stop(
    lesson="outliers_pull_only_so_hard",
    stage=2,
    says=Words(
        "Every line is a point on this surface; its height is the loss", "每条直线是曲面上的一个点，高度就是损失"
    ),
    notes=Words(
        "Point at the map: across is w, up is b, and colour is how wrong that line is on 41 examples. Play: both "
        "rules walk from a bad line, L = 69, to the best one, L = 5.55. Then look at the line below: w = 0.8, b = "
        "1.0, although 36 of the 41 lie around y = 2 + 2x. Ask: who has pulled it down? Five outliers, and the "
        "square.",
        "指着地图：横轴是 w，纵轴是 b，颜色是这条直线在 41 个样本上错得多厉害。播放：两个规则从很差的直线（L = 69）"
        "走到最好的（L = 5.55）。再看下方的直线：w = 0.8，b = 1.0，可 41 个样本里有 36 个落在 y = 2 + 2x 附近。问："
        "是谁把它拉下去的？五个离群点，还有平方。",
    ),
    minutes=2.5,
    pauses=(10,),
    shows="map loss sheet",
    asks="ends~0",
)
HUBER_PULLS_ONLY_SO_HARD = Stop(
    lesson="outliers_pull_only_so_hard",
    says=Words("Another loss, another surface, another answer", "换一种损失，就换了曲面，也换了答案"),
    notes=Words(
        "The same 41 examples, the same five outliers. Only the loss is another: quadratic near the line, straight "
        "far from it. Now w = 1.8, b = 1.8: each outlier pulls with slope 1 at most. So the surface is our choice "
        "before anybody descends on it.",
        "同样 41 个样本，同样五个离群点，只换了损失：近处是平方，远处是直线。这回 w = 1.8，b = 1.8：每个离群点的拉"
        "力至多为 1。所以在谁开始下降之前，曲面就已经是我们选定的了。",
    ),
    pauses=(37,),
    shows="map loss sheet",
)
TRY_ALL_OR_DESCEND = Stop(
    lesson="try_all_or_descend",
    says=Words(
        "Two weights: try 121 places. Twelve: a trillion. So we descend",
        "两个权重试 121 处，十二个要试万亿处：只好下降",
    ),
    notes=Words(
        "Ask: why not try everything? With 11 values a weight two weights cost 121 losses, four cost 14 641, "
        "twelve more than 10¹². Gradient descent is as low after 6 steps, and with twelve weights it still takes "
        "fewer than 10. That is the reason for all that follows.",
        "问：为什么不全试一遍？每个权重 11 个值，两个权重要算 121 次损失，四个 14 641 次，十二个超过 10¹² 次。梯度"
        "下降 6 步就一样低，十二个权重时仍不到 10 步。后面的一切都由此而来。",
    ),
    asks="measured~descent",
)
THE_SIGN_OF_THE_SLOPE = Stop(
    lesson="two_starts_on_one_curve",
    says=Words("A positive slope: go left. And the steeper, the farther", "斜率为正就往左走，越陡走得越远"),
    notes=Words(
        "Do one step by hand on the board: at x = 1.7 the slope is 13.3, η = 0.02, so the step is −0.27. The next "
        "slope is 6.5 and the step half as long: nobody has told it to slow down. It ends at x = 0.95, where the "
        "slope is 0. Ask, but do not answer yet: is there anything lower?",
        "先在黑板上手算一步：x = 1.7 处斜率 13.3，η = 0.02，这一步就是 −0.27。下一处斜率 6.5，步子只有一半：没有人"
        "叫它减速。它停在 x = 0.95，那里斜率为 0。问，但先不回答：还有更低的地方吗？",
    ),
    minutes=2.5,
    pauses=(1,),
    shows="map loss rate",
    exercise="diverges~gradient_descent~tilted_double_well",
)
THE_START_DECIDES = Stop(
    lesson="two_starts_on_one_curve",
    stage=4,
    says=Words(
        "A tenth to the right of the top, and it ends in the wrong valley", "坡顶右边差十分之一，就落进错的山谷"
    ),
    notes=Words(
        "The top of the bump is at x = 0.1. We start at 0.15: the slope is −0.19, so it goes right and ends at "
        "0.95 with L = −0.61. From 0.05 it would have gone left, to L = −1.41. Descent knows only the slope under "
        "its feet. Remember this valley: we will get out of it later.",
        "小丘的顶在 x = 0.1。我们从 0.15 出发：斜率 −0.19，于是向右，停在 0.95，L = −0.61。从 0.05 出发就会向左，"
        "到 L = −1.41。下降只知道脚下的坡度。记住这个谷：后面我们要从它里面出来。",
    ),
    pauses=(25,),
)
ACROSS_THE_LEVEL_LINES = Stop(
    lesson="across_the_level_lines",
    says=Words("The gradient crosses the level lines at right angles", "梯度与等高线垂直"),
    notes=Words(
        "In two dimensions the slope is an arrow. Where does it point? Straight across the level line, and the "
        "curve beside the map measures it: more than 89° halfway along every step. Then point at the minimum: the "
        "arrow does not point there. Steepest is not shortest: half of optimisation comes from that.",
        "到了二维，坡度是一个箭头。它指向哪里？正好垂直穿过等高线，旁边的曲线量给你看：每一步走到一半时夹角都大于 "
        "89°。再指一指最低点：箭头并不指向那里。最陡不是最近，优化里一半的麻烦都从这里来。",
    ),
    pauses=(20,),
    shows="map rate",
    asks="sketch~0",
    exercise="diverges~gradient_descent~narrow_valley",
)
ONE_SIGMOID = Stop(
    lesson="weight_bias_and_height_of_a_sigmoid",
    stage=1,
    says=Words("w makes it steep, b moves it, c makes it high", "w 管陡，b 管移，c 管高"),
    notes=Words(
        "One neuron: c·σ(b + w·x). With w = 4 the slope in the middle is c·w/4 = 1. Note what descent does: it "
        "slides off the steep part within ten steps, and then all but stops, for both ends are flat. Flat ends "
        "will come back to haunt us.",
        "一个神经元：c·σ(b + w·x)。w = 4 时中间的斜率是 c·w/4 = 1。注意下降：十步之内就滑下陡坡，然后几乎停住，因为"
        "两头都是平的。这两头的平坦，后面还会找上门来。",
    ),
    minutes=1.5,
)
THREE_HINGES = Stop(
    lesson="a_curve_is_a_sum_of_hinges",
    says=Words("A network adds up simple pieces until they make the curve", "网络把简单的小段加起来，拼成曲线"),
    notes=Words(
        "Each thin line is one neuron. Ask how many a curve with three slopes needs: three, and a constant. Play, "
        "and watch the pieces wander to their places: L = 0.68 at first, 0.11 after 150 updates, 10⁻⁶ after 3000. "
        "Ten numbers, one vector θ, and the same descent as before.",
        "每条细线是一个神经元。问：有三段斜坡的曲线需要几个？三个，加一个常数。播放，看各段慢慢就位：L 起初 0.68，"
        "150 次更新后 0.11，3000 次后 10⁻⁶。十个数，一个向量 θ，还是刚才那种下降。",
    ),
    minutes=2.5,
    pauses=(150,),
    shows="fit train",
    asks="steps~0",
)
A_BARRIER = Stop(
    lesson="a_barrier_between_solutions",
    says=Words(
        "Two good networks, and a ridge on the straight line between them", "两个都好的网络，直线中间却隔着一道山脊"
    ),
    notes=Words(
        "Now θ has many coordinates; no map can show them all. This one shows the straight line between two "
        "solutions from the same start. Ask: would their average be a good network? It is more than twice as bad "
        "as either. The surface is no bowl.",
        "现在 θ 的坐标很多，没有一张地图能全画出来。这张画的是从同一起点得到的两个解之间的直线。问：把它们平均一下，"
        "还是好网络吗？损失是任何一端的两倍以上。这曲面不是碗。",
    ),
    shows="surface train",
    asks="measured~barrier",
)
ONLY_YESTERDAY = Stop(
    lesson="a_window_of_past_values",
    says=Words("From yesterday alone nobody can predict a weekend", "只看昨天，谁也猜不到周末"),
    notes=Words(
        "How many views will the channel have tomorrow? The first model: w times yesterday, plus b. It is wrong by "
        "1.26 thousand on the days it learned from, 1.23 on the others. Look at the curve: it lags by a day. Ask: "
        "what does it not know? Which day of the week it is.",
        "这个频道明天有多少观看？第一个模型：w 乘昨天，加 b。训练日上误差 1.26 千次，其余日子 1.23。看曲线：它总慢"
        "一天。问：它不知道什么？不知道今天星期几。",
    ),
    shows="days",
)
FOUR_WEEKS = Stop(
    lesson="a_window_of_past_values",
    stage=2,
    says=Words("Knowledge of the problem is the best change to a model", "对问题的了解，是对模型最好的改进"),
    notes=Words(
        "A week of past values brings 0.88 and 0.90, four weeks 0.32 and 0.42. It is still a linear model, with 28 "
        "weights in place of one. Ask what 56 days would do, and let them bet.",
        "给它一周的过去值，误差 0.88 和 0.90；四周是 0.32 和 0.42。它仍是线性模型，只是 28 个权重代替了一个。问："
        "给 56 天会怎样？让大家下注。",
    ),
    shows="days",
    asks="measured~best_window",
)
EIGHT_WEEKS = Stop(
    lesson="a_window_of_past_values",
    stage=3,
    says=Words("Better on the days it has seen, worse on the others", "见过的日子更准，没见过的反而更差"),
    notes=Words(
        "56 days: 0.28 on the days it learned from, 0.44 on the others, after 0.32 and 0.42. Only one of the two "
        "numbers matters to tomorrow. Keep this picture in mind: we will meet it again with networks.",
        "56 天：训练日 0.28，其余日子 0.44，而刚才是 0.32 和 0.42。对明天来说，只有一个数要紧。记住这张图：讲到网络"
        "还会再见。",
    ),
    minutes=1.5,
    shows="window_errors",
)
ONE_LINE_FOR_ALL = Stop(
    lesson="if_conditions_are_linear",
    says=Words("One line for three kinds of examples: the model is too simple", "三种样本只用一条直线：模型太简单"),
    notes=Words(
        "Three kinds, each on a line of its own. The best single line is wrong by 4.5 on average, squared, and by "
        "5.3 on the test examples. Ask: does one need something other than a linear model here?",
        "三种样本，各在自己的直线上。最好的一条直线，均方误差 4.5，测试上 5.3。问：这里非用非线性模型不可吗？",
    ),
    asks="measured~own_lines",
)
IF_IS_LINEAR = Stop(
    lesson="if_conditions_are_linear",
    stage=2,
    says=Words("An if-condition is a feature, and the model stays linear", "“如果”就是一个特征，模型仍是线性的"),
    notes=Words(
        "Write δₖ = 1 for kind k, else 0: y = Σ δₖ(bₖ + wₖx). Each kind gets its line: 0.24 and 0.23, about the "
        "noise's variance of 0.25, and nobody gets below that. Linear means linear in the weights, not in x.",
        "令 δₖ 对第 k 种取 1，否则取 0：y = Σ δₖ(bₖ + wₖx)。每种各有直线：0.24 和 0.23，与噪声方差 0.25 差不多，再"
        "低就没有了。线性是对权重而言，不是对 x。",
    ),
)
THE_PENALTY_IS_MISSING = Stop(
    lesson="a_penalty_against_overfitting",
    says=Words("The training loss falls and falls, the test loss has long turned", "训练损失一直降，测试损失早就掉头"),
    notes=Words(
        "Patients with diabetes, one hidden layer of 32. Stop at 128: here the test loss is lowest, 0.43. Ask: go "
        "on or stop? At 800 the training loss is 0.04 and the test loss 1.31, three times what it was.",
        "糖尿病病人的数据，一个 32 宽的隐藏层。停在第 128 次更新：测试损失这时最低，0.43。问：继续还是停？到第 800 "
        "次，训练损失 0.04，测试损失 1.31，是最低时的三倍。",
    ),
    pauses=(128,),
    shows="train",
    asks="turns~0",
)
THE_PENALTY_HELPS = Stop(
    lesson="a_penalty_against_overfitting",
    stage=1,
    says=Words(
        "A penalty on the weights: worse in training, better in the test", "给权重加惩罚：训练差一些，测试好得多"
    ),
    notes=Words(
        "The same network, with λΣw² added to the loss, λ = 0.01. At 800 updates training ends at 0.37 instead of "
        "0.04, and the test at 0.43 instead of 1.31. The surface has become rounder. A hundred times more, λ = 1, "
        "and nothing is learned: 0.89.",
        "同一个网络，损失里加上 λΣw²，λ = 0.01。更新 800 次后训练损失是 0.37 而不是 0.04，测试是 0.43 而不是 1.31。"
        "曲面更圆了。再大一百倍，λ = 1，就什么也学不到：0.89。",
    ),
    pauses=(128,),
    shows="train",
    asks="steps~0",
)
A_LITTLE_PENALTY = Stop(
    lesson="a_little_decay_generalises_best",
    says=Words("Neither none nor much: a little λ generalises best", "不是没有，也不是很多：一点点 λ 泛化最好"),
    notes=Words(
        "Many trainings: open this before the lecture. Without a penalty the training loss is the least, but the "
        "test loss is almost twice that at λ = 0.003. At λ = 0.1 the training loss is ln 2: the network has "
        "forgotten all. Point at the sharpness: it only falls.",
        "训练次数很多：课前先打开一次。没有惩罚项时训练损失最小，测试损失却几乎是 λ = 0.003 时的两倍。λ = 0.1 时训"
        "练损失是 ln 2：什么都没学到。指一指锐度：它一路下降。",
    ),
    asks="compared~sweep_tests",
)
HUNDRED_PIECES_ASLEEP = Stop(
    lesson="from_one_piece_to_a_hundred",
    stage=6,
    says=Words("A hundred neurons, and the answer is a straight line", "一百个神经元，答案却是一条直线"),
    notes=Words(
        "Three hinges did it, so a hundred must. Ask for bets, then play: L = 0.56, that of the best line. The "
        "first weights are small and the biases 0, so all hinges lie outside the examples; there the gradient of "
        "bending is 0. With spread biases the same hundred come below 0.0001.",
        "三个折点就够了，一百个总该行吧。先下注，再播放：L = 0.56，正是最佳直线的损失。初始权重小、偏置为 0，折点全"
        "在样本之外，那里弯折的梯度是 0。把偏置撒开，同样一百个就降到 0.0001 以下。",
    ),
    pauses=(75,),
    shows="fit train",
    asks="happens~halves~0",
)
ONE_PIECE = Stop(
    lesson="from_one_piece_to_a_hundred",
    says=Words("One hinge is one slope between two levels", "一个折线单元就是两个平台之间的一段斜坡"),
    notes=Words(
        "A line cannot bend; what is the least that can? One hard sigmoid, times c, plus b. It leaves L = 0.21, a "
        "fifth of what the mean alone leaves. Ask how many more it takes: two bring 0.0055, three make the curve.",
        "直线不会弯，最少要什么才能弯？一个 hard sigmoid，乘 c 加 b。还剩 L = 0.21，是只用平均值时的五分之一。问："
        "还要几个？两个到 0.0055，三个就是这条曲线。",
    ),
    pauses=(150,),
    shows="fit train",
    asks="steps~0",
)
THE_HARD_SIGMOID = Stop(
    lesson="the_hard_sigmoid_of_the_notes",
    says=Words(
        "0.2 z + 0.5 between −2.5 and 2.5: a sigmoid made of straight pieces",
        "−2.5 到 2.5 之间是 0.2 z + 0.5：直线段做的 sigmoid",
    ),
    notes=Words(
        "Flat, a slope of 1/5, flat: three of these and a constant make the curve, L below 0.0001. Another slope "
        "would do as well: with 1/4 the weights are 4/5 the size, and the functions the same. A smooth sigmoid "
        "bends everywhere a little, and stays at 0.006.",
        "平、坡度 1/5、再平：三个这样的加一个常数就是这条曲线，L 低于 0.0001。换个坡度也行：1/4 时权重缩到 4/5，函"
        "数不变。光滑的 sigmoid 处处略弯，停在 0.006。",
    ),
    pauses=(300,),
    shows="fit train",
    asks="steps~0",
)
LINEAR_AFTER_LINEAR = Stop(
    lesson="linear_after_linear_is_linear",
    stage=1,
    says=Words("Four linear layers, 169 numbers, and still one straight line", "四个线性层，169 个数，还是一条直线"),
    notes=Words(
        "Bet first: two parameters leave L = 0.5613; what do 169 leave? The same 0.5613. W₄W₃W₂W₁ is one matrix. "
        "Depth alone says nothing; what is missing stands between the layers.",
        "先下注：两个参数剩 L = 0.5613，169 个呢？同样 0.5613。W₄W₃W₂W₁ 就是一个矩阵。光有深度没有用，缺的东西在层"
        "与层之间。",
    ),
    minutes=1.5,
    pauses=(8,),
    shows="fit train",
    asks="happens~halves~0",
)
WITH_TANH_BETWEEN = Stop(
    lesson="linear_after_linear_is_linear",
    stage=2,
    says=Words("An activation between the layers, and it bends", "层间加上激活函数，它就能弯"),
    notes=Words(
        "The same 169 numbers with tanh after each hidden layer. L = 0.06 after 160 updates, below 0.01 in the "
        "end, and the line bends to the curve. One function, applied to each number by itself: that is all that "
        "was missing.",
        "同样 169 个数，每个隐藏层后加 tanh。160 次更新后 L = 0.06，最后低于 0.01，直线弯成了曲线。缺的只是一个函数，"
        "对每个数各自作用一下。",
    ),
    minutes=1.5,
    pauses=(160,),
    shows="fit train",
    asks="steps~0",
)
DEEP_NOT_WIDE = Stop(
    lesson="deep_against_wide",
    says=Words("As many parameters: deep can do what wide cannot", "参数一样多：深能做到宽做不到的"),
    notes=Words(
        "Run it before the lecture. Is the number of ones among 8 bits odd? 91 parameters each: one layer of 9 "
        "gets no seed of 16 all right, six layers of 3 with bypasses about a third. Deep reuses its pieces: it "
        "counts along. But it must have bypasses to be trained.",
        "课前先运行。8 位中 1 的个数是奇数吗？都是 91 个参数：一层 9 个，16 个种子无一全对；六层各 3 个、带旁路，约"
        "三分之一全对。深网络重复使用各段：一路数过去。不过要有旁路才训练得动。",
    ),
    minutes=2.5,
    asks="compared~sweep_trains",
)
DEEP_BUT_PLAIN = Stop(
    lesson="deep_against_wide",
    stage=1,
    says=Words("What a network can say and what it learns are two things", "能表达什么和学到什么，是两回事"),
    notes=Words(
        "The same six layers without bypasses; run it before the lecture. They could say as much as before, but "
        "their median loss ends above that of the one wide layer. So an argument for depth is always two "
        "arguments: what it can express, and whether descent finds it.",
        "同样六层，去掉旁路，课前先运行。能表达的一样多，损失的中位数却高过一个宽层。所以为深度辩护，总要讲两件事："
        "它能表达什么，下降找不找得到。",
    ),
    minutes=1.5,
    asks="compared~sweep_trains",
)
