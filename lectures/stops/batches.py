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
    pauses=(75,),
    shows="map loss",
    asks="lowest",
)
