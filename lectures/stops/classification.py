"""Classification: which question, which loss, and which features."""

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
    asks="lowest",
)
WRONG_AND_STEEP = Stop(
    lesson="classification_cross_entropy",
    says=Words("Cross-entropy is steep wherever the answer is wrong", "交叉熵：哪里答错，哪里就陡"),
    notes=Words(
        "The same start, the same rules and rates, another loss. Here ‖g‖ = 1.4, a hundred thousand times as much. "
        "Plain gradient descent falls from 13 to 0.15 in 20 steps. No cleverer optimizer was needed, only another "
        "surface. Keep that in mind: one may change the surface instead.",
        "起点、规则、学习率都一样，只换损失。这里 ‖g‖ = 1.4，是刚才的十万倍。普通的梯度下降 20 步就从 13 降到 0.15。"
        "不需要更聪明的优化器，只要换一张曲面。记住这一招：可以改变曲面本身。",
    ),
    pauses=(20,),
    asks="steps~0",
)
SAME_START_TWO_LOSSES = Stop(
    lesson="same_start_two_losses",
    says=Words(
        "Same start, same rule, same rate: one loss moves, the other does not",
        "起点、规则、学习率都一样：一种损失动，一种不动",
    ),
    notes=Words(
        "Both maps side by side, softmax and one-hot targets in both. The answer at the start is completely wrong. "
        "Ask which side moves. ‖∇L‖ is 0.000013 with squared error and 1.4 with cross-entropy: a flat place is no "
        "sign of a good one.",
        "两张地图并排，都是 softmax 加 one-hot 目标。起点处答案全错。问：哪边会动？‖∇L‖ 在平方误差是 0.000013，在交"
        "叉熵是 1.4：平，不说明好。",
    ),
    asks="measured~slope_ratio",
)
SOFTMAX_BY_HAND = Stop(
    lesson="softmax_worked",
    says=Words("Softmax widens gaps: a difference of 2 is a factor of 7.4", "softmax 拉大差距：相差 2 就是 7.4 倍"),
    notes=Words(
        "Do it by hand: (3, 1, −3) gives e³ = 20.1, e¹ = 2.72, e⁻³ = 0.0498. Divide by the sum: 0.879, 0.119, "
        "0.00218. Each between 0 and 1, together 1. Ask what happens if 5 is added to all three.",
        "手算一遍：(3, 1, −3) 得 e³ = 20.1、e¹ = 2.72、e⁻³ = 0.0498。除以总和：0.879、0.119、0.00218。都在 0 与 1 "
        "之间，加起来是 1。问：三个都加 5 会怎样？",
    ),
    shows="softmax_logits softmax_powers softmax_shares",
    asks="measured~softmax",
)
ONLY_DIFFERENCES_COUNT = Stop(
    lesson="softmax_worked",
    stage=1,
    says=Words("Only differences between logits count", "起作用的只有 logit 之间的差"),
    notes=Words(
        "(8, 6, 2): every power is e⁵ = 148 times as large, so is their sum, and the probabilities are the same. "
        "That is why one may subtract the largest logit first, and every library does: no overflow, the same "
        "answer.",
        "(8, 6, 2)：每个指数都大 e⁵ = 148 倍，总和也一样，概率不变。所以可以先减去最大的 logit，每个库都这么做：不"
        "溢出，答案不变。",
    ),
    minutes=1.0,
    shows="softmax_logits softmax_powers softmax_shares",
    asks="measured~softmax",
)
CLASSES_ARE_NO_NUMBERS = Stop(
    lesson="classes_are_no_numbers",
    says=Words(
        "Classes are no numbers: 1, 2, 3 claims that 2 lies between", "类别不是数：编号 1、2、3 等于说 2 夹在中间"
    ),
    notes=Words(
        "Why not simply regress on the number of the class? The boundaries become parallel. Here class 3 lies off "
        "to the side: 19 of 120 are wrong as numbers, none as one-hot. Drag a cloud, and look for an order that "
        "suits the numbers.",
        "为什么不直接对类别编号做回归？那样边界是平行的。这里类别 3 在一旁：120 个里编号错 19 个，one-hot 一个不错。"
        "拖动点云，找一个适合编号的顺序。",
    ),
    shows="numbering_numbers numbering_one_hot",
    asks="measured~numbered",
)
ANOTHER_ORDER = Stop(
    lesson="classes_are_no_numbers",
    stage=2,
    says=Words("The same clouds, numbered otherwise: most answers are wrong", "同样的点云换个编号，多数答案就错了"),
    notes=Words(
        "Nothing about the examples has changed, only the names. Class 3 stands in the middle, and numbers cannot "
        "say so: 76 of 120 are wrong. A method whose answer depends on how you number the classes has been asked "
        "the wrong question.",
        "样本没有变，只换了名字。中间的是类别 3，编号说不出来：120 个错 76 个。如果答案取决于怎么编号，那是问题问错"
        "了。",
    ),
    minutes=1.5,
    shows="numbering_numbers numbering_one_hot",
    asks="measured~numbered",
)
NOTHING_DESCENDS = Stop(
    lesson="nothing_descends_a_staircase",
    says=Words("What we want to count is a staircase, and nothing descends it", "我们真正想数的是台阶，谁也下不去"),
    notes=Words(
        "What we want is few errors. Left: the share of errors over w and b. Play: four rules, nobody moves, for "
        "∇L = 0 on every step. Ask whether ten times the rate helps: zero times ten is zero. Right: cross-entropy "
        "of the same model slopes, and leads to 2 errors of 8.",
        "我们想要的是错得少。左：错误率随 w 和 b 变化。播放：四个规则谁也不动，每级台阶上 ∇L = 0。问：学习率放大十"
        "倍呢？零乘十还是零。右：同一模型的交叉熵有坡度，最后 8 个只错 2 个。",
    ),
    shows="stairs_zero_one stairs_cross_entropy",
    asks="measured~staircase",
)
SURELY_WRONG = Stop(
    lesson="logistic_plateau",
    says=Words("Squared error forgives those who are surely wrong", "平方误差放过了错得笃定的人"),
    notes=Words(
        "Logistic regression with squared error: the gradient has the factor f(1 − f), near 0 where the answer is "
        "sure, right or wrong. ‖∇L‖ is 0.0037 at the start; after 500 steps gradient descent has come from 0.841 "
        "to 0.835. Stop at 62: Adam is half down, at 0.50.",
        "逻辑回归用平方误差：梯度带因子 f(1 − f)，答案笃定时接近 0，不管对错。起点 ‖∇L‖ 是 0.0037；500 步，梯度下降"
        "只从 0.841 到 0.835。停在第 62 步：Adam 到了半途，0.50。",
    ),
    pauses=(62,),
    asks="lowest",
)
NO_SUCH_FACTOR = Stop(
    lesson="logistic_plateau",
    stage=1,
    says=Words("Cross-entropy has no such factor, and arrives", "交叉熵没有这个因子，就走到了"),
    notes=Words(
        "The same examples, start, rules and rates. ‖∇L‖ = 1.04, nearly three hundred times as much; gradient "
        "descent falls from 8.4 to 0.44 in 20 steps. The f(1 − f) is cancelled by the derivative of the logarithm: "
        "derive it once on the board.",
        "样本、起点、规则、学习率都一样。‖∇L‖ = 1.04，将近三百倍；梯度下降 20 步从 8.4 到 0.44。f(1 − f) 被对数的导"
        "数约掉了：在黑板上推一遍。",
    ),
    pauses=(20,),
    asks="steps~0",
)
LIKELIHOOD_IS_CROSS_ENTROPY = Stop(
    lesson="the_same_number_twice",
    says=Words("Minimising cross-entropy is maximising the likelihood", "最小化交叉熵，就是最大化似然"),
    notes=Words(
        "Eight examples. Multiply what the model gives to each true answer: 0.00956. Add their cross-entropies: "
        "4.650. Then take minus the logarithm of the first: 4.650. It is one number, computed twice; so the loss "
        "was not invented, it was derived.",
        "八个样本。把模型给每个正确答案的概率相乘：0.00956。把交叉熵相加：4.650。再对前者取负对数：4.650。一个数算"
        "了两遍。所以这个损失不是发明的，是推出来的。",
    ),
    shows="likelihood",
    asks="measured~entropy",
)
NO_LINE_SEPARATES = Stop(
    lesson="xor_needs_a_hidden_layer",
    stage=2,
    says=Words("No line separates XOR, whoever trains it", "没有一条直线能分开异或，谁来训练都一样"),
    notes=Words(
        "Play it to the end: gradient descent and Adam both stop at L = 0.691, hardly below ln 2, with about half "
        "of the examples wrong. Ask: more steps, another rate? No. The model is too small, and no optimizer can "
        "help that.",
        "播到底：梯度下降和 Adam 都停在 L = 0.691，几乎就是 ln 2，约一半判错。问：多走几步、换个学习率？没用。模型"
        "太小，优化器帮不上忙。",
    ),
    minutes=1.5,
    pauses=(30,),
    shows="fit train",
    asks="happens~halves~1",
)
A_HIDDEN_LAYER_MOVES_THEM = Stop(
    lesson="xor_needs_a_hidden_layer",
    says=Words(
        "Two hidden neurons move the examples to where a line separates them",
        "两个隐藏神经元把样本挪到一条直线分得开的地方",
    ),
    notes=Words(
        "This is not where the examples are, but where two neurons put them. Stop at step 15: half done. At 30 "
        "updates all examples are right with both rules, at a loss of 0.3. Deep learning in one picture: learn the "
        "features, then draw a line.",
        "这不是样本本来的位置，而是两个神经元放它们的位置。停在第 15 步：挪到一半。更新 30 次，两种规则都全对，损"
        "失 0.3。一张图看懂深度学习：先学特征，再画直线。",
    ),
    pauses=(15, 30),
    shows="fit train",
    asks="steps~0",
)
XOR_BY_HAND = Stop(
    lesson="xor_by_hand",
    says=Words("The right features make a hard problem a line", "特征选对了，难题就成了一条直线"),
    notes=Words(
        "Before networks one made features by hand: the distances to (0, 0) and to (1, 1). Now a line gets all "
        "right; in the plane it is a closed curve. Ask who thinks of such features for pictures of cats. Two "
        "hidden neurons find features of their own.",
        "有网络之前，特征靠手工：到 (0, 0) 与 (1, 1) 的距离。这样一条直线就全对，回到平面是一条闭曲线。问：猫的照片，"
        "谁能想出这样的特征？两个隐藏神经元自己就找得到。",
    ),
    shows="xor_plane xor_hand",
    asks="measured~xor_by_hand",
)
TWO_LINES = Stop(
    lesson="two_lines_from_two_questions",
    says=Words("Two questions about the same examples give two lines", "同样的样本，两个问题，两条直线"),
    notes=Words(
        "Gaussians ask: how did these examples come about? Logistic regression asks only: which class? Same family "
        "of lines, yet two of them: 97.25 % and 97.2 % right. With five examples a class the Gaussians are ahead: "
        "an assumption, if true, is worth data.",
        "高斯问：这些样本是怎么来的？逻辑回归只问：是哪一类？同一族直线，却得到两条：97.25 % 与 97.2 %。每类只有五"
        "个样本时高斯领先：假设若成立，就抵得上数据。",
    ),
    asks="measured~generative",
)
OUTLIERS_PULL_ONE = Stop(
    lesson="two_lines_from_two_questions",
    stage=1,
    says=Words(
        "Twenty far points on the right side: one model falls, one does not move",
        "远处二十个对的点：一个模型倒了，一个不动",
    ),
    notes=Words(
        "The points are correct, only far away. Ask which line moves. The Gaussians' mean and Σ are pulled: from "
        "97.25 to 84.9 %. Logistic regression is sure of them already, its f − ŷ is 0 there, and it stays at 97.2 "
        "%.",
        "这些点是对的，只是远。问：哪条线会动？高斯的均值和 Σ 被拉走：从 97.25 % 到 84.9 %。逻辑回归对它们早有把握，"
        "那里 f − ŷ 为 0，仍是 97.2 %。",
    ),
    asks="measured~generative",
)
LIKELIHOOD_BY_HAND = Stop(
    lesson="the_likelihood_by_hand",
    says=Words("Find the most likely Gaussians by hand, then compare", "先用手找最可能的高斯，再对答案"),
    notes=Words(
        "Let somebody drag the centres and the diamonds: the log-likelihood begins at −521. How near does the "
        "class come to −354? The black line is where both posteriors are ½; watch it turn while the ellipses "
        "change.",
        "请一位同学拖动中心和菱形：对数似然从 −521 开始，能拖到离 −354 多近？黑线是两类后验都为 ½ 的地方，看椭圆一"
        "变它就转。",
    ),
    minutes=2.5,
    asks="measured~likelihood",
)
SHARED_SIGMA_IS_A_LINE = Stop(
    lesson="the_likelihood_by_hand",
    stage=1,
    says=Words("A shared Σ makes the posterior a sigmoid of a line", "共用 Σ，后验就是直线的 sigmoid"),
    notes=Words(
        "The solution: the means, and the mean squares. With one Σ for both the squares cancel: P(C₁ | x) = σ(wᵀx "
        "+ b), w = (−3.64, 4.08), b = 0.0943. Logistic regression finds (−3.76, 3.99) and −0.237: the same form, "
        "another way to w.",
        "答案：均值，和偏差平方的均值。两类共用 Σ，平方项就消掉：P(C₁ | x) = σ(wᵀx + b)，w = (−3.64, 4.08)，b = "
        "0.0943。逻辑回归得 (−3.76, 3.99) 和 −0.237：形式相同，求 w 的路不同。",
    ),
    asks="measured~generative",
)
OWN_SIGMA_IS_A_CURVE = Stop(
    lesson="the_likelihood_by_hand",
    stage=2,
    says=Words("A Σ of its own for each class, and the boundary is a curve", "每类各有 Σ，边界就成了曲线"),
    notes=Words(
        "One class is tight, the other wide. With a Σ of its own each the squares no longer cancel: a curve, 92.5 "
        "% right; the line of logistic regression gets 86.2 %. Ask what it costs: more numbers to learn.",
        "一类紧凑，一类松散。各有 Σ，平方项消不掉：边界是曲线，正确率 92.5 %；逻辑回归的直线 86.2 %。问：代价是什么？"
        "要学的数更多。",
    ),
    minutes=1.5,
    asks="compared~models",
)
THE_ONLY_EXAMPLE_IS_DENIED = Stop(
    lesson="the_only_example_is_denied",
    says=Words("It has seen (1, 1) once, in class 1, and says: class 2", "它见过一次 (1, 1)，属于类别 1，却说是类别 2"),
    notes=Words(
        "Thirteen examples; only one has both features, and it is of class 1. Take a vote, then compute: naive "
        "Bayes says P(C₁ | (1, 1)) = 3/7. It takes the features of class 2 to be independent, and so expects "
        "examples that it has never seen.",
        "十三个样本，只有一个两个特征都是 1，它属于类别 1。先表决，再算：朴素贝叶斯说 P(C₁ | (1, 1)) = 3/7。它以为"
        "类别 2 的特征相互独立，于是期待从未见过的样本。",
    ),
    asks="measured~denied",
)
THE_MORE_IT_SEES = Stop(
    lesson="the_only_example_is_denied",
    stage=2,
    says=Words("The more it sees, the surer it is of what it imagines", "看得越多，越相信自己的想象"),
    notes=Words(
        "Ten times as many examples of class 2, still none with both features. Ask: up or down? Down, to 3/43. "
        "More data does not cure a wrong assumption. This is bias, the same disease as a line for XOR.",
        "类别 2 的样本多十倍，仍没有一个两个特征都是 1。问：概率升还是降？降到 3/43。假设错了，数据再多也治不好。这"
        "就是偏差，和用直线分异或是同一种病。",
    ),
    minutes=1.5,
    asks="measured~denied",
)
ONE_GRADIENT = Stop(
    lesson="one_gradient_for_two_models",
    says=Words("A line and a sigmoid: two losses, one gradient", "直线和 sigmoid：两种损失，一个梯度"),
    notes=Words(
        "Five examples, three steps of each by hand. Both tables have −Σ(ŷ − f)(x, 1), for the squared error of a "
        "line and for the cross-entropy of a sigmoid. Ask why: each loss was chosen so that its derivative "
        "cancels. Equal to the last digit with the derivative of the loss.",
        "五个样本，各手算三步。两张表都是 −Σ(ŷ − f)(x, 1)，直线用平方误差，sigmoid 用交叉熵。问为什么：每种损失都选"
        "得恰好把导数约掉。与损失的导数每一位都相等。",
    ),
    shows="gradient_linear gradient_logistic",
    asks="measured~logistic",
)
FAR_POINTS_TURN_IT = Stop(
    lesson="far_points_turn_least_squares",
    stage=1,
    says=Words("Least squares punishes answers that are too right", "最小二乘惩罚“对得过头”的答案"),
    notes=Words(
        "Regression on ±1, and twenty points far on the right side. Ask what they do to the two lines. Least "
        "squares turns by 29° and gets 12 points wrong: f = 5 where 1 was asked costs 16. Logistic regression "
        "turns by less than 0.1°.",
        "对 ±1 做回归，正确一侧的远处有二十个点。问：两条直线各会怎样？最小二乘转了 29°，分错 12 个：要 1 却给出 5，"
        "代价是 16。逻辑回归只转了不到 0.1°。",
    ),
    shows="boundaries",
    asks="measured~missed",
)
