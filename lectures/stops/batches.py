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
)
