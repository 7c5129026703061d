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
    more=Words(
        "With softmax s and one-hot t the squared error Σ(s − t)² has the gradient 2Jᵀ(s − t), J being the slope "
        "of softmax. Where one probability is almost 1, J is almost 0: no logit changes the answer any more. So "
        "the factor that should say how wrong it is, s − t, is multiplied by one that says how movable the "
        "answer is. A far start in the wrong corner is thus as flat as the bottom. Begin nearer to the diagonal, "
        "where softmax is still steep, and the same rules learn.",
        "softmax 为 s、one-hot 为 t 时，平方误差 Σ(s − t)² 的梯度是 2Jᵀ(s − t)，J 是 softmax 的斜率。某个概率接近"
        " 1 时，J 接近 0：哪个 logit 都改变不了答案。于是说明错了多少的因子 s − t，乘上了一个说明答案还能不能动的"
        "因子。所以错误角落里遥远的起点，和谷底一样平。从离对角线近些的地方出发，softmax 还陡，同样的规则就学得动"
        "。",
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
    more=Words(
        "−ln sₖ: the derivative of the logarithm is 1/sₖ, which is large exactly where the probability of the "
        "right class is small, and it cancels the small slope of softmax. What remains is s − t in every logit, "
        "between −1 and 1. So the loss falls along a straight slope far out, as a line of slope √2 here for two "
        "logits that are both wrong, and bends into the bottom only near the answer. Compare the two maps: same "
        "start, same rules, a plateau and a slope.",
        "−ln sₖ：对数的导数是 1/sₖ，正确类的概率越小它越大，恰好约掉 softmax 的小斜率。剩下的就是每个 logit 上的 "
        "s − t，在 −1 与 1 之间。所以远处的损失沿一个直坡下降，这里两个 logit 都错，坡度约 √2，靠近答案才弯向谷底"
        "。比较两张地图：起点、规则相同，一个是平台，一个是斜坡。",
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
    more=Words(
        "Both surfaces have their lowest places in the same corner: whoever minimises one minimises the other. "
        "They differ in how they look from far away, and descent sees only what is under its feet. So two losses "
        "with the same answer can be quite unequal to train with. One also pays for the choice: cross-entropy "
        "grows without bound for a sure wrong answer, so a wrong label in the data weighs more. Move the start "
        "to (−2, 0), which is less surely wrong, and compare the lengths of the gradients again.",
        "两张曲面的最低处在同一个角落：最小化一个，也就最小化了另一个。区别在于从远处看去的样子，而下降只看得见脚"
        "下。所以答案相同的两种损失，训练起来可以很不一样。选择也有代价：对笃定的错误答案，交叉熵无限增大，数据里"
        "标错的样本就更有分量。把起点移到 (−2, 0)，那里错得不那么笃定，再比较梯度的长度。",
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
    more=Words(
        "exp makes every number positive and turns differences into ratios: a lead of 1 is a factor of e = 2.72, "
        "a lead of 2 a factor of 7.4. Dividing by the sum makes shares that add up to 1. It is a soft maximum: "
        "with all logits multiplied by a large number the largest takes everything, with a small one all become "
        "equal. That factor is 1 over the temperature. Raise the second logit by 2 in the panel, and it has as "
        "large a share as the first.",
        "exp 把每个数变成正数，把差变成比：领先 1 是 e = 2.72 倍，领先 2 是 7.4 倍。除以总和，就成了加起来为 1 的"
        "份额。它是“软的”最大值：所有 logit 乘以一个大数，最大的就独占；乘以小数，大家就平分。这个倍数是温度的倒"
        "数。在面板里把第二个 logit 加 2，它的份额就和第一个一样大。",
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
    more=Words(
        "exp(z + c) = exp(c)·exp(z): the common factor cancels against the sum. So k logits have only k − 1 "
        "degrees of freedom, and with two classes only z₁ − z₂ matters: softmax of two is the sigmoid of their "
        "difference. On the error surface of the weights this is a direction along which nothing changes, an "
        "eigenvalue 0. For the computer the shift by the largest logit matters a lot: exp(800) overflows, exp(0) "
        "never does.",
        "exp(z + c) = exp(c)·exp(z)：公共因子与总和约掉。所以 k 个 logit 只有 k − 1 个自由度；两类时只有 z₁ − z₂ "
        "有关：两个数的 softmax 就是差的 sigmoid。在权重的误差曲面上，这是一个什么也不变的方向，特征值为 0。对计"
        "算机来说，减去最大的 logit 很要紧：exp(800) 溢出，exp(0) 永远不会。",
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
    more=Words(
        "One number per example and rounding to 1, 2 or 3 means two parallel boundaries: class 2 is the strip "
        "between them. That is right only if the classes really lie in this order along one direction. One-hot "
        "gives each class an output of its own, so each has its own direction, and the largest decides. The "
        "distance between any two one-hot targets is the same, √2, which says that no two classes are nearer "
        "than others. Drag the clouds until the numbers do as well as one-hot.",
        "每个样本一个数，再取最近的 1、2、3，意味着两条平行的边界：类别 2 是中间的带子。只有各类真的沿一个方向按"
        "这个次序排列，才说得通。one-hot 给每个类一个自己的输出，各有方向，最大者胜。任意两个 one-hot 目标的距离"
        "都是 √2，等于说没有哪两类更近。拖动点云，直到编号和 one-hot 一样好。",
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
    more=Words(
        "The clouds are in a row, but the numbers along the row are not in order, and a linear function of x can "
        "only rise or fall. Least squares then finds a nearly flat answer around the mean, and most examples are "
        "called by the middle number. One-hot does not see the numbering at all: exchanging two classes "
        "exchanges two columns of weights and nothing else. Ask of every encoding which changes of names leave "
        "its answers alone.",
        "点云排成一行，但沿着这一行编号不是递增的，而 x 的线性函数只能单调。最小二乘只好给出接近平均、几乎平的答"
        "案，多数样本被叫成中间那个编号。one-hot 根本看不见编号：交换两类，只是交换两列权重，别的不变。对每种编码"
        "都可以问：哪些改名不影响它的答案？",
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
    more=Words(
        "The share of errors changes only when an example crosses the line, so as a function of w and b it is "
        "constant on pieces, with jumps between them. Its gradient is 0 wherever it exists, and no rule that "
        "multiplies, averages or divides gradients can make anything of zeros. So one descends on another loss "
        "that slopes, is at least as large up to a factor, and is small only where the errors are few. What one "
        "counts in the end is still the errors. Move the start: the left picture never moves.",
        "错误率只有在某个样本越过直线时才变，所以它作为 w 和 b 的函数是一块块常数，块间跳变。凡有梯度处梯度都是 0"
        "，任何把梯度相乘、平均、相除的规则，对着零都无能为力。于是改在另一个损失上下降：它有坡度，差一个倍数地不"
        "小于错误率，只有错得少时才小。最后数的仍是错误。换个起点：左图永远不动。",
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
    more=Words(
        "Of one example the derivative of (f − y)² by the logit is 2(f − y)·f(1 − f). The first factor is the "
        "error, the second the slope of the sigmoid, at most ¼ and about e to the power −|z| far out. So a sure "
        "wrong answer, f ≈ 0 where y = 1, has a large error times almost nothing. Adam gets away because it "
        "divides by its σ, which is as small: it walks by sign and rate. That is help with the symptom; the next "
        "stop removes the cause.",
        "单个样本，(f − y)² 对 logit 的导数是 2(f − y)·f(1 − f)。前一个因子是误差，后一个是 sigmoid 的斜率，至多 "
        "¼，远处约为 e 的 −|z| 次方。所以笃定的错误，y = 1 而 f ≈ 0，是大误差乘以几乎为零。Adam 走得出来，因为它"
        "除以同样小的 σ：只按符号和学习率走。这是治标；下一站治本。",
    ),
    pauses=(62,),
    asks="lowest",
    exercise="arrives~gradient_descent~logistic_regression_squared_error",
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
    more=Words(
        "L = −y ln f − (1 − y) ln(1 − f), and dL/dz = f − y: the f(1 − f) of the sigmoid cancels the 1/f or 1/(1 "
        "− f) of the logarithm. The surface is convex in w and b, so there is one bottom and no plateau on the "
        "way except the gentle end. Where a line separates the classes perfectly there is no bottom at all: "
        "weights grow for ever and the loss goes to 0; a penalty ends that. Here the classes overlap, so it does "
        "have a minimum.",
        "L = −y ln f − (1 − y) ln(1 − f)，dL/dz = f − y：sigmoid 的 f(1 − f) 与对数的 1/f 或 1/(1 − f) 约掉。这个"
        "曲面对 w 和 b 是凸的，只有一个底，路上没有平台，只有末尾的缓坡。如果一条直线能把两类完全分开，就根本没有"
        "底：权重一直增大，损失趋于 0；加惩罚才能停住。这里两类有重叠，所以有最小值。",
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
    more=Words(
        "The likelihood is the probability that the model gives to what was seen: a product, because the "
        "examples are independent. The logarithm turns the product into a sum and changes no order, and the "
        "minus turns the highest into the lowest. So the w and b with the largest likelihood are those with the "
        "smallest sum of cross-entropies. Products of thousands of probabilities underflow in a computer; sums "
        "of logarithms do not. Move w with its slider: both curves lie on each other everywhere.",
        "似然是模型给所见结果的概率：样本相互独立，所以是乘积。取对数把乘积变成和，次序不变；加负号把最高变成最低"
        "。所以似然最大的 w、b，就是交叉熵之和最小的那个。几千个概率相乘，在计算机里会下溢；对数相加就不会。用滑"
        "块移动 w：两条曲线处处重合。",
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
    more=Words(
        "XOR is 1 where exactly one of the inputs is large: two opposite corners each. If w·x + b were positive "
        "at (0, 1) and (1, 0), its sum over these two would be positive, but that is the same as the sum over "
        "(0, 0) and (1, 1): so it cannot be negative at both. Hence no line, whatever the loss or the rule. "
        "Least loss is then the answer one half for everybody, ln 2. Such a proof is worth more than any number "
        "of trainings that failed.",
        "异或在恰好一个输入大时为 1：两两相对的角。如果 w·x + b 在 (0, 1) 和 (1, 0) 都为正，两者之和为正，而它等"
        "于 (0, 0) 与 (1, 1) 处之和，所以在那两处不可能都为负。因此没有这样的直线，不管什么损失、什么规则。损失最"
        "小的答案就是对谁都说一半，ln 2。这样的证明，胜过任意多次失败的训练。",
    ),
    minutes=1.5,
    pauses=(30,),
    shows="fit train",
    asks="happens~halves~1",
    exercise="learns~any~xor",
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
    more=Words(
        "Each hidden neuron is one coordinate of the picture: what it says of an example. The first layer bends "
        "and shifts the plane, smoothly with tanh, until two corners of one class lie on one side; the last "
        "layer then draws its line there. All of it is one descent: the line tells the neurons by its gradient "
        "where it would like to have the examples. Other first weights may find another way to do it, or none. "
        "Change the seed in the panel, and see how often it works.",
        "每个隐藏神经元是图中的一个坐标：它对样本怎么说。第一层把平面弯曲、平移（用 tanh 时是光滑的），直到同一类"
        "的两个角落到一侧；最后一层再画直线。这一切是同一次下降：直线通过梯度告诉神经元，它希望样本在哪里。换一组"
        "初始权重，可能找到另一种办法，也可能找不到。在面板里改种子，看看多少次能成。",
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
    more=Words(
        "The distances to (0, 0) and (1, 1) are two new features, and a point of one class is near to one of "
        "these corners, so one distance is small and the other large; a point of the other class is about "
        "equally far from both. In the plane of the distances the classes lie apart, and a line suffices. Seen "
        "from the old plane that line is a closed curve around the other class. The features were chosen by "
        "somebody who had seen the answer: that is the part that learning takes over.",
        "到 (0, 0) 和 (1, 1) 的距离是两个新特征：一类的点靠近其中一个角，一个距离小、另一个大；另一类的点到两个角"
        "差不多远。在距离的平面上，两类就分开了，一条直线就够。从原来的平面看，这条直线是围住另一类的闭曲线。这些"
        "特征是看过答案的人选的：学习所接手的，正是这一部分。",
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
    more=Words(
        "The generative way models P(x | class) as a Gaussian each, with one Σ, and gets the boundary by Bayes' "
        "rule; it has to estimate means and covariances. The discriminative way models P(class | x) = σ(wᵀx + b) "
        "only, and asks nothing about where examples lie. If the Gaussians are true, their assumption is "
        "knowledge and saves data; if not, it misleads. Raise the outliers and the wrong labels in the panel, "
        "take clouds that are no Gaussians, and see each time who suffers.",
        "生成的做法：把 P(x | 类) 建成高斯，共用一个 Σ，再用贝叶斯公式得到边界；要估计均值和协方差。判别的做法："
        "只建 P(类 | x) = σ(wᵀx + b)，不问样本落在哪里。如果真是高斯，这个假设就是知识，能省数据；如果不是，就会"
        "误导。在面板里增加离群点和错标签，换成不是高斯的点云，看每次是谁吃亏。",
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
    more=Words(
        "A mean counts every point alike, and a covariance even counts it by the square of its distance: twenty "
        "points far out drag both. Logistic regression counts a point by f − y, which is almost 0 for one that "
        "is surely right; for it these points hardly exist. It is the reverse with wrong labels: for a "
        "mislabelled point far out f − y is almost 1. So neither is robust against everything. Take the points "
        "away one by one and watch which line follows.",
        "均值对每个点一视同仁，协方差还按距离的平方来算：远处二十个点把两者都拖走。逻辑回归按 f − y 来算，对答得"
        "又对又有把握的点几乎是 0，这些点等于不存在。标错时正相反：远处标错的点 f − y 接近 1。所以谁也不是对什么"
        "都稳健。把这些点一个个减少，看哪条线跟着动。",
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
    more=Words(
        "The log-likelihood adds up ln of the density that the model gives to each example. A Gaussian that is "
        "too narrow gives far points a density near 0, whose logarithm is very negative; one that is too wide "
        "gives little to all. The maximum is known in closed form: the mean of the points, and the mean of the "
        "squares of the deviations. Without a formula one would descend on minus the log-likelihood, exactly as "
        "everywhere else here. Drag by sight first, then compare with the solution.",
        "对数似然把模型给每个样本的密度取对数再相加。高斯太窄，给远处的点密度近 0，对数负得厉害；太宽，给谁都少。"
        "最大值有公式：点的均值，和偏差平方的均值。没有公式的话，就在负对数似然上下降，和这里别处一样。先凭眼睛拖"
        "，再和答案比。",
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
    more=Words(
        "ln of a Gaussian density is a quadratic in x with Σ⁻¹ in it. In the difference of two classes with the "
        "same Σ the quadratic part cancels, and w = Σ⁻¹(μ₁ − μ₂) remains, with a b that holds the means and the "
        "prior. So P(C₁ | x) is a sigmoid of a line: the same family as logistic regression, which then finds "
        "its own w by descent. Equal form does not mean equal answer: one maximises the probability of the "
        "points, the other that of their classes.",
        "高斯密度的对数是 x 的二次式，系数含 Σ⁻¹。两类 Σ 相同，相减时二次项消掉，剩下 w = Σ⁻¹(μ₁ − μ₂)，b 里有均"
        "值和先验。所以 P(C₁ | x) 是直线的 sigmoid：与逻辑回归同一族，后者用下降求自己的 w。形式相同不等于答案相"
        "同：一个最大化点的概率，一个最大化类的概率。",
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
    more=Words(
        "With Σ₁ ≠ Σ₂ the quadratic parts stay, so the boundary is where a quadratic is 0: an ellipse, a "
        "parabola or a hyperbola. A tight class inside a wide one is the plain case: far from the centre in any "
        "direction the wide class is likelier. The cost: in d dimensions each Σ has d(d + 1)/2 numbers, and each "
        "class must estimate its own from its own examples. Naive Bayes keeps only the diagonal, d numbers: "
        "fewer to learn, but ellipses that cannot be slanted.",
        "Σ₁ ≠ Σ₂ 时二次项留下，边界是二次式为 0 处：椭圆、抛物线或双曲线。紧的一类套在松的里面，是最明白的例子："
        "朝任何方向走远，都是松的那类更可能。代价：d 维时每个 Σ 有 d(d + 1)/2 个数，每类要用自己的样本估计自己的"
        "。朴素贝叶斯只留对角线，d 个数：要学的少，但椭圆不能倾斜。",
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
    more=Words(
        "Naive Bayes multiplies the features' probabilities within each class. In class 2 each feature is 1 in a "
        "third of the examples, so it expects both to be 1 in a ninth of them, although none is. Times the prior "
        "12/13 that is more than the 1/13 of class 1. The error is not in the counting but in the assumption "
        "that features are independent given the class; here they exclude each other. Give class 1 a second such "
        "example and compute again: 2/14 against 12/14 · 1/9.",
        "朴素贝叶斯在每个类里把特征的概率相乘。类别 2 中每个特征有三分之一为 1，于是它预期九分之一的样本两个都是 "
        "1，虽然一个也没有。乘以先验 12/13，就比类别 1 的 1/13 还大。错不在计数，而在“给定类别，特征相互独立”的假"
        "设；这里它们其实互相排斥。给类别 1 再加一个这样的样本，重算：2/14 对 12/14 · 1/9。",
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
    more=Words(
        "More examples make estimates more precise; they do not make a wrong model right. What it believes of "
        "(1, 1) in class 2 stays a ninth, but the prior of class 2 grows, so the only true example counts less "
        "and less. Variance falls with data, bias does not. Logistic regression on the same two features and a "
        "third, their product, would have no trouble: the remedy is another model. Vary the counts and look for "
        "a case in which naive Bayes is right: features that do not hang together.",
        "样本多使估计更精确，却不能使错误的模型变对。它对类别 2 中 (1, 1) 的信念仍是九分之一，但类别 2 的先验增大"
        "，唯一真实的样本分量越来越小。方差随数据减少，偏差不会。逻辑回归若在这两个特征之外再加上它们的乘积，就毫"
        "无困难：药方是换模型。改改计数，找一个朴素贝叶斯正确的情形：特征互不牵连。",
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
    more=Words(
        "Least squares: d/dw ½(y − f)² = −(y − f)x, as f = wx + b has the derivative x. Logistic: −(1/f)·f(1 − "
        "f)x for y = 1, and correspondingly for 0; both are −(y − f)x. That is no accident: a loss that is the "
        "negative log-likelihood fits its output so that the error itself is passed on. The steps differ all the "
        "same, because f differs: a line can be wrong by any amount, a sigmoid by 1 at most. Take a larger η and "
        "see which of the two breaks first.",
        "最小二乘：d/dw ½(y − f)² = −(y − f)x，因为 f = wx + b 的导数是 x。逻辑：y = 1 时是 −(1/f)·f(1 − f)x，y "
        "= 0 时类似；都是 −(y − f)x。这不是巧合：损失取负对数似然，就与输出配好，传下去的正是误差本身。步子还是不"
        "同，因为 f 不同：直线可以错得任意大，sigmoid 至多错 1。把 η 调大，看哪一个先坏。",
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
    more=Words(
        "Least squares wants f = 1 on one side and −1 on the other, and (f − 1)² punishes f = 5 as hard as f = "
        "−3, though 5 is right and −3 wrong. So points far out on their own side pull the line towards "
        "themselves, and it turns into the crowd. Logistic regression only asks f to be large on the right side: "
        "the more, the smaller the loss. Already one far point turns least squares visibly. Slide the number of "
        "far points from 0 on and watch the angle.",
        "最小二乘要一侧 f = 1、另一侧 f = −1，而 (f − 1)² 对 f = 5 和 f = −3 惩罚一样重，尽管 5 是对的、−3 是错的"
        "。于是远在自己一侧的点把直线拉向自己，它就转进了人群。逻辑回归只要求 f 在对的一侧大：越大损失越小。一个"
        "远点就能让最小二乘明显转动。从 0 开始增加远点的个数，看角度怎样变。",
    ),
    shows="boundaries",
    asks="measured~missed",
)
