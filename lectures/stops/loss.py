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
    more=Words(
        "A line y = wx + b is two numbers, so all lines together are a plane, and each has one loss: that makes "
        "a surface. Level lines join the lines that are equally wrong. Here they are ellipses, because the "
        "squared error is quadratic in w and b whatever the examples are. At the bottom the errors balance: "
        "their sum is 0, and so is their sum weighted by x. Drag the start somewhere else: a bowl of squares has "
        "one minimum, so the way differs and, with steps enough, the end does not.",
        "直线 y = wx + b 就是两个数，所以全部直线合起来是一张平面，每条直线有一个损失，于是成了曲面。等高线把错得"
        "一样多的直线连在一起。这里它们是椭圆：不管样本如何，平方误差对 w 和 b 都是二次的。谷底处误差互相平衡：误"
        "差之和为 0，乘上 x 再求和也为 0。把起点拖到别处试试：平方误差的碗只有一个最低点，路不同，步数够的话终点"
        "相同。",
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
    more=Words(
        "The loss of one error e is quadratic up to a threshold δ and straight beyond it. Its slope is therefore "
        "proportional to e near the line and constant far away: an example can pull with δ at most, however far "
        "off it lies. The price shows on the map: far from the minimum the surface is a cone rather than a bowl, "
        "so the gradient no longer grows with the distance. Choose the absolute error in the panel: its slope is "
        "±1 everywhere, so a fixed η never settles, it goes back and forth around the bottom.",
        "单个误差 e 的损失在阈值 δ 以内是二次的，以外是直线。所以斜率在直线附近与 e 成正比，远处则不变：样本再远"
        "，拉力也不超过 δ。代价在图上看得到：远离最低点时，曲面像圆锥而不像碗，梯度不再随距离增大。在面板里换成绝"
        "对误差：它的斜率处处是 ±1，固定的 η 永远停不下来，只会绕着谷底转。",
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
    more=Words(
        "With g values of each of d weights a grid has g to the power d points: every further weight multiplies "
        "the work by g. A step of descent needs one gradient, and all d derivatives together cost only a few "
        "times as much as the loss itself, whatever d is; backpropagation is the way to get them. So the two "
        "curves part company: one grows exponentially, the other hardly at all. Change the number of values and "
        "see how little it helps: the grid becomes cheaper, but also coarser.",
        "d 个权重各取 g 个值，网格就有 g 的 d 次方个点：每多一个权重，工作量就乘以 g。下降一步只要一个梯度，而 d "
        "个导数合在一起，不管 d 多大，也只比算一次损失贵几倍；反向传播就是这样算的。于是两条曲线分道扬镳：一条按"
        "指数增长，另一条几乎不动。改一改取值个数，看看帮助多小：网格便宜了，但也更粗了。",
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
    more=Words(
        "x ← x − η·L′(x): the minus leads down, the slope says how steep it is, and η turns steepness into "
        "length. Close to a minimum the slope is about L″ times the distance, so a step leaves the share |1 − "
        "ηL″| of it: the steps shrink by themselves. That share is below 1 only for η < 2/L″, which is the limit "
        "of every fixed rate. Raise η in the panel: first the path jumps over the minimum and still settles, "
        "then it does not settle any more.",
        "x ← x − η·L′(x)：负号指向下坡，斜率说有多陡，η 把陡变成步长。最低点附近，斜率大约是 L″ 乘以距离，一步之"
        "后剩下距离的 |1 − ηL″| 倍：步子自己会变小。只有 η < 2/L″ 时这个比例才小于 1，这就是固定学习率的极限。在"
        "面板里调大 η：先是跳过最低点但仍能停下，再大就停不下来了。",
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
    more=Words(
        "All starts that lead to one minimum are its basin of attraction. With small steps the border between "
        "two basins runs through the top of the bump, where the slope is 0 and the curvature negative: a point "
        "that repels. Descent compares nothing; it sees one slope at a time, so it cannot know that the other "
        "valley is lower. Move the start slowly across x = 0.1 and watch the end jump; then do it with a larger "
        "η, and the border is no longer so simple.",
        "所有通向同一个极小点的起点，合起来叫它的吸引盆。步子小时，两个盆的边界就在小丘顶上：那里斜率为 0、曲率为"
        "负，是个排斥点。下降从不比较，一次只看一个斜率，所以无从知道另一个谷更低。把起点慢慢移过 x = 0.1，看终点"
        "怎样一下子跳到另一边；再用更大的 η 试试，边界就没那么简单了。",
    ),
    pauses=(25,),
    exercise="arrives~gradient_descent~tilted_double_well",
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
    more=Words(
        "Along a level line the loss does not change, so ∇L·t = 0 for its direction t: the gradient is at right "
        "angles to it, and the closer the lines lie, the longer it is. In a long valley it therefore points at "
        "the opposite wall, hardly along the floor. The angle is exact at the point itself; a finite step goes "
        "on straight while the level lines bend away below it. Raise η and look at the curve of the angle: the "
        "larger the steps, the farther from 90°.",
        "沿等高线损失不变，所以对它的方向 t 有 ∇L·t = 0：梯度与它垂直，等高线越密，梯度越长。因此在狭长的山谷里，"
        "梯度指向对面的谷壁，几乎不沿谷底。直角只在那一点上精确成立；有限的一步是直着走的，而等高线在脚下拐弯。把"
        " η 调大，看夹角的曲线：步子越大，离 90° 越远。",
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
    more=Words(
        "The middle of the step is where b + wx = 0, at x = −b/w; there the slope is cw/4, because σ′(0) = ¼. "
        "Away from it σ′(z) falls about like e to the power −|z|: never 0, but soon too small for any step to "
        "feel. So the error may be large and the gradient tiny at the same time, which is the first of many "
        "plateaus. Change w, b and c one at a time, and say beforehand whether steepness, place or height will "
        "change.",
        "台阶的中点在 b + wx = 0 处，即 x = −b/w；那里的斜率是 cw/4，因为 σ′(0) = ¼。离开中点，σ′(z) 大约按 e 的 "
        "−|z| 次方下降：永远不为 0，但很快小到一步也感觉不到。于是误差可以很大而梯度很小，这是我们遇到的第一个平"
        "台。一次只改 w、b、c 中的一个，先说出会变的是陡度、位置还是高度。",
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
    more=Words(
        "The answer is Σ cᵢ·h(wᵢx + bᵢ) + b, and h is flat, then straight, then flat: each neuron bends the "
        "curve in two places, at its own distance from them. Between the bends everything is straight, so n such "
        "pieces give at most 2n + 1 straight parts. All ten numbers are moved at the same time, each by its own "
        "derivative of the one loss. Take a neuron away in the panel and train again: which part of the curve is "
        "given up?",
        "答案是 Σ cᵢ·h(wᵢx + bᵢ) + b，而 h 先平、再直、再平：每个神经元让曲线在两处拐弯。拐点之间都是直的，所以 "
        "n 个这样的单元最多给出 2n + 1 段直线。十个数同时移动，各按同一个损失对自己的导数。在面板里去掉一个神经元"
        "再训练：曲线的哪一段被放弃了？",
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
    more=Words(
        "The curve is the loss at (1 − α)θ₁ + αθ₂: weights are averaged, not answers. Exchange two neurons of a "
        "layer and the network computes the same at another place θ, so two good solutions may be the same "
        "function in another order, and their mean is a mixture of neurons that do not belong together. "
        "Averaging the answers is another matter: with a convex loss that is never worse than the mean of both "
        "losses. So a straight line says something about the surface, not about the two functions.",
        "这条曲线是 (1 − α)θ₁ + αθ₂ 处的损失：平均的是权重，不是答案。把一层里的两个神经元对调，网络算的东西不变"
        "，θ 却换了地方；所以两个好解可能是同一个函数、只是次序不同，平均起来就把不相干的神经元搅在一起。平均答案"
        "是另一回事：损失为凸函数时，它不会比两个损失的平均更差。可见直线说明的是曲面，不是两个函数。",
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
    more=Words(
        "The model is y(t + 1) = w·y(t) + b, found by least squares, so it is already the best that two numbers "
        "can do; training longer would change nothing. Yesterday tells how the channel is doing in general. "
        "Whether tomorrow is a Saturday is not in that number, and what is not in the input cannot be in the "
        "answer. Look at the days on which the two curves are farthest apart, and count the days between them.",
        "模型是 y(t + 1) = w·y(t) + b，由最小二乘求出，已经是两个数所能做到的最好，再训练也不会变。昨天的值说明这"
        "个频道的大致水平；明天是不是周六，这个数里没有，输入里没有的，答案里也不会有。看看两条曲线相差最大的是哪"
        "些天，再数数它们隔几天。",
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
    more=Words(
        "Now y(t + 1) = Σ wᵢ y(t − i) + b: still a line, in 28 features that are nothing but earlier days. From "
        "a week on the window holds the same day of last week, so the rhythm can be copied; with several weeks "
        "its noise is averaged. On the same days the training error cannot rise when a weight is added, because "
        "the larger model contains the smaller one. Whether the error on other days falls too has to be "
        "measured: slide the window and watch both numbers.",
        "现在 y(t + 1) = Σ wᵢ y(t − i) + b：仍是线性的，只是有 28 个特征，都是以前的日子。窗口达到一周，就含有上"
        "周的同一天，节奏可以照抄；几周则把它的噪声平均掉。在同样的日子上，加一个权重训练误差不会上升，因为大模型"
        "包含小模型。其余日子的误差是否也降，只能去量：滑动窗口，看这两个数。",
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
    more=Words(
        "Each further day is one more weight, and each weight can also fit a little noise. The gap between the "
        "two errors is what was fitted to noise, and it grows with the number of weights in proportion to the "
        "number of days. The training curve alone would choose the longest window; only the curve of the other "
        "days has a minimum. Give it more days in the panel: the same weights are then held by more evidence, "
        "and the gap gets smaller.",
        "每多一天就多一个权重，每个权重也能拟合一点噪声。两个误差之差就是拟合进去的噪声，它随权重数相对于天数的比"
        "例增大。只看训练曲线会选最长的窗口，只有其余日子的曲线才有最低点。在面板里给它更多的天数：同样的权重有了"
        "更多证据，差距就变小。",
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
    more=Words(
        "Least squares puts the one line between the three groups, so it is wrong about each of them in the same "
        "direction every time. Training and test error are about equally large: that is how a model looks that "
        "is too small, while one that has learned by heart is good on the training examples only. More steps or "
        "another rule cannot help, for the best line has been found exactly. What is missing is the information "
        "which kind an example is.",
        "最小二乘把唯一的直线放在三组之间，于是对每一组都总是朝同一个方向错。训练误差和测试误差差不多一样大：模型"
        "太小就是这个样子；背下来的模型则只在训练样本上好。多走几步、换个规则都没用，因为最好的直线已经精确求出。"
        "缺的是一条信息：这个样本属于哪一种。",
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
    more=Words(
        "δₖ is 1 for kind k and 0 otherwise, so δₖ and δₖx are just two more columns of numbers. The answer is a "
        "sum of weights times columns; therefore its squared error is still a bowl with one bottom, and no "
        "descent is even needed. As exactly one δₖ is 1 for every example, the six weights come apart into three "
        "separate lines. The price: each line learns from its own third of the examples only.",
        "δₖ 对第 k 种取 1，否则取 0，所以 δₖ 和 δₖx 只是多出来的两列数。答案是权重乘以各列再相加，因此平方误差仍"
        "是只有一个底的碗，连下降都不必。每个样本恰好只有一个 δₖ 为 1，六个权重就分成互不相干的三条直线。代价：每"
        "条直线只从自己那三分之一的样本学习。",
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
    more=Words(
        "Both losses fall together while the network learns what the examples have in common. Afterwards the "
        "training loss can only fall by fitting what is peculiar to each of them, and that is wrong about "
        "others. The lowest point of the dotted line is where one would have liked to stop. But choosing it by "
        "the test would use the test up: a number that was chosen to be small says little about new patients. "
        "For that one keeps a third part of the data, for validation.",
        "网络学到样本的共同之处时，两种损失一起下降。此后训练损失只能靠迎合每个样本的特殊之处来下降，而这对别的样"
        "本是错的。点线的最低处，正是本该停下的地方。但用测试来选它，就把测试用掉了：一个被挑出来的小数字，对新病"
        "人说明不了什么。为此要留出第三份数据，用来验证。",
    ),
    pauses=(128,),
    shows="train",
    asks="turns~0",
    exercise="generalises~any~diabetes",
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
    more=Words(
        "L + λΣw²: the gradient gets the additional term 2λw, which pulls every weight towards 0 with a strength "
        "proportional to itself. Only weights that the examples really hold up stay large, and since steep "
        "answers need large weights, the function gets smoother. In the Hessian the penalty adds 2λ to the "
        "eigenvalues along these weights: flat directions get a slope of their own. Change λ tenfold both ways "
        "and watch how the two losses trade places.",
        "L + λΣw²：梯度多了一项 2λw，把每个权重拉向 0，力度与它自己成正比。只有样本真正撑住的权重才保持大；陡峭的"
        "答案需要大权重，所以函数变得平滑。在 Hessian 里，惩罚给沿这些权重的特征值加上 2λ：原本平坦的方向也有了弯"
        "曲。把 λ 往两边各改十倍，看两种损失怎样此消彼长。",
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
    more=Words(
        "Every dot is one training, the line goes through the medians of the seeds. To the left the penalty is "
        "too weak to matter: the network follows the noise of its examples, each seed in its own way. To the "
        "right it is so strong that the weights end at 0 and the answer is one half for everybody, whose "
        "cross-entropy is ln 2. In between lies the best compromise, and nobody can read it off the training "
        "loss, which only rises with λ. That is why λ is chosen with examples that are not trained on.",
        "每个点是一次训练，线穿过各种子的中位数。左边惩罚太弱：网络跟着样本的噪声走，每个种子各走各的。右边太强："
        "权重都到 0，对谁都回答一半，交叉熵就是 ln 2。最好的折中在中间，而从训练损失上读不出来，它只会随 λ 上升。"
        "所以 λ 要用没有参加训练的样本来选。",
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
    more=Words(
        "A hard sigmoid is straight for |wx + b| < 2. With small first weights and all biases 0 every example "
        "lies in the straight part of every neuron, so the whole network is one line, and so is every small "
        "change of it: no derivative says that bending would pay. Descent finds the best line and rests there, "
        "although a hundred pieces are at hand. First weights must not only have the right size, they must put "
        "the neurons at different places. Choose another initialisation in the panel and compare.",
        "hard sigmoid 在 |wx + b| < 2 时是直的。初始权重小、偏置全为 0，每个样本都落在每个神经元的直线段上，整"
        "个网络就是一条直线，微小的变化也还是直线：没有一个导数说“拐弯有好处”。下降找到最佳直线就停住，尽管手里有"
        "一百个单元。初始权重不仅大小要合适，还要把神经元放在不同的位置。在面板里换一种初始化比较一下。",
    ),
    pauses=(75,),
    shows="fit train",
    asks="measured~last_loss",
    exercise="learns~any~piecewise_linear",
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
    more=Words(
        "c·h(wx + b) plus a constant: four numbers, two levels and a slope between them. It is the smallest "
        "model that is no line, and already its surface is no bowl: w and c multiply each other, so the loss is "
        "not quadratic in θ. Changing the sign of both w and b and of c (with the constant moved by c) gives the "
        "same curve again, so there are several equally good minima. Add a second piece in the panel and watch "
        "where it settles.",
        "c·h(wx + b) 加一个常数：四个数，两个平台和中间的斜坡。这是最小的、不是直线的模型，而它的曲面已经不是碗："
        "w 与 c 相乘，损失对 θ 不再是二次的。把 w、b 和 c 的符号都反过来（常数随之移动 c），得到的还是同一条曲线"
        "，所以一样好的极小不止一个。在面板里加第二个单元，看它停在哪里。",
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
    more=Words(
        "Inside its slope the neuron passes the error on with the factor 0.2, outside with 0: there an example "
        "does not teach it anything. The smooth sigmoid passes on at most ¼ in the middle and a little "
        "everywhere, which is the same trade in softer form. Scaling the slope by a factor and the weights and "
        "bias before it by the inverse changes no function at all, so the choice of 1/5 is a habit, not a law. "
        "Switch the activation in the panel and look at the bends: sharp corners against rounded ones.",
        "在斜坡上，神经元以 0.2 的系数把误差传下去，斜坡之外是 0：那里的样本教不了它什么。光滑的 sigmoid 在中间至"
        "多传 ¼，处处都传一点，是同一件事的柔和版本。把坡度乘一个数、前面的权重和偏置除以它，函数完全不变，所以 "
        "1/5 是习惯，不是定律。在面板里换激活函数，看看拐弯：尖角对圆角。",
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
    more=Words(
        "W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂): one matrix and one bias again, and so on for any depth. The "
        "set of functions is the same, but the surface is not: the loss is now a polynomial in products of "
        "weights, with saddles and plateaus that the single layer's bowl does not have. So depth without an "
        "activation makes training harder and gains nothing. Watch how long the deep one stays on its plateau "
        "before it falls to the same end.",
        "W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂)：又是一个矩阵加一个偏置，多少层都一样。函数的集合没有变，曲面"
        "却变了：损失成了权重乘积的多项式，有了单层的碗所没有的鞍点和平台。没有激活函数的深度只让训练更难，什么也"
        "没得到。看看深的那个在平台上停多久，才落到同一个终点。",
    ),
    minutes=1.5,
    pauses=(8,),
    shows="fit train",
    asks="measured~last_loss",
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
    more=Words(
        "tanh is nearly the line z for small z and flat for large z. So the network begins almost linear, and it "
        "bends only as far as its weights grow: descent adds the curvature by and by. With a nonlinearity that "
        "is no polynomial even one hidden layer, if it is wide enough, comes as near to any continuous function "
        "on an interval as one likes. That is a promise about what exists, not about what training finds. Try "
        "ReLU in the panel: the curve is then made of straight pieces.",
        "tanh 在 z 小时几乎就是直线 z，z 大时是平的。所以网络一开始几乎是线性的，权重长大多少才弯多少：下降一点一"
        "点地加入弯曲。只要激活函数不是多项式，一个足够宽的隐藏层就能任意接近区间上的任何连续函数。这说的是“存在”"
        "，不是“训练能找到”。在面板里试试 ReLU：曲线就由直线段拼成。",
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
    more=Words(
        "Parity changes whenever a single bit changes, so neighbouring inputs always have different answers: 256 "
        "corners of a cube in two colours, alternating along every edge. One layer has to cut that into many "
        "slices at once. Several layers can do it in stages: the parity of a few bits, then that of the results, "
        "each stage with few neurons. The shapes here have about as many parameters; look at how far the dots of "
        "one shape spread, for a median hides that some seeds got everything right.",
        "奇偶性随任何一位的改变而改变，相邻的输入答案总不相同：立方体的 256 个角两种颜色，沿每条棱交替。一层必须"
        "一次切成许多片。多层可以分阶段做：先算几位的奇偶，再算结果的奇偶，每个阶段只要几个神经元。这里各种形状的"
        "参数差不多一样多；看看同一形状的点散得多开，中位数会掩盖“有的种子全对”。",
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
    more=Words(
        "Whether a network can compute something and whether descent gets there are two questions, and only the "
        "second has a gradient. Through many plain layers the signal of the error is multiplied by one matrix "
        "after the other; with three neurons a layer it easily gets lost or mixed up. A bypass adds the identity "
        "to each layer, h + f(h), so that something always comes through unchanged. Compare the two pictures: "
        "the same shapes, the same number of parameters, another order of the medians.",
        "网络能不能算出来，和下降走不走得到，是两个问题，只有后一个与梯度有关。经过许多普通的层，误差信号要乘上一"
        "个又一个矩阵；每层只有三个神经元，很容易丢失或混在一起。旁路给每层加上恒等：h + f(h)，总有一份原样通过。"
        "比较两张图：形状相同，参数一样多，中位数的次序却变了。",
    ),
    minutes=1.5,
    asks="compared~sweep_trains",
)
