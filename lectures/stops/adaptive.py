"""Adaptive learning rates and schedules: a rate for each direction, and a rate for each time."""

from lectures.base import Stop
from records import Words

STUCK_WITH_A_LARGE_GRADIENT = Stop(
    lesson="stuck_is_not_small_gradient",
    says=Words("The loss stands still, and the gradient is larger than at the start", "损失不动了，梯度却比起点还大"),
    notes=Words(
        "Look at the two curves, one below the other. The loss goes back and forth between 9.7 and 23.5, ‖g‖ is 45 "
        "where it was 11 at the start. Ask: critical point? No: it jumps from wall to wall. At step 200 one path "
        "gets a tenth of the rate, and 20 steps later its loss is 0.002.",
        "把两条曲线上下对照。损失在 9.7 和 23.5 之间来回跳，‖g‖ 是 45，起点才 11。问：是临界点吗？不是，它在两壁之"
        "间跳。第 200 步，一条路径的学习率降到十分之一，20 步后损失只有 0.002。",
    ),
    minutes=2.5,
    pauses=(200,),
    asks="happens~sticks~1",
)
NO_SINGLE_RATE = Stop(
    lesson="two_learning_rates",
    says=Words("No single learning rate suits all directions", "没有一个学习率适合所有方向"),
    notes=Words(
        "No saddle, no local minimum: the simplest surface there is, but long and narrow. Ask first: who is lower "
        "in the end? η = 2 reaches the end of the floor, and bounces between y = ±4 for ever, L = 8. η = 0.02 is "
        "on the floor after 500 steps, at x = −8.99; after 100 000 it has come to −7.37.",
        "没有鞍点，没有局部极小：最简单的曲面，只是又长又窄。先问：最后谁更低？η = 2 沿谷底走到了头，却永远在 y = "
        "±4 之间弹，L = 8。η = 0.02 在 500 步后到了谷底，x = −8.99；走了十万步，才到 −7.37。",
    ),
    minutes=2.5,
    pauses=(500,),
    asks="lowest",
    exercise="arrives~gradient_descent~narrow_valley",
)
ADAGRAD_REMEMBERS_TOO_LONG = Stop(
    lesson="adagrad_on_the_crescent",
    says=Words("Divide by σ; but a σ that never forgets ends up standing still", "除以 σ；可从不遗忘的 σ 最后寸步难行"),
    notes=Words(
        "Give each coordinate its own rate: divide by the root mean square of its gradients. Stop at step 50: all "
        "four are at the foot of the steep wall. Ask who gets round the bend. Those that average over all the past "
        "creep or stand; both RMSProps forget the wall and are at the far tip by step 300.",
        "给每个坐标自己的学习率：除以它的梯度的均方根。停在第 50 步：四个都在陡壁脚下。问：谁能绕过弯去？对全部过去"
        "取平均或求和的，爬行或停住；两个 RMSProp 忘掉了陡壁，到第 300 步已在另一端。",
    ),
    minutes=2.5,
    pauses=(50,),
    asks="order",
    exercise="arrives~adagrad~crescent",
)
ADAMS_FIRST_STEPS = Stop(
    lesson="bias_correction",
    says=Words("Adam starts from zero, and must correct its first steps", "Adam 从零开始记，最初几步必须修正"),
    notes=Words(
        "Adam is RMSProp with momentum. Both memories start at 0: after one step m is a tenth of g, but σ only a "
        "thirtieth of |g|. Uncorrected, the first step is 0.32 in each coordinate instead of 0.1. Stop at step 3: "
        "one is near the deep well, one has flown past. They end at −147 and −108.",
        "Adam 就是 RMSProp 加动量。两个记忆都从 0 开始：一步之后 m 是 g 的十分之一，σ 却只有 |g| 的三十分之一。不修"
        "正，第一步在每个坐标上是 0.32 而不是 0.1。停在第 3 步：一个在深阱附近，一个飞过去了。最后是 −147 和 −108。",
    ),
    pauses=(3,),
    shows="map loss",
    asks="lowest",
)
THE_BURST = Stop(
    lesson="burst",
    says=Words("On the floor σ shrinks, until one step explodes", "谷底上 σ 一步步变小，直到一步突然爆开"),
    notes=Words(
        "Nothing happens for 160 steps; that is the point. Stop there and ask what σ does: small gradients, so it "
        "shrinks, from 2.3 to 0.24. Then η/σ is too large: at step 172 the loss is 12, more than at the start. σ "
        "jumps, the path comes back. RMSProp does the same at step 256. Do not call it bad luck.",
        "160 步什么都没发生，要点就在这里。停下，问 σ 怎样：梯度小，它就变小，从 2.3 到 0.24。于是 η/σ 太大：第 "
        "172 步损失是 12，比起点还高。σ 猛增，路径又回来。RMSProp 在第 256 步也一样。别说是运气不好。",
    ),
    minutes=3.0,
    pauses=(160, 250),
    asks="happens~bursts~0",
)
WHY_IT_BURSTS = Stop(
    lesson="burst",
    stage=2,
    says=Words(
        "A smaller σ makes larger steps, until the curvature bears them no more",
        "σ 越小步子越大，直到这里的曲率再也承受不住",
    ),
    notes=Words(
        "The same run; the lower curve is the sharpness that each rule feels, H/σ, and the dashed line is what it "
        "bears. Smaller σ, larger sharpness. Stop at 160: it has been over the line since step 77, and the loss "
        "knows nothing of it. Ask when it will: about ten steps later. RMSProp is over it from step 188 on and "
        "bursts at 256.",
        "同一次运行，下面那条曲线是各规则感受到的锐度 H/σ，虚线是它承受得住的上限。σ 越小锐度越大。停在第 160 步："
        "从第 77 步起就越线了，损失还浑然不知。问：什么时候才知道？再过十步左右。RMSProp 从第 188 步起越线，第 256 "
        "步爆冲。",
    ),
    pauses=(160,),
    shows="map loss rate",
)
DECAY_CURES = Stop(
    lesson="decay_cures_the_burst",
    says=Words("Let the rate decay with σ, and nothing bursts", "让学习率随 σ 一起衰减，就不再爆冲"),
    notes=Words(
        "The same rule twice. At a constant rate it is thrown out at steps 226, 294, 343, 383 and 418, the first "
        "time to L = 7, more than at the start. With a rate that halves every 100 steps nothing happens, and the "
        "loss ends at 3·10⁻⁹ instead of 0.1.",
        "同一个规则跑两次。学习率恒定时，在第 226、294、343、383、418 步被甩出去，第一次到 L = 7，比起点还高。每 "
        "100 步减半的那个什么事也没有，最后损失是 3·10⁻⁹，而不是 0.1。",
    ),
    pauses=(214,),
    asks="happens~bursts~1",
)
WARM_UP = Stop(
    lesson="warm_up_helps_adam",
    says=Words("Warm-up: small steps while σ is still a guess", "预热：σ 还只是猜测时，先走小步"),
    notes=Words(
        "Adam's first step is η long in each coordinate, however small the slope: σ has seen one gradient. With η "
        "= 1 that is from (0.2, 1.2) to (1.2, 0.2), over the ridge, and out onto the plain. Both recipes begin "
        "small, then take the same large rate, and reach the lowest point, −6.55.",
        "Adam 的第一步在每个坐标上都是 η，不管坡多缓：σ 才见过一个梯度。η = 1 就从 (0.2, 1.2) 跳到 (1.2, 0.2)，再飞"
        "到外面的平地上。两种配方先走小步，再用同样大的学习率，到了最低点 −6.55。",
    ),
    pauses=(1, 20),
    asks="ends~0",
)
ONE_LINE = Stop(
    lesson="one_line_for_all_rules",
    says=Words("All of it in one line: θ ← θ − (η/σ)·m", "全部归于一行：θ ← θ − (η/σ)·m"),
    notes=Words(
        "Read the table at step 20, row by row: gradient descent has σ = 1 and m = g; momentum changes m; RMSProp "
        "changes σ; Adam both; a schedule changes η. Ask: with a new optimizer, what would you ask first? Which of "
        "the three it changes.",
        "在第 20 步逐行读表：梯度下降 σ = 1、m = g；动量改 m；RMSProp 改 σ；Adam 两个都改；学习率计划改 η。问：有人"
        "发明了新优化器，先问什么？问它改了三者中的哪一个。",
    ),
    pauses=(20,),
    shows="map sheet",
    asks="order~20",
)
BRAKE_AND_ACCELERATE = Stop(
    lesson="brake_and_accelerate",
    says=Words("RMSProp brakes on the wall and accelerates in the bend", "RMSProp 在陡壁上刹车，在弯道上加速"),
    notes=Words(
        "The curve beside the map is η/σ, that of y dotted. At step 0, on the steep wall, it is 0.008 for both. "
        "RMSProp's is above 1 at step 120: σ has forgotten the wall. The root mean square of all gradients has "
        "0.067 even at step 399. Ask what α does: how fast it forgets.",
        "地图旁的曲线是 η/σ，点线是 y 的。第 0 步在陡壁上，两者都是 0.008。到第 120 步，RMSProp 的超过 1：σ 忘掉了"
        "陡壁。对全部梯度取均方根的，到第 399 步也只有 0.067。问：α 管什么？管忘得多快。",
    ),
    pauses=(50, 120),
    shows="map rate",
    asks="ends~1",
)
A_RATE_PER_DIRECTION = Stop(
    lesson="two_learning_rates",
    stage=1,
    says=Words("A σ for each direction, and the valley is no longer narrow", "每个方向一个 σ，山谷就不再狭窄"),
    notes=Words(
        "The third path is Adam with η = 0.02, the rate that was far too small for gradient descent. It is within "
        "0.001 of the minimum after 466 steps; gradient descent had not done it after 100 000. Along the floor σ "
        "is small, so the step there is long.",
        "第三条路径是 Adam，η = 0.02，正是对梯度下降来说太小的那个。466 步后损失就在最小值的 0.001 以内；梯度下降走"
        "十万步也没做到。沿谷底 σ 小，步子就长。",
    ),
    pauses=(466,),
    asks="steps~2",
)
EPSILON = Stop(
    lesson="epsilon_inside_or_outside",
    stage=1,
    says=Words("Where ε stands changes the rule, once ε is not tiny", "ε 一旦不够小，放在哪里就有差别"),
    notes=Words(
        "Two libraries, two Adagrads: η/√(s + ε) and η/(√s + ε). With ε = 10⁻⁷ nobody can tell. With ε = 0.01, on "
        "a slope with g² = 0.008, the first step's η/σ along the floor is 3.72 under the root, 5.00 outside. Read "
        "what your library does before you compare numbers.",
        "两个库，两种 Adagrad：η/√(s + ε) 和 η/(√s + ε)。ε = 10⁻⁷ 时谁也分不出来。ε = 0.01，而坡上 g² = 0.008，沿谷"
        "底第一步的 η/σ：根号内 3.72，根号外 5.00。比较数字之前，先看清你的库怎么写。",
    ),
    minutes=1.5,
)
