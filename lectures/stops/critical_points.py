"""Critical points: where descent comes to rest, and whether it has arrived."""

from lectures.base import Stop
from records import Words

ALL_PLACES_WITHOUT_SLOPE = Stop(
    lesson="map_of_all_points",
    says=Words("Where the slope is zero: three valleys, and two passes", "坡度为零的地方：三个谷底，两个隘口"),
    notes=Words(
        "Training has stopped. Has it arrived? On this surface g = 0 at five places: three minima, two saddles. "
        "The level line through a pass crosses itself: two sides down, two sides up. Ask: how could somebody who "
        "stands there in fog tell which it is? By the curvature.",
        "训练停下来了。到了吗？这张曲面上 g = 0 有五处：三个极小，两个鞍点。穿过隘口的等高线与自身相交：两侧往下，"
        "两侧往上。问：站在雾里的人怎么分辨脚下是哪一种？看曲率。",
    ),
    more=Words(
        "A critical point is where all first derivatives are 0; what it is, the second derivatives say. They "
        "stand in the Hessian H: its eigenvalues are the curvatures along its eigenvectors. All positive: a "
        "minimum; all negative: a maximum; both signs: a saddle, lower than its surroundings one way and higher "
        "the other. On a surface that rises on all sides minima − saddles + maxima = 1, so three minima "
        "without a maximum need two saddles between them. Click one point after the other and read the signs.",
        "临界点是一阶导数全为 0 的地方；它是什么，要看二阶导数。它们排成 Hessian H：特征值就是沿各特征向量的曲率"
        "。全正是极小，全负是极大，有正有负是鞍点：一个方向比周围低，另一个方向比周围高。四面都上升的曲面上，极小"
        "数 − 鞍点数 + 极大数 = 1，没有极大时，三个极小就必有两个鞍点。逐个点一点，读一读符号。",
    ),
    minutes=2.5,
    asks="point",
)
A_PARABOLA_AT_A_SADDLE = Stop(
    lesson="parabola_on_the_surface",
    stage=2,
    says=Words(
        "Near a point every smooth surface is a parabola: up or down?", "光滑曲面在一点附近都是抛物面：向上还是向下？"
    ),
    notes=Words(
        "Taylor to second order: dashed lines are the parabola's, solid ones the surface's. Near the point they "
        "lie on each other. Here the parabola opens up one way and down the other, so its level lines are "
        "hyperbolas. The eigenvalues of H say which way, and their signs are the verdict.",
        "泰勒展开到二阶：虚线是抛物面的，实线是曲面的，近处两者重合。这里的抛物面一个方向向上、一个方向向下，所以等"
        "高线是双曲线。H 的特征值说明朝哪边，符号就是判决。",
    ),
    more=Words(
        "L(θ + v) ≈ L + g·v + ½ vᵀHv. At a critical point g = 0, so near it the Hessian alone decides what the "
        "surface looks like. In the axes of the eigenvectors that is ½(λ₁a² + λ₂b²): ellipses as level lines "
        "where the signs agree, hyperbolas where they differ. The error of the approximation grows with the "
        "third power of the distance, so at some distance the dashed and the solid lines part. Click on a slope "
        "and on a minimum of the map, and compare the shapes.",
        "L(θ + v) ≈ L + g·v + ½ vᵀHv。临界点处 g = 0，所以附近的样子只由 Hessian 决定。以特征向量为轴，就是 "
        "½(λ₁a² + λ₂b²)：符号相同，等高线是椭圆；符号不同，是双曲线。近似的误差按距离的三次方增长，所以走远了虚线"
        "和实线就分开。在地图上点一处斜坡，再点一个极小，比较形状。",
    ),
    asks="point",
)
THE_SMALLEST_NETWORK = Stop(
    lesson="smallest_network_with_a_saddle",
    says=Words("A saddle is no dead end: one eigenvector leads down", "鞍点不是死路：有一个特征向量通向下方"),
    notes=Words(
        "On the board: y = w₁w₂x, one example (1, 1), L = (1 − w₁w₂)². At the origin g = 0, H = [[0, −2], [−2, "
        "0]], eigenvalues −2 and 2. Ask for the way out: u = (1, 1)/√2. Push by 0.1: the loss falls by about 0.01, "
        "and all of them slide into the valley w₁w₂ = 1.",
        "黑板上写：y = w₁w₂x，一个样本 (1, 1)，L = (1 − w₁w₂)²。原点处 g = 0，H = [[0, −2], [−2, 0]]，特征值 −2 和 "
        "2。问：出路在哪？u = (1, 1)/√2。推 0.1，损失约降 0.01，然后大家都滑进谷线 w₁w₂ = 1。",
    ),
    more=Words(
        "Two weights in a row already make a saddle: at the origin each weight's derivative is multiplied by the "
        "other weight, and both are 0. The curvature along u is uᵀHu = λ, so a push by s changes the loss by "
        "about ½λs²; with λ = −2 and s = 0.1 that is −0.01. The valley w₁w₂ = 1 has infinitely many minima, for "
        "one weight can be doubled and the other halved. Push the other way, −u: the surface is symmetric, so "
        "the same happens in the opposite valley.",
        "两个权重首尾相接，就有了鞍点：原点处每个权重的导数都乘着另一个权重，而两者都是 0。沿 u 的曲率是 uᵀHu = λ"
        "，推 s 使损失变化约 ½λs²；λ = −2、s = 0.1 时是 −0.01。谷线 w₁w₂ = 1 上有无穷多个极小，因为一个权重加倍、"
        "另一个减半，网络不变。往反方向 −u 推：曲面对称，在对面的谷里发生同样的事。",
    ),
    minutes=3.0,
    asks="point",
)
ONE_MORE_COORDINATE = Stop(
    lesson="free_one_more_coordinate",
    stage=2,
    says=Words("A minimum in two dimensions is a saddle in three", "二维里的极小，到三维成了鞍点"),
    notes=Words(
        "Held at z = 0 the origin was a minimum, eigenvalues 1 and 1. Free z, and a third eigenvalue appears: "
        "−0.618. Nothing has moved; there is only one more way to go. Now think of a million coordinates: how "
        "likely is it that all of them lead up?",
        "固定 z = 0 时原点是极小，特征值 1 和 1。放开 z，多出一个特征值 −0.618。什么都没动，只是多了一条路。再想想"
        "一百万个坐标：全都朝上，能有多大可能？",
    ),
    more=Words(
        "The Hessian over more coordinates contains the smaller one as a block, and its lowest eigenvalue can "
        "only be lower or equal: uᵀHu is minimised over more directions. So freeing a coordinate can turn a "
        "minimum into a saddle, and never the other way round. With each coordinate there is one more chance of "
        "a way down; a network has millions. That is the reason to expect saddles where training stands still, "
        "not a proof that it always is one.",
        "坐标更多时，Hessian 以原来的为一块，最小特征值只会更低或相等：uᵀHu 是在更多的方向上取最小。所以放开一个"
        "坐标能把极小变成鞍点，反过来却不会。每多一个坐标，就多一次找到下坡的机会；网络有几百万个。这是“训练停住"
        "处多半是鞍点”的理由，并不证明总是如此。",
    ),
    asks="point",
)
FEWER_MINIMA = Stop(
    lesson="wider_and_fewer_minima",
    says=Words("The wider the network, the fewer critical points are minima", "网络越宽，临界点里极小越少"),
    notes=Words(
        "Each dot is a network walked to ‖g‖ = 0: up is the share of positive eigenvalues. At width 1 more than "
        "half are minima, at widths 4 and 8 none is. So if training stands still at a high loss, bet on a saddle. "
        "But be honest: how one looks for the points decides which ones one finds.",
        "每个点是一个走到 ‖g‖ = 0 的网络，纵轴是正特征值的比例。宽度 1 时一半以上是极小，宽度 4 和 8 时一个也没有。"
        "所以训练停在高损失处，先猜鞍点。但要老实说：怎么找，决定了找到哪些点。",
    ),
    more=Words(
        "Each network was trained for a while and then taken to a place where ‖g‖ is 0 to about ten digits; its "
        "height in the picture is the number of positive eigenvalues divided by the positive and negative ones. "
        "At 1 none is negative, and to second order no way down is left. The wider the network, the more must agree "
        "for that. Two cautions: the method goes to whatever critical point is near, so the dots are no "
        "fair sample, and the chosen widths are small. Follow eigenvectors instead, and the shares change.",
        "每个网络先训练一阵，再被带到 ‖g‖ 约为 0（十位左右）的地方；图中的高度是正特征值数除以正负特征值总数。到 "
        "1 就没有负的，到二阶为止不再有下坡。网络越宽，要同号的特征值就越多。两点保留：这种方法走向附近的临界点，所以这"
        "些点不是公平的抽样；所选的宽度也小。改用“沿特征向量”的方法，比例就不同了。",
    ),
    minutes=2.5,
    asks="compared~minima_by_width",
)
NO_SLOPE_NO_CURVATURE = Stop(
    lesson="inflection",
    says=Words("No slope, no curvature, and still no minimum", "没有坡度，没有曲率，也不是极小"),
    notes=Words(
        "x³ at 0: g = 0 and H = 0. Stop at step 12: momentum has just passed 0, gradient descent creeps. Ask: who "
        "has finished? Go on: after 70 steps gradient descent is at 0.19, as if done, and momentum at −1.8, "
        "falling. If an eigenvalue is 0, H does not know.",
        "x³ 在 0 处：g = 0，H = 0。停在第 12 步：动量刚过 0，梯度下降在慢慢爬。问：谁到了？继续：70 步后梯度下降在 "
        "0.19，好像已经结束；动量在 −1.8，还在往下掉。特征值为 0 时，H 说不清。",
    ),
    more=Words(
        "Near 0 the gradient of x³ is 3x², which shrinks with the square of the distance: for a small x a step "
        "is −3ηx², so gradient descent comes ever closer to 0 from the right and never passes it. Momentum "
        "brings speed along and rolls through. Second derivatives cannot warn of it, as H = 0 there, and the "
        "test by eigenvalues says only: undecided. The third derivative decides. Start on the other side of 0, "
        "and there is nothing that could stop anybody.",
        "在 0 附近 x³ 的梯度是 3x²，按距离的平方缩小：x 小时一步是 −3ηx²，所以梯度下降从右边越来越靠近 0，永远过"
        "不去。动量带着速度，滚了过去。二阶导数无法预警，因为那里 H = 0，特征值检验只能说“无法判定”，要看三阶导数"
        "。从 0 的另一侧出发，就没有什么能把人拦住了。",
    ),
    pauses=(12,),
    asks="lowest",
    exercise="diverges~gradient_descent~cubic",
)
NEWTON_CLIMBS = Stop(
    lesson="newton_likes_saddles",
    says=Words("Newton's method looks for zero slope, and finds a saddle", "牛顿法只求坡度为零，结果找到鞍点"),
    notes=Words(
        "Clever idea: jump to where the parabola is level. Watch the loss: 116 at the start, 186 after one step. "
        "It climbs, ‖g‖ falls from 99 to 0.0003, and it rests on a saddle with L = 178. With |H| in place of H the "
        "same step goes down to L = 0.",
        "好主意：跳到抛物面的平点。看损失：起点 116，一步之后 186。它在往上爬，‖g‖ 从 99 降到 0.0003，停在 L = 178 "
        "的鞍点上。把 H 换成 |H|，同样的步子就走到 L = 0。",
    ),
    more=Words(
        "Newton's step −H⁻¹g goes to the point where the parabola has no slope. Along an eigenvector with a "
        "negative eigenvalue that point lies uphill, so the method walks to saddles and maxima as readily as to "
        "minima. |H| has the same eigenvectors and the absolute values of the eigenvalues: the length of the "
        "step stays, its direction along negative curvature is turned round. With millions of weights neither H "
        "nor its inverse can be had, so both are for looking, not for training. Start in a valley, where all λ > "
        "0, and the two agree.",
        "牛顿步 −H⁻¹g 走到抛物面坡度为零的点。沿负特征值的特征向量，那一点在上坡方向，所以它走向鞍点和极大，跟走"
        "向极小一样痛快。|H| 的特征向量相同，特征值取绝对值：步长不变，沿负曲率的方向反过来。有几百万个权重时，H "
        "和它的逆都算不起，所以两者是用来看的，不是用来训练的。从谷里出发，那里 λ 全为正，两者就一致。",
    ),
    pauses=(1,),
    asks="ends~0",
    exercise="arrives~newton~himmelblau",
)
ON_THE_SADDLE = Stop(
    lesson="noise_leaves_a_saddle",
    says=Words("Exactly on a saddle every rule stands still for ever", "正好站在鞍点上，什么规则都永远不动"),
    notes=Words(
        "Gradient descent, momentum, Adam: all start at the origin, where g = 0. Play 300 steps: nothing. Ask: "
        "what is the smallest thing that would help? Let them say it: a push, in any direction.",
        "梯度下降、动量、Adam 都从原点出发，那里 g = 0。播放 300 步：一动不动。问：最小要加点什么才行？让他们说出来："
        "随便朝哪边推一下。",
    ),
    more=Words(
        "Every rule here multiplies, adds up or divides gradients; if all of them are 0, nothing is added up and "
        "nothing moves. The saddle is an equilibrium, though an unstable one: a deviation δ along the negative "
        "curvature grows by the factor 1 + η|λ| at every step of gradient descent. From exactly 0 it does not "
        "grow, from 10⁻¹⁵ it does, after some hundred steps. So in practice, where numbers are rounded and "
        "batches differ, nobody stays for ever, but one may stay long.",
        "这里的每个规则都是把梯度相乘、累加或相除；梯度全为 0，就没有什么可加，什么也不动。鞍点是平衡，但不稳定："
        "沿负曲率的偏差 δ，梯度下降每走一步就放大 1 + η|λ| 倍。恰好为 0 就不增长，只要有 10⁻¹⁵，过几百步就会离开"
        "。实际中有舍入、批次又各不相同，谁也不会永远留下，但可能停很久。",
    ),
    minutes=1.5,
    asks="happens~arrives~2",
    exercise="arrives~gradient_descent~toy_network",
)
NOISE_LEAVES = Stop(
    lesson="noise_leaves_a_saddle",
    stage=4,
    says=Words("A little noise is enough to leave a saddle", "一点点噪声就够离开鞍点"),
    notes=Words(
        "Four times gradient descent, with noise 0, 0.001, 0.01, 0.1. Ask first: a hundred times the noise, how "
        "much faster? Only 137, 113, 90 steps: the deviation grows by 1.1 a step, so ten times the noise saves 24 "
        "steps. And where does noise come from in practice? From batches.",
        "四次梯度下降，噪声 0、0.001、0.01、0.1。先问：噪声大一百倍，快多少？只是 137、113、90 步：偏离每步放大 "
        "1.1 倍，噪声大十倍只省 24 步。实际中噪声从哪来？从小批量来。",
    ),
    more=Words(
        "The deviation grows by a fixed factor a step, so the time to leave is ln(distance to go ÷ first push) "
        "divided by ln of the factor. Time is a logarithm of the noise: ten times the noise always saves the "
        "same number of steps, here about ln 10 / ln 1.1 = 24. So it hardly matters how large the noise is, only "
        "that there is any. Read off from the curves that they are the same curve, shifted sideways.",
        "偏差每步放大固定的倍数，所以离开的时间等于 ln(要走的距离 ÷ 最初的一推) 除以 ln(倍数)。时间是噪声的对数："
        "噪声每大十倍，省下的步数总是一样，这里约 ln 10 / ln 1.1 = 24。所以噪声多大几乎不要紧，要紧的是有。看看这"
        "几条曲线：是同一条，只是左右错开。",
    ),
    pauses=(90,),
    asks="steps~1",
)
MANY_ZEROS = Stop(
    lesson="rounding_decides_one_ratio",
    says=Words(
        "Count zeros as what they are: directions along which nothing changes", "零就按零来数：沿那些方向什么也不变"
    ),
    notes=Words(
        "Before you trust a ratio, ask what it counts. Without a penalty most critical points have eigenvalues "
        "that are 0, and rounding makes each a little positive or negative. So count positive ÷ (positive + "
        "negative). A penalty λΣw² adds 2λ to each, and the two ratios come together.",
        "先别相信比率，问它数的是什么。没有惩罚项时，多数临界点都有等于 0 的特征值，舍入让它们略正或略负。所以要数"
        "正 ÷（正 + 负）。惩罚项 λΣw² 给每个加上 2λ，两个比率就靠拢了。",
    ),
    more=Words(
        "A direction along which nothing changes has the eigenvalue 0: two neurons that do the same, a neuron "
        "that has died, a weight whose inputs are always 0. Computed numbers are never exactly 0, so one needs a "
        "threshold τ below which a value counts as 0; here it is a share of the largest |λ|. Dividing by all "
        "eigenvalues or only by those with a sign gives different pictures where many are 0. Move τ by a few "
        "powers of ten: verdicts that change with it were never safe.",
        "什么也不变的方向，特征值为 0：两个做同样事的神经元，一个死掉的神经元，一个输入总为 0 的权重。算出来的数"
        "从不恰好是 0，所以要有阈值 τ，低于它就算 0；这里取最大 |λ| 的一个比例。0 很多时，除以全部特征值与只除以"
        "有符号的，画出来就不同。把 τ 移动几个数量级：会跟着变的判断，本来就不可靠。",
    ),
    asks="measured~zeros",
)
