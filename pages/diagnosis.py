"""Diagnosis: what is wrong with a training, by numbers, and what to do about it; how to choose, and how not to."""

from records import Words
from views import frame
from views.diagnosis import folds, guide, luck, question, tuning
from views.kit.pages import Page
from views.session import visit

PAGE = Page(
    title=Words("Diagnosis", "诊断"),
    tagline=Words(
        "The training guide, lit by what was measured: too small, badly optimised, overfitting, or tested elsewhere.",
        "用测得的数点亮的训练攻略：模型太小、优化不好、过拟合，还是测试来自别处。",
    ),
    question=Words("What is wrong?", "问题出在哪里？"),
    group="networks",
    place=4.5,
)
QUESTIONS = {"guide": guide, "tuning": tuning, "folds": folds, "luck": luck}

picture, controls, folded = frame.bench("diagnosis")
net = visit.network()
with picture:
    asked = QUESTIONS[question.chosen()]
with controls:  # before the work below: who wants another network need not wait for this one
    asked.panel(net)
with picture:
    found = asked.show(net)
with folded:
    asked.folded(net, found)
