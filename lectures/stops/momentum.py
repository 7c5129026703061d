"""Momentum: the step remembers the steps before it."""

from lectures.base import Stop
from records import Words

ACROSS_THE_PLATEAU = Stop(
    lesson="rolling_through_the_shelf",
    says=Words("With λ = 0.9 it rolls where the others stop", "λ = 0.9 滚得过去，别人就停在那里"),
    notes=Words(
        "Three arrows: −ηg, λ times the last step, and their sum. All come down the same slope. Stop at step 5: λ "
        "= 0.9 is at x = 0.46 already, the others have not reached 0. Ask who gets across the plateau. After 400 "
        "steps gradient descent stands at −0.17, λ = 0.5 at −0.10, and λ = 0.9 is in the basin at 2.",
        "三个箭头：−ηg、λ 乘上一步、两者之和。大家从同一个坡下来。停在第 5 步：λ = 0.9 已到 x = 0.46，其他还没到 0。"
        "问：谁过得了平台？400 步后梯度下降停在 −0.17，λ = 0.5 在 −0.10，λ = 0.9 已落在 2 处的盆地里。",
    ),
    more=Words(
        "m ← λm − ηg, then θ ← θ + m. Where the gradient is 0, m shrinks by the factor λ a step, so it goes on "
        "for m(λ + λ² + …) = mλ/(1 − λ) more in all: with λ = 0.9 nine times the last step, with 0.5 only once. "
        "On a steady slope the same sum makes the step η|g|/(1 − λ), ten times that of gradient descent for λ = "
        "0.9. So momentum crosses flat places by what it gained on the slope before. Make the plateau longer or "
        "steeper in the panel, and see from where on even λ = 0.9 needs help.",
        "m ← λm − ηg，再 θ ← θ + m。梯度为 0 处，m 每步乘以 λ，总共还能走 m(λ + λ² + …) = mλ/(1 − λ)：λ = 0.9 是"
        "最后一步的九倍，0.5 只有一倍。在均匀的坡上，同一个和使步长成为 η|g|/(1 − λ)，λ = 0.9 时是梯度下降的十倍"
        "。所以动量靠先前在坡上攒下的速度越过平地。在面板里让平台更长或更陡，看到什么程度连 λ = 0.9 也要帮忙。",
    ),
    minutes=2.5,
    pauses=(5,),
    asks="happens~arrives~2",
    exercise="diverges~momentum~shelf_2d",
)
OUT_OF_A_LOCAL_MINIMUM = Stop(
    lesson="rolling_out_of_a_local_minimum",
    says=Words("It climbs against the gradient, if it comes with enough speed", "速度够大，就能逆着梯度爬上去"),
    notes=Words(
        "The valley from before; the top of the bump is at x = 0.1. Stop at step 14: λ = 0.8 has climbed to 0.126, "
        "and there is no speed left. Ask: over, or back? Back, to L = −0.61; λ = 0.9 is long on the other side and "
        "ends at −1.41. No promise, then: it depends on speed.",
        "还是先前那个谷，小丘顶在 x = 0.1。停在第 14 步：λ = 0.8 爬到 0.126，速度用尽了。问：过去，还是退回？退回，"
        "L = −0.61；λ = 0.9 早在另一边，停在 −1.41。所以不是保证：要看速度。",
    ),
    more=Words(
        "With small steps momentum moves like a ball with friction: what it gains in height it loses in speed, "
        "and (1 − λ) of the speed goes at every step. Whether it passes the top depends on how high it began and "
        "on how much is lost on the way: start it higher, or lose less, and it crosses. It is luck only in so "
        "far as the start is; the same start gives the same path. Find the λ in the panel between 0.8 and 0.9 at "
        "which it just gets over.",
        "步子小时，动量像一个有摩擦的球：升高多少就减速多少，每步还要失去 (1 − λ) 的速度。能不能过顶，取决于从多"
        "高开始、路上损失多少：起点高些，或者损失少些，就过去了。只有起点算得上运气；起点相同，路径就相同。在面板"
        "里找出 0.8 与 0.9 之间刚好能翻过去的 λ。",
    ),
    minutes=2.5,
    pauses=(14,),
    asks="lowest",
    exercise="diverges~momentum~tilted_double_well",
)
WHAT_IT_REMEMBERS = Stop(
    lesson="what_momentum_remembers",
    says=Words("Momentum is a weighted sum of all past gradients", "动量就是过去所有梯度的加权和"),
    notes=Words(
        "Stop at step 10 and read the bars: the gradient of ten steps ago still counts 35 % with λ = 0.9, 0.1 % "
        "with 0.5. Across the valley gradients of opposite sign cancel, along it they add up. The price is on the "
        "map: λ = 0.9 swings from wall to wall at first.",
        "停在第 10 步读条形：十步之前的梯度，λ = 0.9 时还占 35 %，0.5 时只有 0.1 %。横跨山谷的梯度一正一负互相抵消，"
        "沿着山谷的累加起来。代价在地图上：λ = 0.9 开头在两壁间来回摆。",
    ),
    more=Words(
        "Unrolled, m is −η(g₀ + λg₁ + λ²g₂ + …), g₁ being the gradient one step ago. The weights add up to 1/(1 "
        "− λ), so λ = 0.9 remembers about ten steps, 0.99 about a hundred. What keeps its sign adds up, what "
        "alternates cancels: along the valley the steps get longer, across it they shrink. The same sum is why "
        "it swings past a minimum: it still moves by gradients that no longer hold. Set λ to 0.99 in the panel "
        "and watch the swinging grow.",
        "展开来看，m 是 −η(g₀ + λg₁ + λ²g₂ + …)，g₁ 是一步之前的梯度。权重之和是 1/(1 − λ)，所以 λ = 0.9 大约记得"
        "十步，0.99 大约一百步。符号不变的累加，正负交替的抵消：沿山谷步子变长，横跨山谷变短。它冲过最低点也是因"
        "为这个和：还在按已经过时的梯度移动。在面板里把 λ 设成 0.99，看摆动怎样变大。",
    ),
    pauses=(10,),
    shows="map loss sheet",
    asks="lowest~10",
    exercise="arrives~momentum~narrow_valley",
)
BEST_RATES = Stop(
    lesson="best_rates",
    says=Words("At their best: 48 steps without momentum, 17 with it", "各取最佳：没有动量 48 步，有动量 17 步"),
    notes=Words(
        "A bowl 25 times as curved one way as the other. The first path has η = 2.2, above the limit of 2: every "
        "bounce is higher than the last. The second has the best rate there is, and needs 48 steps; momentum at "
        "its best needs 17. With κ = 100 it is 171 against 37: about κ against √κ.",
        "一个碗，一个方向的曲率是另一个的 25 倍。第一条路径 η = 2.2，超过上限 2：弹得一次比一次高。第二条用最好的学"
        "习率，要 48 步；动量用最佳值只要 17 步。κ = 100 时是 171 对 37：大约是 κ 对 √κ。",
    ),
    more=Words(
        "On a bowl with curvatures from λmin to λmax, gradient descent multiplies the deviation along each by 1 "
        "− ηλ. The best η makes both ends equally slow: η = 2/(λmin + λmax), and each step leaves the share (κ − "
        "1)/(κ + 1). Heavy-ball momentum at its best leaves about (√κ − 1)/(√κ + 1). So κ = 100 costs gradient "
        "descent about κ steps for each fixed gain, and momentum about √κ. Change κ in the panel: the ratio of "
        "the two step counts grows like √κ, if both are given their new best values.",
        "在曲率从 λmin 到 λmax 的碗上，梯度下降把各方向的偏差乘以 1 − ηλ。最佳的 η 让两端一样慢：η = 2/(λmin + "
        "λmax)，每步剩下 (κ − 1)/(κ + 1)。取最佳值的重球动量，大约剩 (√κ − 1)/(√κ + 1)。所以要取得同样的进展，梯"
        "度下降约需 κ 步，动量约需 √κ 步。在面板里改 κ：如果两者都换成新的最佳值，步数之比按 √κ 增长。",
    ),
    pauses=(17, 48),
    asks="steps~2",
)
NESTEROV = Stop(
    lesson="what_momentum_remembers",
    stage=1,
    says=Words("Nesterov counts the newest gradient more", "Nesterov 更看重最新的梯度"),
    notes=Words(
        "The same η = 0.1 and λ = 0.9. Read the bars at step 10: 1 + λ for the newest, then λ², λ³, …; the old "
        "ones as before. On the map it swings less: at step 10 L = 1.3 against 3.1. After 100 steps both have "
        "0.055.",
        "同样 η = 0.1，λ = 0.9。停在第 10 步读条形：最新的是 1 + λ，往前是 λ²、λ³……更早的和原来一样。地图上它摆得小："
        "第 10 步 L 是 1.3 对 3.1。100 步后两者都是 0.055。",
    ),
    more=Words(
        "Nesterov looks at the gradient where the remembered step will lead, not where it stands; written at the "
        "point itself this counts the newest gradient with 1 + λ and all older ones one power of λ higher. When "
        "the next wall is near, it feels it one step earlier, and brakes. So it overshoots less, at the same η "
        "and λ, and its stable region is another. On a long even slope the two hardly differ. Take the two paths "
        "apart at step 10: same memory, another weight of the newest.",
        "Nesterov 看的是记住的那一步将要到达处的梯度，而不是当前位置的；改写到当前点，就是最新的梯度乘以 1 + λ，"
        "更早的各多乘一个 λ。前面有谷壁时，它早一步感觉到，就刹车。所以同样的 η 和 λ，它冲过头少一些，稳定的范围"
        "也不同。在又长又匀的坡上，两者几乎一样。看第 10 步时两条路径的差别：记忆相同，最新一项的分量不同。",
    ),
    pauses=(10,),
    shows="map loss sheet",
    asks="lowest~10",
    exercise="arrives~nesterov~narrow_valley",
)
LEAVING_A_SADDLE = Stop(
    lesson="leaving_the_saddle",
    says=Words("A hair beside the saddle: momentum leaves first", "离鞍点只差一丝：动量最先离开"),
    notes=Words(
        "All start a thousandth beside the line that leads into the saddle. Stop at step 31: the loss is near 1 "
        "and looks finished. Ask for the order. Momentum is below 0.5 after 44 steps, RMSProp after 116, gradient "
        "descent after 174. Exactly on the line all three would stay for ever.",
        "都从通向鞍点的直线旁边千分之一处出发。停在第 31 步：损失约为 1，看似已经结束。问：谁先离开？降到 0.5 以下，"
        "动量用 44 步，RMSProp 116 步，梯度下降 174 步。正好在线上，三者都永远不走。",
    ),
    more=Words(
        "Near the saddle the way out is governed by the negative eigenvalue: gradient descent multiplies the "
        "deviation by 1 + η|λ| a step, so from 0.001 it needs about ln(1000)/ln(1 + η|λ|) steps to get to order "
        "1. Momentum multiplies by more, because its steps add up in one direction. RMSProp divides by the root "
        "mean square of the gradients, which are small here, so its steps are long from the start. A loss that "
        "has stood still for thirty steps is no sign of a minimum: look at ‖g‖ and at what H says.",
        "鞍点附近，出去的快慢由负特征值决定：梯度下降每步把偏差放大 1 + η|λ| 倍，从 0.001 到 1 的量级大约要 "
        "ln(1000)/ln(1 + η|λ|) 步。动量放大得更多，因为它的步子在同一方向上累加。RMSProp 除以梯度的均方根，这里梯"
        "度小，步子从一开始就长。损失三十步不动，并不说明到了极小：要看 ‖g‖，再看 H 怎么说。",
    ),
    pauses=(31,),
    asks="order~125",
    exercise="rests~any~toy_network",
)
