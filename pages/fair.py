"""Fair race: the same starts, noise, budget and tuning for every rule, and what may be said then of who is better."""

from records import Words
from views import frame
from views.fair import stage
from views.kit.pages import Page

PAGE = Page(
    title=Words("Fair race", "公平赛"),
    tagline=Words(
        "Many starts, the same for all; every rule with its best learning rate; and “not decided” where chance could "
        "be the reason.",
        "许多相同的起点，每种规则用各自最好的学习率；可能只是偶然时，就说“未分胜负”。",
    ),
    question=Words("Which rule is better?", "哪种规则更好？"),
    group="surfaces",
    place=1.7,
)

picture, controls, folded = frame.bench("fair")
with controls:  # before the work below: who wants another race need not wait for this one
    stage.panel()
with picture:
    stage.show()
with folded:
    stage.folded()
