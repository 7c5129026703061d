"""The rows of the lecture: what there is to see, one idea each, and which set of notes it was found in."""

from dataclasses import dataclass

from records import Words

CHAPTERS = {  # by the first letter of their rows
    "A": Words("Loss and error surface", "损失与误差曲面"),
    "B": Words("Batches", "批量"),
    "C": Words("Critical points", "临界点"),
    "D": Words("Momentum", "动量"),
    "E": Words("Adaptive learning rates and schedules", "自适应学习率与学习率计划"),
    "F": Words("Change the surface instead", "改变曲面本身"),
    "G": Words("Classification", "分类"),
    "H": Words("Diagnosis", "诊断"),
    "I": Words("Gradients", "梯度"),
}
NOTES = {  # sets of lecture notes, by the numbers that rows cite; what they are called is their own
    "000": Words("MLNote", "MLNote"),
    "001": Words("Lecture 1&2", "Lecture 1&2"),
    "002": Words("Regression & classification", "Regression & classification"),
    "003": Words("linear hypothesis", "linear hypothesis"),
    "004": Words("training guide", "training guide"),
}


@dataclass(frozen=True)
class Row:
    """One idea. An id never changes its meaning.

    notes: numbers of the sets that have it; "" where it is not recorded which.
    lacks: what of it no demonstration shows yet.
    """

    id: str
    name: Words
    notes: str = ""
    lacks: Words = Words("", "")

    @property
    def chapter(self) -> str:
        """The letter of its chapter."""
        return self.id[0]


ROWS = {row.id: row for row in (
    Row("A1", Words(
        "A line through data has an error surface over its slope and intercept; each loss gives another one",
        "拟合数据的直线，对斜率和截距有一张误差曲面；每种损失各有一张",
    )),
    Row("A2", Words(
        "Gradient descent in one dimension: the sign of the slope gives the direction, its size and η the step",
        "一维梯度下降：斜率的符号定方向，斜率大小与 η 定步长",
    )),
    Row("A3", Words(
        "Gradient descent in two: small steps cross the level lines at right angles",
        "二维梯度下降：步子小时，路径与等高线垂直",
    )),
    Row("A4", Words(
        "A curve is a sum of hinges or of sigmoids: every neuron adds one piece",
        "曲线是折线或 sigmoid 之和：每个神经元添一段",
    )),
    Row("A5", Words(
        "The weights of a network are one long vector θ, and any rule descends on it",
        "网络的权重就是一个长向量 θ，任何规则都能在上面下降",
    )),
    Row("A6", Words(
        "A penalty on the squared weights makes the surface rounder and the answer smoother",
        "对权重平方加惩罚，曲面更圆，答案更平滑",
    )),
    Row("A7", Words(
        "Periodic data: a longer window of past values helps until it covers the period",
        "周期数据：加长过去值的窗口有帮助，直到覆盖一个周期",
    ), "000"),
    Row("A8", Words(
        "What slope, shift and height do to a single sigmoid", "斜率、平移、高度怎样改变一个 sigmoid",
    ), "000 001"),
    Row("A9", Words(
        "A linear model of indicator features answers case by case, and is linear still",
        "用指示特征的线性模型分情况作答，但仍是线性的",
    ), "002"),
    Row("A10", Words("Trying out a grid costs g^d, descending does not", "网格枚举要 g^d 次，下降则不必"), "001 002"),
    Row("A11", Words(
        "The hard sigmoid, 0.2 x + 0.5 between its two levels", "hard sigmoid：两个平台之间是 0.2 x + 0.5",
    ), "002"),
    Row("A12", Words("Linear layers one after another are one linear layer", "线性层接线性层，还是一个线性层"), "003"),
    Row("A13", Words(
        "With as many parameters, deep can do what wide cannot", "参数一样多，深能做到宽做不到的",
    ), "001 003"),
    Row("B1", Words("Update, batch, epoch and shuffling", "更新、批、轮与打乱")),
    Row("B2", Words(
        "What an update and an epoch cost on parallel hardware, by the size of the batch",
        "在并行硬件上，一次更新和一轮的用时随批量怎样变化",
    )),
    Row("B3", Words(
        "Small batches often train and generalise better at the same number of epochs",
        "轮数相同时，小批量往往训练得更好、泛化也更好",
    )),
    Row("B4", Words(
        "Flat and sharp minima, and what a shift of the surface does to each",
        "平坦与尖锐的极小值，以及曲面平移对它们的影响",
    )),
    Row("B5", Words(
        "The gradient of a batch is an unbiased, noisy sample of the full one", "批梯度是全梯度的无偏、带噪声的样本",
    )),
    Row("B6", Words(
        "Every batch has a surface of its own: what is stuck on one moves on the next",
        "每一批有自己的曲面：卡在这一批上，换一批又能走",
    ), "000 001 004"),
    Row("B7", Words("Small against large batches in one table", "一张表比较小批量与大批量"), "000 002 004"),
    Row("C1", Words(
        "Critical points: the gradient vanishes at minima, maxima and saddles",
        "临界点：极小值点、极大值点和鞍点处梯度为零",
    )),
    Row("C2", Words(
        "To second order every smooth surface is a parabola near a point", "精确到二阶，光滑曲面在一点附近就是抛物面",
    )),
    Row("C3", Words(
        "The signs of the eigenvalues of H decide what a critical point is, unless one is about 0",
        "H 的特征值符号判定临界点是什么，除非有一个约为 0",
    )),
    Row("C4", Words("The smallest network with a saddle, L = (1 − w₁w₂)²", "有鞍点的最小网络，L = (1 − w₁w₂)²")),
    Row("C5", Words("A saddle's eigenvector of negative curvature leads down", "沿鞍点负曲率的特征向量可以往下走")),
    Row("C6", Words(
        "The share of positive eigenvalues against the loss, one dot for each network",
        "正特征值的比例对损失作图，每个网络一个点",
    )),
    Row("C7", Words("In many dimensions saddles outnumber minima", "维数高时，鞍点比极小值点多")),
    Row("C8", Words(
        "Gradient and curvature 0 need not be a minimum: an inflection", "梯度与曲率都为 0 也未必是极小值：拐点",
    )),
    Row("C9", Words(
        "Newton's method walks to saddles; with |H| in the place of H it leaves them",
        "牛顿法会走向鞍点；把 H 换成 |H| 就能离开",
    )),
    Row("C10", Words(
        "A minimum over some coordinates may be a saddle over more", "对部分坐标是极小值，对更多坐标可能是鞍点",
    ), "001"),
    Row("C11", Words("Noise leaves a saddle", "噪声能离开鞍点"), "004"),
    Row("D1", Words("Momentum: the movement is λ times the last one, less η g", "动量：移动量是上一次的 λ 倍减去 η g")),
    Row("D2", Words("So it is a weighted sum of all past gradients", "因此它是过去所有梯度的加权和")),
    Row("D3", Words(
        "It rolls across plateaus, saddles and shallow hollows where gradient descent stops",
        "梯度下降停住的平台、鞍点和浅坑，它能滚过去",
    )),
    Row("E1", Words("Training can be stuck although the gradient is not small", "训练停滞时，梯度未必小")),
    Row("E2", Words(
        "No single learning rate suits all directions of a long valley", "狭长山谷里，没有一个学习率适合所有方向",
    )),
    Row("E3", Words(
        "Adagrad divides by the root mean square of all gradients so far", "Adagrad 除以至今全部梯度的均方根",
    )),
    Row("E4", Words(
        "Where the slope changes along the way, that memory is too long", "一路上坡度会变时，这样的记忆太长",
    )),
    Row("E5", Words("RMSProp forgets, with α", "RMSProp 以 α 遗忘")),
    Row("E6", Words(
        "Adam is RMSProp with momentum and a correction of the first steps", "Adam 是 RMSProp 加动量，并修正最初几步",
    )),
    Row("E7", Words(
        "The burst: σ has shrunk on small gradients, and one step explodes", "爆冲：小梯度让 σ 变小，一步突然爆开",
    )),
    Row("E8", Words("Schedules of the learning rate: decay, warm-up, recipes", "学习率计划：衰减、预热、配方")),
    Row("E9", Words("All of it in one line: θ ← θ − (η_t/σ_t)·m_t", "全部归于一行：θ ← θ − (η_t/σ_t)·m_t")),
    Row("F1", Words(
        "Features of unequal scale make narrow valleys; standardise them", "特征尺度不一造成窄谷；把它们标准化",
    )),
    Row("F2", Words("Batch normalisation", "批归一化")),
    Row("F3", Words("Layer normalisation and its relatives", "层归一化及其同类")),
    Row("F4", Words("Normalising before or after the activation", "在激活之前还是之后归一化"), "001"),
    Row("G1", Words("Softmax and one-hot targets", "Softmax 与 one-hot 目标")),
    Row("G2", Words(
        "Cross-entropy has a slope where squared error is flat and wrong", "平方误差又平又错的地方，交叉熵有坡度",
    )),
    Row("G3", Words(
        "The squared error of logistic regression: its gradient carries f(1 − f)",
        "逻辑回归的平方误差：梯度带有因子 f(1 − f)",
    )),
    Row("G4", Words("Minimising cross-entropy is maximising the likelihood", "最小化交叉熵就是最大化似然")),
    Row("G5", Words("XOR needs a hidden layer", "XOR 需要隐藏层")),
    Row("G6", Words("Generative against discriminative models", "生成模型与判别模型")),
    Row("G7", Words(
        "Least squares for classes is pulled by far points, logistic regression is not",
        "用最小二乘分类会被远点拉偏，逻辑回归不会",
    )),
    Row("G8", Words(
        "The 0–1 loss is a staircase on which nothing descends", "0–1 损失是阶梯，什么都无法在上面下降",
    ), "002 003"),
    Row("G9", Words("Numbering classes invents an order", "给类别编号，等于凭空造出顺序"), "001 004"),
    Row("G10", Words("A Gaussian for each class gives a boundary", "每类一个高斯分布，就有了边界"), "002"),
    Row("G11", Words("A naive Bayes that denies its only positive example", "朴素贝叶斯否定它唯一的正例"), "002"),
    Row("G12", Words(
        "Linear and logistic regression have gradients of one form", "线性回归与逻辑回归的梯度形式相同",
    ), "002"),
    Row("G13", Words("XOR by hand-made features, then by learned ones", "XOR：先手工造特征，再学特征"), "002"),
    Row("G14", Words("Softmax worked out: it widens gaps", "Softmax 算一遍：它拉大差距"), "001"),
    Row("H0", Words(
        "The guide: what large or small losses in training and test ask for",
        "训练指南：训练与测试损失的大小说明该做什么",
    ), "000 001 002 004"),
    Row("H1", Words("Too small a model, or an optimiser that fails?", "模型太小，还是优化没做好？")),
    Row("H2", Words("Overfitting and its remedies", "过拟合及其对策")),
    Row("H3", Words("Model size, validation, folds", "模型大小、验证集与折")),
    Row("H4", Words("Test data from elsewhere", "测试数据来自别处")),
    Row("H5", Words(
        "The best of many useless models looks good on a public test",
        "许多无用模型中最好的一个，在公开测试集上显得很好",
    ), "000 001 004"),
    Row("H6", Words("The model that only remembers", "只会死记的模型"), "000"),
    Row("H7", Words("The list of constraints on a model", "限制模型的办法一览"), "001 004"),
    Row("I1", Words(
        "A gradient checked by central differences, which err on both sides",
        "用中心差分检验梯度，步长太大太小都有误差",
    )),
    Row("I2", Words(
        "Of softmax with cross-entropy the gradient is softmax − one-hot",
        "softmax 加交叉熵的梯度就是 softmax − one-hot",
    )),
    Row("I3", Words("Backpropagation layer by layer; with sigmoids it fades", "逐层反向传播；用 sigmoid 时逐层减弱")),
    Row("I4", Words("Backpropagation in matrices", "矩阵形式的反向传播"), "003"),
    Row("I5", Words(
        "Going back needs what was computed going forth: memory against time", "反向要用前向算过的值：内存与时间的取舍",
    ), "003"),
)}  # fmt: skip
