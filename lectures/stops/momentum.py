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
    minutes=2.5,
    pauses=(14,),
    asks="lowest",
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
    pauses=(10,),
    shows="map loss sheet",
    asks="lowest~10",
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
    pauses=(10,),
    shows="map loss sheet",
    asks="lowest~10",
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
    pauses=(31,),
    asks="order~125",
)
