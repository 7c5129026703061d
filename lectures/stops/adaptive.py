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
    more=Words(
        "A loss that no longer falls has three possible reasons: the gradient is small, the steps are too long "
        "for the curvature, or noise holds the path up. Only the first is a critical point. Here it is the "
        "second: across the valley ηλ is near 2, so every step lands on the opposite wall about as high. The "
        "remedy for it is a smaller rate, and the curve shows at once that it works. So before you speak of a "
        "local minimum, draw ‖g‖ beside the loss.",
        "损失不再下降，可能有三个原因：梯度小；步子对这里的曲率来说太长；或者噪声托住了路径。只有第一种是临界点。"
        "这里是第二种：横跨山谷的方向 ηλ 接近 2，每一步都落在对面差不多一样高的谷壁上。对策是减小学习率，曲线马上"
        "显示有效。所以在说“局部极小”之前，先把 ‖g‖ 画在损失旁边。",
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
    more=Words(
        "Each direction has its own limit: η < 2/λ for the curvature λ along it. The steep one therefore "
        "dictates the rate for all, and along the flat one a step covers only ηλ of the distance left, so it "
        "takes about 1/(ηλ) steps for a fixed share of the way. The condition number κ = λmax/λmin says how bad "
        "that is. A rate for each direction would do; the next stops build one from what is known, the past "
        "gradients. Look for the best single η in the exercise, and count the steps that it still needs.",
        "每个方向有自己的极限：沿它的曲率是 λ，就要 η < 2/λ。于是最陡的方向替大家定了学习率，而沿平缓的方向，一步"
        "只走剩下距离的 ηλ，走完固定的一段要约 1/(ηλ) 步。条件数 κ = λmax/λmin 说的就是有多糟。给每个方向一个学习"
        "率就好了；后面几站用已知的东西，也就是过去的梯度，来造一个。在练习里找最好的单一 η，数一数还要多少步。",
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
    more=Words(
        "All of them divide by σ, a size of the gradients of that coordinate: steep coordinates get short steps, "
        "flat ones long steps. They differ in how σ forgets. A sum only grows, so η/σ only falls; a mean over "
        "all the past never falls fast enough after a steep wall; the exponential average α·σ² + (1 − α)·g² "
        "forgets with the rate α. That matters where steepness changes along the way, as it does in the bend "
        "here. Raise η for the slow ones: they get farther, but it is no cure.",
        "它们都除以 σ，即该坐标梯度的大小：陡的坐标步子短，平的步子长。区别在于 σ 怎样遗忘。累加只会变大，η/σ 只"
        "会变小；对全部过去取平均，过了陡壁就降不快；指数平均 α·σ² + (1 − α)·g² 按 α 遗忘。路上陡缓会变时，这就要"
        "紧，比如这里的弯道。把慢的那几个 η 调大：能走远些，但治不了本。",
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
    more=Words(
        "m and σ² are exponential averages that begin at 0, so after t steps their weights add up to 1 − β₁ᵗ and "
        "1 − β₂ᵗ only. Dividing by these sums makes them averages again. Without it the first step is η(1 − "
        "β₁)/√(1 − β₂) instead of η in each coordinate: with 0.9 and 0.999 about 3.2 times as long. The "
        "correction fades as t grows, after some 1/(1 − β₂) steps it hardly matters. Its whole effect lies in "
        "the beginning, and on a surface with several wells the beginning decides.",
        "m 和 σ² 是从 0 开始的指数平均，走了 t 步，权重之和只有 1 − β₁ᵗ 和 1 − β₂ᵗ。除以这个和，才又成为平均。不"
        "修正的话，第一步在每个坐标上是 η(1 − β₁)/√(1 − β₂) 而不是 η：取 0.9 和 0.999 时约长 3.2 倍。t 增大后修正"
        "逐渐消失，约 1/(1 − β₂) 步以后就无所谓了。它的作用全在开头，而在有几个阱的曲面上，开头决定结局。",
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
    more=Words(
        "On the valley's floor the gradients across it become tiny, so σ of that coordinate shrinks step by "
        "step, and η/σ grows. At some point η/σ times the curvature passes 2: from there on a deviation across "
        "the valley grows by a factor a step, from nearly nothing, unseen in the loss for a while. Then it is "
        "suddenly there. The large gradients of the burst fill σ up again, the rate falls, the path returns, and "
        "everything begins anew. Choose η/σ among the buttons beside the map and watch it grow.",
        "到了谷底，横跨山谷的梯度变得极小，这个坐标的 σ 一步步缩小，η/σ 变大。到某一刻 η/σ 乘以曲率超过 2：从此横"
        "向的偏差每步放大，从几乎为零开始，损失上一时看不出来。然后它突然出现。爆冲时的大梯度把 σ 重新填满，学习"
        "率变小，路径回来，一切从头再来。在地图旁的按钮里选 η/σ，看它怎样变大。",
    ),
    minutes=3.0,
    pauses=(160, 250),
    asks="happens~bursts~0",
    exercise="bursts~adam~narrow_valley",
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
    more=Words(
        "A rule that divides by σ walks on the surface as it looks in coordinates stretched by √σ; there the "
        "Hessian is D^−½ H D^−½ with D = diag(σ), and its largest eigenvalue is the sharpness that the rule "
        "feels. The surface has not changed at all along the floor, but σ has, so the felt sharpness grows. The "
        "bound is 2/η for plain steps, higher with momentum's memory. Being over the bound is not yet a burst: "
        "the deviation must first grow from rounding or from the remaining bend to something visible.",
        "除以 σ 的规则，相当于走在按 √σ 拉伸过的坐标里；那里的 Hessian 是 D^−½ H D^−½，D = diag(σ)，最大特征值就"
        "是规则感受到的锐度。沿谷底曲面一点没变，变的是 σ，所以感受到的锐度上升。普通步子的上限是 2/η，带动量的更"
        "高。越过上限还不是爆冲：偏差要先从舍入或残余的弯曲长到看得见。",
    ),
    pauses=(160,),
    shows="map loss rate",
)
DECAY_CURES = Stop(
    lesson="decay_cures_the_burst",
    says=Words("Let the rate decay with σ, and nothing bursts", "让学习率随 σ 一起衰减，就不再爆冲"),
    notes=Words(
        "The same rule twice. At a constant rate it is thrown out at steps 227, 294, 343 and 383, the first "
        "time to L = 7, more than at the start. With a rate that halves every 100 steps nothing happens, and the "
        "loss ends at 3·10⁻⁹ instead of 0.1.",
        "同一个规则跑两次。学习率恒定时，在第 227、294、343、383 步被甩出去，第一次到 L = 7，比起点还高。每 "
        "100 步减半的那个什么事也没有，最后损失是 3·10⁻⁹，而不是 0.1。",
    ),
    more=Words(
        "The burst came because η/σ grew without bound while σ shrank. If η falls as well, η/σ can stay below "
        "what the curvature bears. A decay also helps at the very end for another reason: with a constant rate "
        "the steps do not get smaller than the surface lets them. The price is that a rate which falls too early "
        "stands still before it has arrived. Slow the decay down in the panel until the bursts come back.",
        "爆冲是因为 σ 缩小时 η/σ 无限变大。如果 η 也跟着降，η/σ 就能保持在曲率承受得住的范围里。衰减在末尾还有另"
        "一个好处：学习率恒定时，步子不会自己小下去。代价是降得太早，就会在到达之前停住。在面板里把衰减放慢，直到"
        "爆冲又出现。",
    ),
    pauses=(214,),
    asks="happens~bursts~1",
    exercise="arrives~rmsprop~narrow_valley",
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
    more=Words(
        "Adam divides m by σ, and after one step both come from the same single gradient: m/σ is ±1 in each "
        "coordinate, whatever the slope. So its first steps carry no information about how steep the place is, "
        "only the sign. Later, when gradients disagree, m averages them away while σ keeps their size, and steps "
        "get shorter. A warm-up keeps η small until σ is worth something. Lower the peak instead: that also "
        "avoids the jump, but then all later steps are short as well.",
        "Adam 用 σ 去除 m，而第一步之后两者都来自同一个梯度：每个坐标上 m/σ 都是 ±1，不管坡多陡。所以最初几步只带"
        "符号，不带陡缓的信息。后来梯度互不一致，m 把它们平均掉，σ 保留大小，步子才变短。预热就是在 σ 有意义之前"
        "保持 η 小。也可以降低峰值：同样避免乱跳，但以后的步子也都短了。",
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
    more=Words(
        "Every rule here answers three questions. In which direction? m: the gradient, or an average of past "
        "ones. How far in each coordinate? 1/σ: 1, or the inverse size of past gradients. How far over time? "
        "η_t: constant, or a schedule. So one can take an answer from each: momentum with a schedule, RMSProp "
        "with momentum, which is Adam. When a training misbehaves, ask which of the three is at fault before you "
        "change all. Set the second moment's memory and look at its column.",
        "这里每个规则都回答三个问题。往哪个方向？m：梯度，或过去梯度的平均。每个坐标走多远？1/σ：取 1，或过去梯度"
        "大小的倒数。随时间走多远？η_t：恒定，或按计划。所以可以各取一个答案来配：动量加计划；RMSProp 加动量，就"
        "是 Adam。训练不对劲时，先问是三者中哪一个的错，再动手，不要全改。改一改二阶矩的记忆长度，看它那一列。",
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
    more=Words(
        "η/σ is the rate that a coordinate really has. On the wall the gradient across is large, σ with it, and "
        "the steps are short: it brakes. In the bend the gradients are small; as soon as the old large ones are "
        "forgotten, σ falls and the steps grow: it accelerates. How soon is set by α: a weight αⁿ is left of "
        "what was seen n steps ago. A rule that counts the whole past brakes just as well, but cannot "
        "accelerate. Set α nearer to 1 and see the rise come later.",
        "η/σ 是一个坐标真正的学习率。在谷壁上横向梯度大，σ 也大，步子短：刹车。弯道里梯度小，等过去的大梯度一忘掉"
        "，σ 下降，步子变长：加速。多快由 α 定：n 步之前见到的只剩 αⁿ 的分量。把全部过去都算进去的规则刹车一样好"
        "，却不会加速。把 α 调得更接近 1，看上升来得更晚。",
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
    more=Words(
        "Dividing each coordinate by the size of its own gradients makes steep and flat ones walk at similar "
        "speed: for steady gradients m/σ is about ±1, so a step is about η long in every coordinate. The long "
        "valley looks round in those units. It works because the valley lies along the axes; turn it by 45°, and "
        "every coordinate sees both the steep and the flat direction, so σ no longer tells them apart. That is "
        "the limit of all rules that have one σ for each coordinate.",
        "每个坐标除以自己梯度的大小，陡的和平的就走得差不多快：梯度稳定时 m/σ 约为 ±1，每个坐标每步约走 η。用这种"
        "单位看，狭长的山谷就是圆的。之所以有效，是因为山谷沿着坐标轴；把它转 45°，每个坐标都同时看到陡和平的方向"
        "，σ 就分不清了。凡是每个坐标一个 σ 的规则，都有这个局限。",
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
    more=Words(
        "ε is there so that nobody divides by 0, and as long as it is far below the gradients' size it does "
        "nothing else. It begins to matter where σ is no larger than ε (or √ε under the root): there η/σ stays "
        "below η/ε, so ε is a cap on the rate. In flat places a large ε therefore turns an adaptive rule back "
        "into plain gradient descent with the rate η/ε. Under the root the cap is η/√ε: ε = 10⁻⁷ means 3·10⁻⁴ "
        "there. Set ε = 1 and look: nothing adaptive is left.",
        "ε 的用处是不让人除以 0；只要它远小于梯度，就没有别的作用。σ 不比 ε 大时（根号内是 √ε）它才要紧：η/σ 不超"
        "过 η/ε，所以 ε 是学习率的上限。平坦处，大的 ε 把自适应规则变回学习率为 η/ε 的普通梯度下降。放在根号内，"
        "上限是 η/√ε：ε = 10⁻⁷ 相当于 3·10⁻⁴。把 ε 设成 1 看看：自适应就没有了。",
    ),
    minutes=1.5,
)
