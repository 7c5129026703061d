"""Gradients: checked, derived, and lost on the way back."""

from lectures.base import Stop
from records import Words

THE_GRADIENT_VANISHES = Stop(
    lesson="gradient_vanishes_with_depth",
    says=Words(
        "Each sigmoid layer takes more than three quarters of the gradient", "每过一层 sigmoid，梯度少掉四分之三以上"
    ),
    notes=Words(
        "σ′ is at most ¼. Ask: after 30 layers? ¼³⁰ is 10⁻¹⁸; measured here, less than 10⁻¹⁶ of the last layer's "
        "gradient reaches the first. Then point at the other lines: batch normalisation and residual connections "
        "bring it through, plain tanh does too.",
        "σ′ 至多 ¼。问：30 层之后呢？¼³⁰ 是 10⁻¹⁸；这里量到的，传到第一层的不到最后一层的 10⁻¹⁶。再指其他几条线：批"
        "归一化和残差连接能让它通过，普通 tanh 也行。",
    ),
    more=Words(
        "Going back one layer multiplies the error by the weights and by σ′. For the sigmoid σ′ ≤ ¼, and "
        "Xavier's weights keep the length of a vector about the same, so each layer keeps a quarter at most. A "
        "product of many factors below 1 falls exponentially with their number, and above 1 it would explode; "
        "only near 1 does depth cost nothing. Each remedy works on the factor: tanh has slope 1 at 0, a "
        "normalisation rescales, a bypass adds 1. Choose another depth, and the share per layer stays about the "
        "same.",
        "往回走一层，误差就乘以权重和 σ′。sigmoid 的 σ′ ≤ ¼，而 Xavier 权重大致保持向量的长度，所以每层至多留下四"
        "分之一。许多小于 1 的因子相乘，随层数指数下降；大于 1 就会爆炸；只有接近 1，深度才没有代价。每种对策都是"
        "在改这个因子：tanh 在 0 处斜率为 1，归一化重新缩放，旁路加上 1。换个深度，每层的比例大致不变。",
    ),
    asks="measured~lost_powers",
)
CHECK_IT = Stop(
    lesson="check_a_gradient_by_hand",
    says=Words(
        "Check a gradient by differences, with a step neither large nor tiny", "用差分检验梯度：步长不大也不太小"
    ),
    notes=Words(
        "(L(θ + h) − L(θ − h))/2h beside automatic differentiation. Ask: what is the best h? Not the smallest: a "
        "large h cuts the Taylor series off, a small one divides rounding by h. In between eight digits agree. "
        "Whoever writes a backward pass by hand does this first.",
        "把 (L(θ + h) − L(θ − h))/2h 和自动微分并排放。问：h 取多少最好？不是越小越好：h 大，泰勒级数被截断；h 小，"
        "舍入误差被放大。居中时八位以上一致。谁手写反向传播，先做这一步。",
    ),
    more=Words(
        "The central difference has two errors. Taylor's next term leaves h²·L‴/6, which falls when h shrinks; "
        "rounding leaves about ε·|L|/h, which grows. Their sum is least near h ≈ ε to the power 1/3: about 10⁻⁵ "
        "in 64 bits, 10⁻² to 10⁻³ in 32. So on logarithmic axes the picture is a V with slopes 2 and −1. The "
        "one-sided difference (L(θ + h) − L(θ))/h has an error in h¹ and gets only about half of the digits. "
        "Check after training, too: there the gradient is small, and relative errors are harsher.",
        "中心差分有两种误差。泰勒展开的下一项留下 h²·L‴/6，h 小它就小；舍入留下约 ε·|L|/h，h 小它就大。两者之和在"
        " h ≈ ε 的 1/3 次方附近最小：64 位约 10⁻⁵，32 位约 10⁻² 到 10⁻³。所以对数坐标上是一个斜率为 2 和 −1 的 V "
        "形。单侧差分 (L(θ + h) − L(θ))/h 的误差与 h 成正比，只有大约一半的位数。训练之后也查一查：那时梯度小，相"
        "对误差更苛刻。",
    ),
    shows="check_errors",
    asks="measured~best_distance",
)
RIGHT_PULLS_LITTLE = Stop(
    lesson="softmax_minus_one_hot",
    says=Words("∂L/∂z is softmax minus one-hot, and nothing more", "∂L/∂z 就是 softmax 减 one-hot，仅此而已"),
    notes=Words(
        "On the board: L = −ln softmax(z)ₖ, derive once. For logits (2, 0.5, −1) softmax says 0.786, 0.175, 0.039. "
        "The first class is right, so subtract 1 there: −0.214, 0.175, 0.039. The three sum to 0: what one logit "
        "gains, the others lose.",
        "黑板上：L = −ln softmax(z)ₖ，求一次导。logit 为 (2, 0.5, −1) 时 softmax 是 0.786、0.175、0.039。第一类是对"
        "的，就在那里减 1：−0.214、0.175、0.039。三个加起来是 0：一个涨，别的就降。",
    ),
    more=Words(
        "L = −zₖ + ln Σ exp(zᵢ) for the right class k. The derivative of the second part by zᵢ is softmax(z)ᵢ, "
        "that of the first is −1 for i = k only: hence softmax minus one-hot. So each logit is pulled by exactly "
        "the error of its probability, and nothing more is pulled once the answer is sure and right. That the "
        "entries add up to 0 says that adding a constant to all logits changes nothing. Make the right logit "
        "larger in the panel: its bar shrinks towards 0.",
        "正确类为 k 时，L = −zₖ + ln Σ exp(zᵢ)。第二项对 zᵢ 的导数是 softmax(z)ᵢ，第一项只在 i = k 时是 −1：所以"
        "就是 softmax 减 one-hot。每个 logit 受到的拉力，恰好是它的概率误差；答得又对又有把握时，就不再拉了。各项"
        "加起来为 0，说明给所有 logit 加同一个数什么也不变。在面板里把正确的 logit 调大：它的条形缩向 0。",
    ),
    shows="softmax_bars",
    asks="measured~right_logit",
)
WRONG_PULLS_HARD = Stop(
    lesson="softmax_minus_one_hot",
    stage=1,
    says=Words("The surer the wrong answer, the stronger the pull, up to 1", "错得越笃定，拉力越大，最大到 1"),
    notes=Words(
        "The same logits, but now the third class is right: 0.786, 0.175, −0.961. Ask how large the pull can get: "
        "never above 1 for a logit. Compare with squared error, where the surest wrong answer had no pull at all.",
        "logit 不变，但对的是第三类：0.786、0.175、−0.961。问：拉力最大能到多少？每个 logit 不会超过 1。对比平方误"
        "差：错得最笃定的地方反而没有拉力。",
    ),
    more=Words(
        "If the wrong class has nearly all the probability, its entry is nearly 1 and that of the right class "
        "nearly −1: the loss is steep exactly where the answer is worst. Yet it is never steeper, so a single "
        "mislabelled example cannot pull without bound; its loss grows only linearly with the logit. Squared "
        "error multiplies this by the slope of softmax itself, which is 0 at both ends. That factor is what the "
        "logarithm of cross-entropy cancels.",
        "如果错误的类占了几乎全部概率，它那一项接近 1，正确类的接近 −1：答案最糟的地方，恰好最陡。但也不会更陡，"
        "所以一个标错的样本不可能无限地拉；它的损失只随 logit 线性增长。平方误差还要乘上 softmax 自己的斜率，而它"
        "在两端都是 0。交叉熵里的对数约掉的，正是这个因子。",
    ),
    minutes=1.5,
    shows="softmax_bars",
    asks="measured~right_logit",
)
IN_MATRICES = Stop(
    lesson="backpropagation_in_matrices",
    says=Words("A whole batch at once: ∇ = Xᵀ(S − I)/m", "整批一次算完：∇ = Xᵀ(S − I)/m"),
    notes=Words(
        "Do not derive with matrices; make the shapes fit. Xᵀ is 5 × 6, S − I is 6 × 3, so the product is 5 × 3: "
        "one number for each weight. Ask for the shapes with twelve examples: 5 × 12 and 12 × 3, and the product "
        "is 5 × 3 again. It equals automatic differentiation, to rounding.",
        "不必对矩阵求导，把形状对上就行。Xᵀ 是 5 × 6，S − I 是 6 × 3，乘积 5 × 3：每个权重一个数。问：十二个样本时"
        "形状怎样？5 × 12 和 12 × 3，乘积还是 5 × 3。它与自动微分只差舍入。",
    ),
    more=Words(
        "For one example the gradient by the weights is the outer product of its features and its error: xᵢ·(Sₖ "
        "− Iₖ) for every pair. Xᵀ(S − I) sums these products over the batch, in one matrix product, and division "
        "by m makes the mean. Every layer of a network has this form: what came in, transposed, times the error "
        "that came back. That is why training is made of matrix products, and why hardware for them matters. "
        "Change the number of rows: the shape of the gradient stays, for it is that of the weights.",
        "对一个样本，权重的梯度是特征与误差的外积：每一对都是 xᵢ·(Sₖ − Iₖ)。Xᵀ(S − I) 用一次矩阵乘法把整批的外积"
        "加起来，除以 m 就是平均。网络的每一层都是这个形式：进来的转置，乘以传回来的误差。所以训练就是一堆矩阵乘"
        "法，为此做的硬件才那么要紧。改一改行数：梯度的形状不变，因为它就是权重的形状。",
    ),
    shows="factors product",
    asks="measured~entries",
)
HE_FOR_RELU = Stop(
    lesson="gradient_vanishes_with_depth",
    stage=2,
    says=Words("First weights decide how much of the gradient comes through", "初始权重决定梯度能传过多少"),
    notes=Words(
        "The same 30 layers, He's first weights. ReLU now passes on almost a tenth of the gradient, instead of a "
        "millionth. Ask whether it saves the sigmoids: no, still less than 10⁻¹⁵. An initialisation is made for "
        "one activation.",
        "同样 30 层，用 He 初始化。ReLU 现在传过将近十分之一，而不是百万分之一。问：能救 sigmoid 吗？不能，仍不到 "
        "10⁻¹⁵。一种初始化是为一种激活函数设计的。",
    ),
    more=Words(
        "A layer of n inputs with weights of variance v multiplies the mean square of the error by about n·v "
        "times the mean of σ′². For ReLU σ′² is 1 for half of the neurons, so v = 2/n keeps it constant: that is "
        "He's choice. For tanh near 0 the factor is 1, hence Xavier's 1/n; for the sigmoid it is at most 1/16, "
        "and no sensible v makes up for that, because larger weights drive it into its flat ends. So first "
        "weights repair what is lost on average, not what is lost at the ends.",
        "一层 n 个输入、权重方差为 v，误差的均方约乘以 n·v 再乘 σ′² 的平均。ReLU 有一半神经元 σ′² = 1，取 v = "
        "2/n 就保持不变，这正是 He 的选择。tanh 在 0 附近系数是 1，所以 Xavier 取 1/n；sigmoid 至多 1/16，没有合"
        "适的 v 能补回来，权重一大就被推到平的两端。所以初始权重补的是平均的损失，补不了两端的损失。",
    ),
    asks="compared~reach_by_activation",
)
MEMORY_FOR_THE_WAY_BACK = Stop(
    lesson="going_back_needs_memory",
    says=Words(
        "Going back needs what was computed going forth: keep it, or redo it", "反向要用前向的值：要么存着，要么重算"
    ),
    notes=Words(
        "64 layers, 250 examples: backpropagation keeps 24.7 MB, and that grows with the depth. Ask how to live "
        "with 4.4 MB: keep only what every eighth layer is given, and compute the rest again, one product more for "
        "every three. Training needs memory where using the network does not.",
        "64 层、250 个样本：反向传播要存 24.7 MB，随层数增长。问：只有 4.4 MB 怎么办？每 8 层只存一次输入，其余重算，"
        "每三次乘法多做一次。训练费内存，使用时并不费。",
    ),
    more=Words(
        "The derivative of tanh(Wh) needs tanh of that layer, and the derivative by W needs h: both are numbers "
        "from the way forth, for every example. Keeping all of them costs memory in proportion to depth × width "
        "× batch. Keeping only what enters each stretch of √d layers, and computing a stretch again when its "
        "turn comes, costs about 2√d instead of d, for one more pass forth. Forward use needs only the layer at "
        "hand, so a network that runs on a phone may not be trainable there. Take 16 layers and compare the "
        "factor: √16 is only 4.",
        "tanh(Wh) 的导数要用这一层的 tanh 值，对 W 的导数要用 h：都是前向时的数，每个样本一份。全部保留，内存与 "
        "深度 × 宽度 × 批大小 成正比。只保留每段 √d 层的输入，轮到哪一段再重算，就只要约 2√d 而不是 d，代价是多做"
        "一次前向。只用不训练时，手里有当前一层就够，所以手机上跑得动的网络未必训练得了。取 16 层比较一下倍数："
        "√16 只有 4。",
    ),
    shows="memory",
    asks="measured~kept",
)
