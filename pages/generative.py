"""Generative or discriminative: a Gaussian for each class, or only the line between them."""

from records import Words
from views import frame
from views.generative import stage
from views.kit.pages import Page

PAGE = Page(
    title=Words("Generative", "生成式"),
    tagline=Words(
        "Drag the Gaussians: their boundary follows, and logistic regression's stands beside it.",
        "拖动高斯分布：边界随之变化，旁边是逻辑回归的边界。",
    ),
    question=Words("Generative or discriminative?", "生成式还是判别式？"),
    group="surfaces",
    place=3.5,
)

picture, controls, folded = frame.bench("generative")
with picture:
    stage.show()
with controls:
    stage.panel()
with folded:
    stage.folded()
with picture:
    stage.below()
