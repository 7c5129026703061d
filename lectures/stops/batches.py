"""Batches: a gradient of some examples, what its noise costs, and what it is good for."""

from lectures.base import Stop
from records import Words

A_NOISY_SAMPLE = Stop(
    lesson="a_batch_is_a_noisy_sample",
    says=Words("A batch's gradient is wrong every time, and right on average", "批梯度每次都不准，平均起来却准"),
    notes=Words(
        "Each dot is the gradient of one batch. Of single examples about one in three points uphill; of batches of "
        "8 one in eight. Yet the mean of every cloud is the full gradient, to rounding. The spread falls as 1/√b: "
        "four times the examples, half the noise.",
        "每个点是一批的梯度。单个样本里约三个有一个指向上坡；每批 8 个时是八个里一个。但每团点云的平均就是全梯度，"
        "只差舍入。离散按 1/√b 缩小：样本四倍，噪声一半。",
    ),
    more=Words(
        "The full gradient is the mean of the gradients of all examples; a batch takes the mean of some of them. "
        "Drawn fairly, its expectation is the full gradient, and its deviation is s/√b, with a factor that "
        "brings it to 0 when the batch is the whole set. So the arrow points the right way on average, at any "
        "size of the batch. The noise costs accuracy of each step, the size costs time: four times the work only "
        "halves the noise. Move the place from the first weights to the last: near a minimum the full gradient "
        "is small, and the same noise drowns it.",
        "全梯度是所有样本梯度的平均；一批只取其中一些的平均。抽取公平时，期望就是全梯度，偏差是 s/√b，再乘一个在"
        "取全部时变为 0 的因子。所以不管批多大，平均起来方向都对。噪声让每一步不准，批大则费时间：四倍的工作只让"
        "噪声减半。把位置从初始权重移到最后：极小附近全梯度小，同样的噪声就把它淹没了。",
    ),
    shows="batch_cloud",
    asks="measured~uphill",
)
EQUAL_EPOCHS = Stop(
    lesson="one_update_one_batch_one_epoch",
    stage=1,
    says=Words("Same examples seen: the small batch has made far more steps", "看过的样本一样多，小批量走的步数多得多"),
    notes=Words(
        "Thirty epochs each: every example seen thirty times. With all 140 at once that is 30 updates, with "
        "batches of 8 it is 540, with single examples 4200. Ask which ends lowest. Here the smaller the batch, the "
        "lower the loss, though its path shakes.",
        "各 30 轮：每个样本都看了三十遍。一次用全部 140 个只更新 30 次，每批 8 个是 540 次，每次一个是 4200 次。问："
        "谁最后最低？这里批越小损失越低，虽然路径在抖。",
    ),
    more=Words(
        "An epoch costs about the same number of gradients of single examples for every size, so this is the "
        "comparison at equal work. The small batch spends it on many rough steps, the large one on few exact "
        "ones. Far from a minimum a rough direction is good enough, and more steps win; close to it the noise "
        "does not let the small batch settle, unless the rate falls. So the order of the curves belongs to this "
        "network, this rate and this many epochs. Change the number of epochs and see whether it stays.",
        "不管批多大，一轮所算的单样本梯度差不多一样多，所以这是同样工作量的比较。小批把它花在许多粗糙的步子上，大"
        "批花在少数精确的步子上。离极小还远时，粗糙的方向就够用，步数多的赢；靠近时，除非学习率下降，噪声不让小批"
        "停稳。所以曲线的次序只属于这个网络、这个学习率、这么多轮。改一改轮数，看次序变不变。",
    ),
    minutes=2.5,
    shows="batch_map batch_loss_epochs",
    asks="compared~batch_losses",
)
ITS_OWN_SURFACE = Stop(
    lesson="every_batch_has_its_own_surface",
    says=Words("Stuck on this batch's surface, the next batch moves it on", "卡在这一批的曲面上，换一批又能走"),
    notes=Words(
        "Two batches of four, two surfaces. On the first, descent has come to rest: ‖∇L¹‖ = 0. The same place on "
        "the second: ‖∇L²‖ = 1.6. So a critical point of one batch is nothing to the next. That is how small "
        "batches shake themselves free.",
        "两批各四个样本，两张曲面。在第一张上下降已经停住：‖∇L¹‖ = 0。同一处在第二张上：‖∇L²‖ = 1.6。一批的临界点，"
        "对下一批什么也不是。小批量就是这样把自己抖出来的。",
    ),
    more=Words(
        "L is the mean over all examples; L¹ and L² are means over two batches, so each is a surface of its own, "
        "with its own minima. Where ∇L¹ = 0, the sum of the batch's pulls is 0, but another batch pulls "
        "otherwise. Training walks on a new surface at every update, so a trap must be a trap for nearly all "
        "batches in order to hold it. The larger the batches, the more alike their surfaces: take a pair of 32 "
        "and compare the level lines.",
        "L 是全部样本的平均，L¹ 和 L² 是两批的平均，各是一张曲面，各有各的极小。∇L¹ = 0 处，这一批的拉力之和为 0"
        "，另一批拉的方向却不同。训练每次更新都走在新的曲面上，所以一个陷阱要几乎对所有批都是陷阱，才困得住它。批"
        "越大，曲面越相像：取两批 32 个，比较等高线。",
    ),
    minutes=1.5,
    asks="measured~other_slope",
)
FLAT_AND_SHARP = Stop(
    lesson="same_shift_flat_and_sharp",
    stage=1,
    says=Words(
        "The same small shift costs forty times as much in a sharp minimum", "同样一点平移，尖锐的极小要多付四十倍"
    ),
    notes=Words(
        "Both minima had training loss 0. The test surface is the same, moved by 0.25. Stop at step 0 and read: "
        "0.016 in the flat one, 0.64 in the sharp one. To second order the cost is half the curvature times the "
        "shift squared. Small batches tend to end in flatter places.",
        "两个极小的训练损失都是 0。测试曲面形状相同，只移了 0.25。停在第 0 步读数：平坦处 0.016，尖锐处 0.64。精确"
        "到二阶，代价是曲率的一半乘平移的平方。小批量往往停在更平的地方。",
    ),
    more=Words(
        "If the test surface is the training surface moved by δ, a minimum of height 0 becomes ½ h δ² to second "
        "order, h being the curvature. So the same shift costs forty times as much where h is forty times as "
        "large. It is a picture, not a theorem: real test surfaces are not just moved, and rescaling the weights "
        "of a ReLU network can make a minimum sharp without changing a single answer. Set the shift to 0.1: both "
        "costs fall to about (0.1/0.25)² of what they were.",
        "如果测试曲面就是训练曲面平移 δ，那么高度 0 的极小，精确到二阶会变成 ½ h δ²，h 是曲率。所以曲率是四十倍的"
        "地方，同样的平移代价就是四十倍。这是一幅图景，不是定理：真正的测试曲面不只是平移；给 ReLU 网络的权重换尺"
        "度，能让极小变尖，而答案一个也不变。把平移设成 0.1：两处的代价都降到约 (0.1/0.25)² 倍。",
    ),
    shows="map loss",
    asks="lowest~1",
)
NEITHER_ONE_NOR_ALL = Stop(
    lesson="neither_one_example_nor_all",
    says=Words("At equal epochs both the smallest and the largest batch lose", "轮数相同，最小批和最大批都输"),
    notes=Words(
        "Run it before the lecture: many trainings, 100 epochs each. Ask for the best batch size. Batches of 4 "
        "have learned the spirals, above 95 % on the test; single examples are too restless, all at once made 100 "
        "updates only. And batches of 4 end in a place a tenth as sharp as batches of 32.",
        "课前先运行：很多次训练，各 100 轮。问：批大小取多少最好？4 个一批学会了双螺旋，测试正确率超过 95 %；一个一"
        "批太不安定，全部一批只更新了 100 次。而且 4 个一批停下的地方，锐度不到 32 个一批的十分之一。",
    ),
    more=Words(
        "Every size gets 100 epochs and the same learning rate, so the sizes differ in noise and in the number "
        "of updates at once. All examples: exact steps, but too few of them. Single examples: steps enough, but "
        "at this rate the noise keeps throwing the weights about. Each dot is a seed; look at how they spread. "
        "One could give every size its own best rate, and the U would become flatter: that is the question to "
        "ask of every such picture. The chart of sharpness shows where each of them ends.",
        "各种批大小都训练 100 轮，学习率相同，所以它们的噪声和更新次数同时不同。用全部样本：步子精确，但太少。一"
        "次一个：步数够，但在这个学习率下，噪声总把权重甩来甩去。每个点是一个种子，看看它们散得多开。如果让每种大"
        "小都用自己的最佳学习率，U 形会变平：看到这样的图都该这样问。锐度图显示各自停在怎样的地方。",
    ),
    minutes=2.5,
    asks="compared~sweep_tests",
)
WHAT_A_BATCH_COSTS = Stop(
    lesson="an_update_costs_hardly_more",
    says=Words(
        "Twice the examples take less than twice the time, until it is full", "样本加倍，用时不到两倍，直到机器占满"
    ),
    notes=Words(
        "Measured on this very server while we talk, so read the numbers off; nobody knows them beforehand. As "
        "long as the processor is not full, a larger batch makes an epoch cheaper. Ask where the curve of the "
        "epoch turns flat: there the machine is full.",
        "就在这台服务器上当场测，数字照着读，谁也没法预先知道。只要处理器没占满，批越大，一轮越便宜。问：一轮用时的"
        "曲线从哪里开始变平？那里机器就满了。",
    ),
    more=Words(
        "A processor works on several numbers at once, and beginning a call costs the same whatever it is about. "
        "So an update on a few examples takes hardly longer than one on a single example, until the units are "
        "full; from there on time grows with the size. An epoch is (number of examples ÷ size) updates, so it "
        "gets cheaper as long as the update's curve is flat. On a graphics card the flat part is far longer. "
        "Widen the network and measure again: a larger product fills the machine with fewer examples.",
        "处理器一次算好几个数，而发起一次调用的代价与内容无关。所以用几个样本更新一次，并不比用一个慢多少，直到计"
        "算单元占满；从那以后，时间随大小增长。一轮是（样本数 ÷ 批大小）次更新，所以只要更新的曲线是平的，一轮就"
        "越来越便宜。在显卡上，平的一段要长得多。把网络加宽再测：乘法更大，较少的样本就能占满机器。",
    ),
    asks="measured~slower",
)
SMALL_OR_LARGE = Stop(
    lesson="small_or_large_batches",
    says=Words("The large batch's epoch is shorter; the small batch's loss is lower", "大批的一轮更短，小批的损失更低"),
    notes=Words(
        "The table of the notes, with our own numbers; run it before the lecture. 4 against all 280, 100 epochs: "
        "7000 updates against 100. One update on all takes longer, but not 70 times. Let the class fill in the "
        "last lines first: the large batch's losses end over ten times as large.",
        "讲义里的那张表，用我们自己的数字，课前先运行。4 个对全部 280 个，各 100 轮：更新 7000 次对 100 次。用全部"
        "样本的一次更新更慢，但不到 70 倍。最后几行先让大家填：大批的损失要大十倍以上。",
    ),
    more=Words(
        "Read the table by pairs: what the large batch gains is time per epoch on parallel hardware and a "
        "gradient without noise; what it loses is the number of updates. With the same rate and epochs it simply "
        "has not gone far enough. In practice one raises the learning rate with the batch, about in proportion "
        "for a while, to make up for it. Raise the number of epochs for both and watch which rows change sides, "
        "and which never do.",
        "成对地读这张表：大批得到的是并行硬件上更短的一轮、没有噪声的梯度；失去的是更新次数。学习率和轮数相同时，"
        "它只是还没走够。实际中会让学习率随批增大，在一定范围内大致成比例，来弥补这一点。把两者的轮数都调多，看哪"
        "几行会反过来，哪几行从不。",
    ),
    asks="measured~worse",
)
EQUAL_UPDATES = Stop(
    lesson="one_update_one_batch_one_epoch",
    says=Words("One update, one batch; when all have been seen, one epoch", "一批更新一次；全看过一遍，叫一轮"),
    notes=Words(
        "Three words to keep apart. 400 updates each: with all 140 examples an update is an epoch; with batches of "
        "8 an epoch is 18 updates; with single examples 140. Point at the paths: smooth, shaking, shaking more. "
        "Same number of updates, so who has seen more examples?",
        "三个词要分清。各更新 400 次：用全部 140 个样本，一次更新就是一轮；每批 8 个，一轮 18 次；每次一个，一轮 "
        "140 次。指路径：平滑、抖、更抖。更新次数一样，谁看过的样本多？",
    ),
    more=Words(
        "One update: one batch, one step. One epoch: so many updates that every example has been seen once. "
        "Shuffling: before each epoch the examples are dealt anew, so that batches are not always the same. At "
        "equal updates the large batch has seen far more examples, so it has had more work done for it. Every "
        "figure of training should therefore say what its axis counts: updates, epochs or seconds give three "
        "different winners. Switch to equal epochs and compare.",
        "一次更新：一批，一步。一轮：每个样本都看过一次所需的更新。打乱：每轮之前重新发牌，批次就不会总是老样子。"
        "更新次数相同时，大批看过的样本多得多，也就是花了更多的工作。所以任何训练曲线都该说明横轴数的是什么：按更"
        "新、按轮、按秒，赢家可以是三个。切换到“轮数相同”比较一下。",
    ),
    shows="batch_map batch_loss_updates",
    asks="measured~epoch",
)
THE_EDGE = Stop(
    lesson="edge_of_stability",
    says=Words("Training walks to the edge of stability, and stays there", "训练自己走到稳定的边缘，就停在那里"),
    notes=Words(
        "The textbook says: choose η below 2 over the curvature. But the curvature is not given. With η = 0.1 the "
        "sharpness rises to 20, with η = 0.05 to 40: to 2/η, its own dashed line. There the loss jumps again and "
        "again. Ask what a larger rate would do: end in a flatter place.",
        "教科书说：η 要小于 2 除以曲率。可曲率不是给定的。η = 0.1 时锐度升到 20，η = 0.05 时升到 40：正是各自的虚"
        "线 2/η。到了那里，损失一次次跳高。问：学习率再大会怎样？停在更平的地方。",
    ),
    more=Words(
        "Gradient descent on a parabola is stable for λη < 2. On a network λ, the largest eigenvalue of H, "
        "moves: it rises during training (progressive sharpening) until it meets 2/η. Beyond it the steps along "
        "the sharpest direction grow, and that very oscillation carries the weights to a less sharp place; so λ "
        "is held near 2/η, and the loss goes down on average although not at every step. The learning rate thus "
        "decides where training may go. Halve η, and the dashed line doubles.",
        "梯度下降在抛物面上稳定的条件是 λη < 2。在网络上，H 的最大特征值 λ 会变：训练中它上升（渐进锐化），直到碰"
        "上 2/η。再往上，沿最尖方向的步子越来越大，而正是这个振荡把权重带到不那么尖的地方；于是 λ 被保持在 2/η 附"
        "近，损失平均在降，虽然不是步步都降。所以学习率决定了训练能去哪里。η 减半，虚线就加倍。",
    ),
    minutes=2.5,
    asks="measured~sharpness",
)
NOISE_KEEPS_FLAT = Stop(
    lesson="edge_of_stability",
    stage=2,
    says=Words("Small batches stay in flatter places than the edge allows", "小批量停在比边缘更平的地方"),
    notes=Words(
        "The same two rates, batches of 7 instead of all 70. Both end at about half of their limit: the noise "
        "throws them out of narrower places. That is one half of the story that small batches generalise; the "
        "other half, that flat is better, is still argued about.",
        "同样两个学习率，每批 7 个而不是全部 70 个。两者最后都只有上限的一半左右：噪声把它们从更窄的地方抖了出来。“"
        "小批泛化好”的故事，这是一半；另一半，“平坦就好”，还在争论。",
    ),
    more=Words(
        "With a batch the step is not exact: its noise is largest where the examples disagree, and it pushes "
        "along sharp directions, too. A place may be stable for the exact gradient and still not hold a path "
        "that is shaken all the time, so the sharpness stays below 2/η. How far below depends on the batch and "
        "the rate together. Make the batches larger in the panel: the curves should move up towards their dashed "
        "lines.",
        "用小批时步子不精确：样本意见不一的地方噪声最大，它也沿尖锐的方向推。一个地方对精确的梯度是稳定的，却未必"
        "留得住一条不停抖动的路径，所以锐度停在 2/η 以下。低多少，取决于批大小与学习率的组合。在面板里把批调大："
        "曲线应当上移，靠近各自的虚线。",
    ),
    asks="measured~sharpness",
)
NOISE_SETTLES = Stop(
    lesson="noise_and_decay",
    says=Words("At a constant rate noise never lets it rest; decay does", "学习率恒定，噪声就不让它停；衰减才行"),
    notes=Words(
        "Both get exactly the same noise. Stop at step 75: they look alike. Go on: over the second half of the 600 "
        "steps the mean loss is 12 at the constant rate, 0.4 with a rate that halves every 100 steps. Ask why "
        "small steps help: they average the noise.",
        "两者得到的噪声完全相同。停在第 75 步：看起来差不多。继续：600 步的后一半里，恒定学习率的平均损失是 12，每 "
        "100 步减半的是 0.4。问：小步为什么有用？它把噪声平均掉了。",
    ),
    more=Words(
        "With noise the path does not converge to a point but to a cloud around the minimum. Its size comes from "
        "a balance: noise adds about η² of variance a step, the slope takes a share of about ηλ of it away, so "
        "in the end the variance is proportional to η. Smaller steps, smaller cloud; but also slower on the way. "
        "A schedule has both: large steps first, small ones last. Give the constant rate the final rate of the "
        "other one: it is as calm, and takes far longer to arrive.",
        "有噪声时，路径不收敛到一点，而是收敛到极小点周围的一团。它的大小来自平衡：噪声每步增加约 η² 的方差，坡度"
        "带走其中约 ηλ 的比例，所以最后的方差与 η 成正比。步子小，云团就小，可路上也慢。学习率计划两样都有：先大"
        "步，后小步。把恒定的那个改成另一个最后的学习率：同样安静，但要久得多才到。",
    ),
    pauses=(75,),
    shows="map loss",
    asks="lowest",
    exercise="arrives~gradient_descent~booth",
)
