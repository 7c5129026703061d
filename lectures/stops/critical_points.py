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
    pauses=(12,),
    asks="lowest",
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
    pauses=(1,),
    asks="ends~0",
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
    minutes=1.5,
    asks="happens~arrives~2",
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
    asks="measured~zeros",
)
