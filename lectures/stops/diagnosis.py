"""Diagnosis: what is the matter with a training, and what to do about it."""

from lectures.base import Stop
from records import Words

IS_IT_THE_MODEL = Stop(
    lesson="too_small_or_badly_optimised",
    says=Words(
        "A large training loss: is the model too small, or badly trained?", "训练损失大：是模型太小，还是没训练好？"
    ),
    notes=Words(
        "Begin with the training loss, never with the test. A line between two spirals ends at 0.60. Take a vote: "
        "too small, or the optimizer's fault? The honest answer: one run alone does not tell, and the chart says "
        "so.",
        "先看训练损失，不要先看测试。一条直线分两条螺旋，停在 0.60。表决：模型太小，还是优化器的错？老实说：只看一"
        "次训练分不清，图上也是这么说的。",
    ),
    pauses=(150,),
    asks="verdict~0",
)
A_LARGER_ONE_TELLS = Stop(
    lesson="too_small_or_badly_optimised",
    stage=1,
    says=Words("If a larger model gets lower, the first was too small", "更大的模型降得更低，说明原来的太小"),
    notes=Words(
        "The same rule and rate for all. Two layers of 2 neurons: 0.39; two layers of 32: 0.013. So the line was "
        "too small, and the 2 neurons were, too. The box that lights up is model bias: more features, more "
        "neurons, more layers.",
        "规则和学习率都一样。两层各 2 个神经元：0.39；两层各 32 个：0.013。所以直线太小，2 个也太小。亮起来的是模型"
        "偏差：加特征、加神经元、加层。",
    ),
    pauses=(150,),
    asks="order",
)
THE_SAME_ONE_TELLS = Stop(
    lesson="too_small_or_badly_optimised",
    stage=2,
    says=Words("If the same model can do better, it is optimisation", "同一个模型能做得更好，那就是优化问题"),
    notes=Words(
        "The same 32 neurons twice, once with a hundredth of the rate: 0.013 and 0.60. Ask for the box before it "
        "lights up. It cannot be the model, for the other one is the same. So: the optimizer, the rate, or more "
        "patience.",
        "同样 32 个神经元，一个用百分之一的学习率：0.013 和 0.60。亮灯之前先问是哪个框。不会是模型，另一个就是同一"
        "个模型。所以是优化器、学习率，或者耐心不够。",
    ),
    pauses=(150,),
    asks="verdict~1",
)
DEEPER_AND_WORSE = Stop(
    lesson="deeper_and_worse",
    says=Words("Fifty-six layers, worse than twenty on the training set", "五十六层，在训练集上比二十层还差"),
    notes=Words(
        "Ask first: whose training loss is lower? Twenty layers: 0.003. Fifty-six: 0.693, guessing. Many say "
        "overfitting; but it is the training loss. Too small it is not. So it is optimisation, and that picture "
        "made residual networks.",
        "先问：谁的训练损失更低？二十层 0.003，五十六层 0.693，等于瞎猜。很多人会说过拟合；可这是训练损失。也不是模"
        "型太小。所以是优化问题，残差网络就是从这样一张图来的。",
    ),
    minutes=2.5,
    asks="lowest",
)
A_WAY_AROUND_EACH = Stop(
    lesson="deeper_and_worse",
    stage=1,
    says=Words("With a way around each layer, fifty-six learn it, too", "每层加一条旁路，五十六层也学会了"),
    notes=Words(
        "Residual connections with batch normalisation; depth, rule and rate as before. The third path ends at a "
        "training loss of 0.0001, lower than that of twenty layers. The capacity was there all the time.",
        "残差连接加批归一化，深度、规则、学习率不变。第三条停在训练损失 0.0001，比二十层还低。能力一直都在。",
    ),
    minutes=1.5,
    asks="lowest",
)
LEARNED_BY_HEART = Stop(
    lesson="learned_by_heart",
    says=Words("It is right at every point it has seen, and says anything between", "见过的点个个都对，中间随它乱说"),
    notes=Words(
        "Eight noisy points, 64 neurons a layer. The training loss is 0.00002: perfect. Look at the curve between "
        "the points. Stop at 408: there the test loss was lowest, 0.30; in the end it is 0.45. What remembers has "
        "not learned.",
        "八个带噪声的点，每层 64 个神经元。训练损失 0.00002，完美。再看点与点之间的曲线。停在第 408 次：测试损失那"
        "时最低，0.30；最后是 0.45。记住不等于学会。",
    ),
    pauses=(408,),
    asks="turns~0",
)
THREE_KNOW_BETTER = Stop(
    lesson="learned_by_heart",
    stage=1,
    says=Words("Three neurons miss points, and are nearer to the truth", "三个神经元错过一些点，却更接近真相"),
    notes=Words(
        "Three neurons a layer beside the 64. Training loss 0.12 against 0.00002, test loss 0.30 against 0.45. Ask "
        "which one the class would hand in, and what they would have said had they seen the training loss only.",
        "64 个旁边放一个每层三个的。训练损失 0.12 对 0.00002，测试损失 0.30 对 0.45。问：你会交哪一个？如果只看训练"
        "损失，又会交哪一个？",
    ),
    minutes=1.5,
    asks="compared~tests",
)
THIRTY_BY_HEART = Stop(
    lesson="one_remedy_each",
    says=Words("Small training loss, large test loss: overfitting", "训练损失小，测试损失大：过拟合"),
    notes=Words(
        "Thirty noisy examples, two layers of 32: training 0.001, test 1.27, the median of five seeds. Only now, "
        "with a small training loss, may one speak of overfitting. Collect remedies from the class before you show "
        "them.",
        "三十个带噪声的样本，两层各 32：训练 0.001，测试 1.27，五个种子的中位数。训练损失小了，这时才可以说过拟合。"
        "先让大家说对策，再展示。",
    ),
    pauses=(80,),
    asks="verdict~0",
)
MORE_DATA = Stop(
    lesson="one_remedy_each",
    stage=1,
    says=Words("More data helps most; moved copies help a little", "更多数据最有效，挪动的副本也有点用"),
    notes=Words(
        "All the training examples there are: test 0.30. Four moved copies of the thirty: 0.73, down from 1.27 and "
        "still far from 0.30. Ask which copies are allowed: those that could have been examples. A picture upside "
        "down could not.",
        "用上全部训练样本：测试 0.30。三十个各复制四份并略微移动：0.73，比 1.27 好，但离 0.30 还远。问：什么样的副"
        "本才行？本来就可能出现的才行，倒过来的照片不行。",
    ),
    asks="compared~tests",
)
FIVE_CONSTRAINTS = Stop(
    lesson="one_remedy_each",
    stage=2,
    says=Words("Five constraints: each costs training loss and saves test loss", "五种限制：都以训练损失换测试损失"),
    notes=Words(
        "Test losses against 1.27: early stop 0.42, penalty 0.47, dropout 0.48, two neurons 0.54, one feature "
        "0.70. Training rises from 0.001 to between 0.19 and 0.47. Too much of any is model bias again: two boxes "
        "say so already.",
        "测试损失，原来 1.27：早停 0.42，惩罚 0.47，丢弃 0.48，两个神经元 0.54，一个特征 0.70。训练损失从 0.001 升"
        "到 0.19 至 0.47。过头又成了模型偏差：有两个框已经这么说了。",
    ),
    minutes=2.5,
    asks="compared~tests",
)
CHOOSE_BY_VALIDATION = Stop(
    lesson="neither_too_small_nor_too_large",
    shows="sizes",
    says=Words(
        "Training likes the largest model; validation likes one in between", "训练喜欢最大的模型，验证喜欢中间的"
    ),
    notes=Words(
        "Run it before the lecture. Sixty examples, widths 1 to 64. The training loss only falls, below 0.02; the "
        "validation loss is a U, lowest at width 4, 0.37. Five folds let every example judge once, and choose 4, "
        "too. Nobody has looked at the test yet.",
        "课前先运行。六十个样本，宽度 1 到 64。训练损失一路降到 0.02 以下；验证损失呈 U 形，宽度 4 最低，0.37。五折"
        "让每个样本各评判一次，也选 4。到现在谁也没看过测试。",
    ),
    minutes=2.5,
    asks="compared~sizes",
)
OPEN_THE_TEST = Stop(
    lesson="neither_too_small_nor_too_large",
    shows="sizes",
    stage=2,
    says=Words("Open the test once; then it is used up", "测试只打开一次，打开就用掉了"),
    notes=Words(
        "Width 4 was chosen without it, so its test loss, 0.2, is an honest number. It happens to be the lowest of "
        "all; that was luck, not the method's promise. Ask: may one now take another width? One may, but this test "
        "can no longer judge it.",
        "选宽度 4 时没用过测试，所以它的 0.2 是诚实的数字。正好还是最低的：那是运气，方法并不保证。问：现在可以改选"
        "别的宽度吗？可以，但这个测试已不能再评判它。",
    ),
)
FROM_ELSEWHERE = Stop(
    lesson="tests_from_elsewhere",
    stage=1,
    says=Words(
        "If the test comes from elsewhere, more data from here does not help", "测试来自别处，这里的数据再多也没用"
    ),
    notes=Words(
        "First the tests were from the same place: 30 examples 1.59, all of them 0.30. Now they are moved by 1.5 "
        "deviations: 3.1 and 2.8. Ask which remedy of the list helps. None: this is mismatch, and one has to look "
        "at the data.",
        "原先测试来自同一处：三十个样本 1.59，全部 0.30。现在移动 1.5 个标准差：3.1 和 2.8。问：清单上哪种对策有用？"
        "都没用。这是分布不一致，要回去看数据。",
    ),
    asks="verdict~1",
)
THE_BEST_OF_A_THOUSAND_COINS = Stop(
    lesson="the_best_of_many_coins",
    says=Words(
        "Of a thousand coins one is right 64 %, and knows nothing", "一千枚硬币里总有一枚对 64 %，可它什么都不懂"
    ),
    notes=Words(
        "A public test of 100 examples, a thousand models that flip coins. Ask for the best score. 64 %, enough to "
        "win; on the private test it gets 50 %. So who tries often enough on a public list will be good there. "
        "That is why the last score is kept secret.",
        "公开测试 100 题，一千个抛硬币的模型。问：最高分多少？64 %，够夺冠了；私有测试上是 50 %。在公开榜上试得够多，"
        "总会好看。所以最后的分数要保密。",
    ),
    asks="measured~best_coin",
)
TEN_OUT_OF_TEN = Stop(
    lesson="the_best_of_many_coins",
    stage=2,
    says=Words("With ten public examples, one coin has all ten right", "公开题只有十个，就有硬币全对"),
    notes=Words(
        "The same thousand coins, the first ten examples only. Compute it: the chance of ten right is 1/1024, and "
        "there are a thousand coins. In private this one gets 47.3 %. A small validation set and many trials: the "
        "same mistake, made every day.",
        "同样一千枚硬币，只用前十题。算一算：十题全对的机会是 1/1024，而硬币有一千枚。这枚在私有测试上是 47.3 %。验"
        "证集小、尝试多，就是同一个错误，天天有人犯。",
    ),
    minutes=1.5,
    asks="measured~best_coin",
)
