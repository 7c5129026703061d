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
    shows="memory",
    asks="measured~kept",
)
