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
        "rules walk from a bad line, L = 69, to the best one, L = 5.55. Then look at the line: w = 0.8, b = 1.0, "
        "although 36 of the 41 lie around y = 2 + 2x. Ask: who has pulled it down? Five outliers, and the square.",
        "指着地图：横轴是 w，纵轴是 b，颜色是这条直线在 41 个样本上错得多厉害。播放：两个规则从很差的直线（L = 69）"
        "走到最好的（L = 5.55）。再看直线：w = 0.8，b = 1.0，可 41 个样本里有 36 个落在 y = 2 + 2x 附近。问：是谁把"
        "它拉下去的？五个离群点，还有平方。",
    ),
    minutes=2.5,
    pauses=(10,),
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
        "third curve measures it: more than 89° halfway along every step. Then point at the minimum: the arrow "
        "does not point there. Steepest is not shortest, and that will cost us an hour.",
        "到了二维，坡度是一个箭头。它指向哪里？正好垂直穿过等高线，第三条曲线量给你看：每一步走到一半时夹角都大于 "
        "89°。再指一指最低点：箭头并不指向那里。最陡不是最近，接下来一个小时都在对付这件事。",
    ),
    pauses=(20,),
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
)
