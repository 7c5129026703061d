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
    more=Words(
        "The training loss has two reasons to be large, and they need opposite remedies. Either no parameters of "
        "this model are good: then it is too small, and training longer is in vain. Or good ones exist and "
        "descent has not found them: then a larger model is in vain. One curve cannot tell, since both look "
        "alike; a comparison can. Compare with the best constant answer as well, which costs ln 2 here: so much "
        "is had without looking at x at all.",
        "训练损失大有两个可能的原因，对策正好相反。要么这个模型的任何参数都不好：它太小，训练再久也没用。要么存在"
        "好的参数，只是下降没找到：换大模型也没用。一条曲线分不清，两者看起来一样；比较才行。也和最好的常数答案比"
        "一比，这里它的损失是 ln 2：完全不看 x 也能得到这么多。",
    ),
    pauses=(150,),
    asks="verdict~0",
    exercise="learns~any~spirals",
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
    more=Words(
        "The larger network contains the smaller one: set the additional weights to 0. So it can never be worse "
        "in what it is able to say, and if the same training brings it lower, the smaller one was held back by "
        "its size. The comparison is fair only if nothing else differs: data, rule, rate, updates. Model bias is "
        "the name of what even the best parameters leave over. Go on enlarging until it no longer helps: from "
        "there on something else is the limit.",
        "大网络包含小网络：把多出来的权重设为 0 就是。所以它能表达的只多不少；如果同样的训练让它降得更低，小的就"
        "是受了大小的限制。只有别的都不变，比较才公平：数据、规则、学习率、更新次数。连最好的参数也消不掉的那部分"
        "，叫模型偏差。继续放大，直到不再有用：从那里起，限制就在别处了。",
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
    more=Words(
        "Two trainings of the very same network: what one of them reaches, the other could reach. If one is "
        "clearly higher, its parameters exist but were not found, and that is optimisation. A rate that is a "
        "hundred times too small is the plainest case; too large a rate, a plateau, a bad start look different "
        "on the curve and are judged alike. So before a model is called too small, try a few rates. The page "
        "names the lane that proves it; remove that lane, and the verdict goes back to undecided.",
        "同一个网络的两次训练：一次达到的，另一次也能达到。如果其中一次明显更高，好参数是存在的，只是没找到，这就"
        "是优化问题。学习率小了一百倍是最明白的例子；太大、遇到平台、起点不好，曲线样子不同，判断一样。所以在说模"
        "型太小之前，先试几个学习率。页面会指出是哪条路径证明的；去掉它，判断就回到“分不清”。",
    ),
    pauses=(150,),
    asks="verdict~1",
)
DEEPER_AND_WORSE = Stop(
    lesson="deeper_and_worse",
    shows="train",
    says=Words("Fifty-six layers, worse than twenty on the training set", "五十六层，在训练集上比二十层还差"),
    notes=Words(
        "Ask first: whose training loss is lower? Twenty layers: 0.003. Fifty-six: 0.693, guessing. Many say "
        "overfitting; but it is the training loss. Too small it is not. So it is optimisation, and that picture "
        "made residual networks.",
        "先问：谁的训练损失更低？二十层 0.003，五十六层 0.693，等于瞎猜。很多人会说过拟合；可这是训练损失。也不是模"
        "型太小。所以是优化问题，残差网络就是从这样一张图来的。",
    ),
    more=Words(
        "Fifty-six layers contain twenty: let thirty-six of them hand on what they get. So the deeper network "
        "cannot be too small, and as its training loss is the larger one, it cannot be overfitting either. What "
        "is left is optimisation: descent does not find the thirty-six layers that do nothing. He and others "
        "showed such curves on images in 2015. The order of the argument matters more than the example: first "
        "the training loss, then who contains whom, then the name of the fault.",
        "五十六层包含二十层：让其中三十六层把收到的原样传下去。所以更深的网络不会太小；它的训练损失更大，也就不会"
        "是过拟合。剩下的只有优化：下降找不到那三十六个“什么也不做”的层。何恺明等人 2015 年在图像上给出过这样的曲"
        "线。论证的次序比例子更要紧：先看训练损失，再看谁包含谁，最后给毛病命名。",
    ),
    minutes=2.5,
    asks="lowest",
)
A_WAY_AROUND_EACH = Stop(
    lesson="deeper_and_worse",
    stage=1,
    shows="train",
    says=Words("With a way around each layer, fifty-six learn it, too", "每层加一条旁路，五十六层也学会了"),
    notes=Words(
        "Residual connections with batch normalisation; depth, rule and rate as before. The third path ends at a "
        "training loss of 0.0001, lower than that of twenty layers. The capacity was there all the time.",
        "残差连接加批归一化，深度、规则、学习率不变。第三条停在训练损失 0.0001，比二十层还低。能力一直都在。",
    ),
    more=Words(
        "h + f(h): a layer that does nothing is now f = 0, which is easy to find, instead of the identity, which "
        "is not. Going back, the error passes each layer unchanged and gets a part added. So the argument of the "
        "last stop is turned into an architecture: make the good parameters lie near the start. Here batch "
        "normalisation belongs to it: without, the sums of fifty-six layers grow too large. Set the "
        "normalisation of the third lane back to none: then it is the bypass alone.",
        "h + f(h)：现在“什么也不做”就是 f = 0，容易找到；而恒等映射不容易。往回走时，误差原样穿过每一层，再加上一"
        "份。上一站的论证于是变成了结构：让好的参数就在起点附近。这里还要配上批归一化：没有它，五十六层加起来太大"
        "。把第三条的归一化改回“无”，只留旁路，看看怎样。",
    ),
    minutes=1.5,
    asks="lowest",
)
LEARNED_BY_HEART = Stop(
    lesson="learned_by_heart",
    shows="fit train",
    says=Words("It is right at every point it has seen, and says anything between", "见过的点个个都对，中间随它乱说"),
    notes=Words(
        "Eight noisy points, 64 neurons a layer. The training loss is 0.00002: perfect. Look at the curve between "
        "the points. Stop at 408: there the test loss was lowest, 0.30; in the end it is 0.45. What remembers has "
        "not learned.",
        "八个带噪声的点，每层 64 个神经元。训练损失 0.00002，完美。再看点与点之间的曲线。停在第 408 次：测试损失那"
        "时最低，0.30；最后是 0.45。记住不等于学会。",
    ),
    more=Words(
        "With far more weights than points there are many functions through all of them, and the training loss "
        "is 0 for each. Which one descent finds depends on first weights and rule; between the points nothing "
        "holds it. The noise of each point is fitted as if it were the truth. So a training loss near 0 is no "
        "praise by itself. Watch the curve between the points as the clock runs: first it takes the shape of the "
        "whole, later only the bends for single points.",
        "权重远多于点时，穿过所有点的函数有许多，训练损失都是 0。下降找到哪一个，取决于初始权重和规则；点与点之间"
        "没有什么约束它。每个点的噪声都被当成真相来拟合。所以训练损失接近 0 本身不值得夸。让时钟走，看点间的曲线"
        "：先学到整体的形状，后来只是为个别的点拐弯。",
    ),
    pauses=(408,),
    asks="turns~0",
    exercise="generalises~any~sine",
)
THREE_KNOW_BETTER = Stop(
    lesson="learned_by_heart",
    stage=1,
    shows="fit train",
    says=Words("Three neurons miss points, and are nearer to the truth", "三个神经元错过一些点，却更接近真相"),
    notes=Words(
        "Three neurons a layer beside the 64. Training loss 0.12 against 0.00002, test loss 0.30 against 0.45. Ask "
        "which one the class would hand in, and what they would have said had they seen the training loss only.",
        "64 个旁边放一个每层三个的。训练损失 0.12 对 0.00002，测试损失 0.30 对 0.45。问：你会交哪一个？如果只看训练"
        "损失，又会交哪一个？",
    ),
    more=Words(
        "Three neurons a layer cannot bend often enough to meet every point, so they average: what looks like "
        "weakness is what keeps the noise out. The expected test loss has three parts: the noise nobody can "
        "predict, the bias of what the model cannot say, and the variance of what it says only because of these "
        "examples. A small model has more bias, a large one more variance. Try five and ten neurons: where "
        "between three and sixty-four does the test loss turn?",
        "每层三个神经元，弯不了那么多次，穿不过每个点，只好取平均：看似无能，却正好挡住了噪声。测试损失的期望有三"
        "部分：谁也预测不了的噪声；模型说不出来的偏差；只因这些样本才这么说的方差。小模型偏差大，大模型方差大。试"
        "试五个和十个神经元：在三与六十四之间，测试损失从哪里回头？",
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
    more=Words(
        "Overfitting is a statement about two losses: the training loss is small, and the test loss is much "
        "larger. If the first is large, the word is wrong, whatever the second says. That is why the chart asks "
        "for the training loss first. Both moons overlap here because of the noise, so the best possible test "
        "loss is not 0 either: part of the gap can never be closed. Look at the update at which the test loss "
        "was lowest; before it, the same network had learned what there is to learn.",
        "过拟合说的是两个损失：训练损失小，测试损失大得多。前者大，这个词就用错了，不管后者怎样。所以流程图先问训"
        "练损失。这里两个月牙因噪声而重叠，测试损失的最好值也不是 0：差距有一部分永远补不上。看测试损失最低时是第"
        "几次更新；在那之前，同一个网络已经学到了能学的东西。",
    ),
    pauses=(80,),
    asks="verdict~0",
)
MORE_DATA = Stop(
    lesson="one_remedy_each",
    stage=1,
    shows="train",
    says=Words("More data helps most; moved copies help a little", "更多数据最有效，挪动的副本也有点用"),
    notes=Words(
        "All the training examples there are: test 0.30. Four moved copies of the thirty: 0.73, down from 1.27 and "
        "still far from 0.30. Ask which copies are allowed: those that could have been examples. A picture upside "
        "down could not.",
        "用上全部训练样本：测试 0.30。三十个各复制四份并略微移动：0.73，比 1.27 好，但离 0.30 还远。问：什么样的副"
        "本才行？本来就可能出现的才行，倒过来的照片不行。",
    ),
    more=Words(
        "With more examples the same network must please more of them at once, and noise in different examples "
        "points in different directions. So variance falls, about in inverse proportion to their number, while "
        "bias stays. Copies with small changes say what must not matter: the answer should stay when a point "
        "moves a little. That is knowledge put in by hand, and it helps only if it is true. Try larger jitter: "
        "at some size the copies of one class lie where the other one is.",
        "样本多了，同一个网络要同时让更多样本满意，而不同样本的噪声方向各异。于是方差下降，大致与样本数成反比，偏"
        "差不变。略作改动的副本，说的是什么不要紧：点稍微移动，答案应当不变。这是人放进去的知识，只有它是真的才有"
        "帮助。试试更大的抖动：大到某个程度，一类的副本就落到另一类里去了。",
    ),
    asks="compared~tests",
)
FIVE_CONSTRAINTS = Stop(
    lesson="one_remedy_each",
    stage=2,
    shows="train",
    says=Words("Five constraints: each costs training loss and saves test loss", "五种限制：都以训练损失换测试损失"),
    notes=Words(
        "Test losses against 1.27: early stop 0.42, penalty 0.47, dropout 0.48, two neurons 0.54, one feature "
        "0.70. Training rises from 0.001 to between 0.19 and 0.47. Too much of any is model bias again: two boxes "
        "say so already.",
        "测试损失，原来 1.27：早停 0.42，惩罚 0.47，丢弃 0.48，两个神经元 0.54，一个特征 0.70。训练损失从 0.001 升"
        "到 0.19 至 0.47。过头又成了模型偏差：有两个框已经这么说了。",
    ),
    more=Words(
        "Each of the five takes away some functions: large weights, many neurons, one of the features, neurons "
        "that rely on one another, or the last part of the way. If the true function is still among what is "
        "left, only noise is lost. Too strong a constraint takes that away, too, and the training loss shows it "
        "by being large. So one turns the knob until validation is lowest, not until training looks honest. Set "
        "each to half and to twice its value and see which is the most delicate.",
        "五种办法各拿走一些函数：大权重、许多神经元、一个特征、互相依赖的神经元，或者最后一段路。只要真正的函数还"
        "在剩下的里面，丢的就只是噪声。限制太强，连它也拿走了，训练损失就会变大。所以要把旋钮转到验证损失最低处，"
        "而不是转到训练损失“看起来诚实”。把每种都取一半和两倍，看哪一种最敏感。",
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
    more=Words(
        "The training loss falls with every size because each network contains the smaller ones. Validation "
        "examples are not learned from, so their loss falls only while the size still helps, and then rises: the "
        "U. With few examples one split is luck; k folds use every example for judging once and average. The "
        "folds' mean chooses, then all examples are used to train the chosen size. Change the number of folds: "
        "if the choice changes, it was never certain.",
        "训练损失随大小一路下降，因为每个网络都包含更小的。验证样本没有参加学习，所以它们的损失只在变大还有用时下"
        "降，然后上升：这就是 U 形。样本少时，一次划分靠运气；k 折让每个样本各评判一次再平均。用各折的平均来选，"
        "再用全部样本训练选中的大小。改改折数：如果选择跟着变，它本来就不确定。",
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
    more=Words(
        "The chosen size's validation loss is too good on average, because it was chosen for being low: the luck "
        "of the draw is in it. The test has not been asked yet, so its number carries no such luck, once. Choose "
        "again after seeing it, and it becomes validation. That is why the lab closes the test as soon as "
        "anything is changed. Compare the two numbers of the chosen size: their difference is the luck, as far "
        "as the sizes of the two sets allow one to say.",
        "选中的大小，验证损失平均来说偏好，因为它就是因为低才被选中的：里面有运气。测试还没被问过，所以它的数字没"
        "有这份运气，只限一次。看过之后再选，它就变成了验证。所以只要改动任何东西，实验室就把测试合上。比较选中大"
        "小的这两个数：差别就是运气，在两份数据的大小所允许的程度上。",
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
    more=Words(
        "All of learning rests on one assumption: examples to come are drawn like those that were learned from. "
        "Shift the tests, and the boundary that was right is now in the wrong place for them, however well it "
        "was learned. More data from the old place makes it only more precise about the old place. The page can "
        "tell it from overfitting because it keeps the same tests unmoved for comparison; outside a lab one has "
        "to look at the data. Turn or stretch the tests instead of shifting them.",
        "整个学习建立在一个假设上：将来的样本和学过的来自同一处。把测试平移，原来正确的边界对它们就不对了，学得再"
        "好也一样。旧地方的数据再多，也只是对旧地方更精确。页面能把它与过拟合分开，因为它留着同样的、没移动过的测"
        "试作比较；实验室之外，只能去看数据。不平移，改成旋转或拉伸测试试试。",
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
    more=Words(
        "A coin gets 50 of 100 right with a standard deviation of 5. Of a thousand coins the best lies about "
        "three deviations above the mean, near 65, without knowing anything. On the private test it is a coin "
        "like any other again. The gap between the two is the price of having chosen by the public score, and it "
        "grows with the number tried, though slowly: about like the root of its logarithm. Draw other guesses, "
        "and the best changes; its private score stays near a half.",
        "一枚硬币 100 题答对 50，标准差 5。一千枚里最好的，大约高出三个标准差，接近 65，却什么也不懂。到私有测试"
        "上，它又是一枚普通的硬币。两者之差就是按公开分数挑选的代价，它随尝试次数增大，但很慢：大约像对数的平方根"
        "。换一批猜测，最好的就换了人；它的私有分数仍在一半左右。",
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
    more=Words(
        "With n examples the standard deviation of a coin's score is ½/√n: 16 % for ten, 5 % for a hundred, 1.6 "
        "% for a thousand. So the best of many looks the better the fewer examples judge it. The chance that "
        "none of a thousand coins has ten right is (1 − 1/1024) to the power 1000, about 38 %; here one did. "
        "Make the public test larger: what the best coin gains by luck shrinks like 1/√n. That is what a "
        "validation set's size is for.",
        "n 道题时，一枚硬币得分的标准差是 ½/√n：十题 16 %，一百题 5 %，一千题 1.6 %。所以评判的题越少，众多中最好"
        "的看起来越好。一千枚里没有一枚十题全对的机会，是 (1 − 1/1024) 的 1000 次方，约 38 %；这里有一枚全对。把"
        "公开测试变大：最好的硬币靠运气多得的分按 1/√n 缩小。验证集要够大，就为这个。",
    ),
    minutes=1.5,
    asks="measured~best_coin",
)
