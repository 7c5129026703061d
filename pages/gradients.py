"""Gradients: how they reach the first layer, whether they are right, and where they begin."""

from records import Words
from views import frame
from views.controls import network
from views.export import network as export
from views.gradients import stage
from views.kit.pages import Page
from views.session import visit

PAGE = Page(
    title=Words("Gradients", "梯度"),
    tagline=Words(
        "How far the gradient reaches, whether it is right, and where it begins.",
        "梯度能传多远、算得对不对、从哪里开始。",
    ),
    question=Words("Does the gradient reach the first layer?", "梯度能到达第一层吗？"),
    group="networks",
    place=9,
)

picture, controls, folded = frame.bench("gradients")
net = visit.network()
with controls:  # before the work: who wants another network need not wait for this one
    network.data_menu(net)
    stage.panel(net)
    alike = network.shared(net)
with folded:
    export.share_network(alike, "gradients")
    stage.formulas()
with picture:
    stage.show(net)
