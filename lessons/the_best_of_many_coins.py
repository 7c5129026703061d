"""H5: a thousand coins, a public test, and the private one."""

from lessons.base import Lesson, Step
from records import Words
from settings.diagnosis import Diagnosis

LESSON = Lesson(
    name=Words("The best of a thousand coins", "一千枚硬币中最好的"),
    about=Words(
        "A thousand models that flip coins take a public test of 100 examples. The best gets 64 % right, and would "
        "win. On the private test it gets 50 %: choosing by a test uses the test up. The more models are tried, the "
        "higher the best public score; the private score of the chosen one stays near one half.",
        "一千个抛硬币的模型参加 100 个样本的公开测试。最好的答对 64%，可以夺冠；到了私有测试只有 50%：用测试来挑选，"
        "测试就用掉了。试的模型越多，最好的公开得分越高；被选中者的私有得分始终在一半附近。",
    ),
    rows="H5",
    net=Diagnosis.first_network(),
    page="diagnosis",
    asks=Diagnosis(question="luck"),
    begin=Words("1000 models", "1000 个模型"),
    steps=(
        Step(
            name=Words("Ten models", "十个模型"),
            about=Words(
                "The first ten of the same coins: the best gets 53 % right in public, 50.6 % in private. Who tries few "
                "models is fooled less.",
                "同一批硬币的前十枚：最好的公开答对 53%，私有 50.6%。试得少，就不太会被骗。",
            ),
            asks=Diagnosis(question="luck", models=10),
        ),
        Step(
            name=Words("Ten examples", "十个样本"),
            about=Words(
                "All thousand coins on the first ten public examples only: the best has all ten right. In private it "
                "gets 47.3 %.",
                "一千枚硬币，只用公开测试的前十个样本：最好的十题全对，私有测试却只有 47.3%。",
            ),
            asks=Diagnosis(question="luck", public=10),
        ),
        Step(
            name=Words("1000 examples", "1000 个样本"),
            about=Words(
                "All thousand coins on a thousand public examples: the best gets 55 % right, 50.8 % in private. A "
                "large test leaves less room for luck, but some.",
                "一千枚硬币、一千个公开样本：最好的答对 55%，私有 50.8%。测试集大，运气的余地就小，但仍然有。",
            ),
            asks=Diagnosis(question="luck", public=1000),
        ),
    ),
)
