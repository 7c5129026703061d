"""Batches: what their size does to the path, to the gradient, to the time, and to what is learned."""

from records import Words
from views import frame
from views.batches import stage
from views.controls import network
from views.controls.fields import send_panel
from views.export import network as export
from views.kit.pages import Page
from views.session import visit

PAGE = Page(
    title=Words("Batches", "批量"),
    tagline=Words(
        "One example, a few, or all of them: what an update sees decides its path, its noise, its time, and "
        "what is learned.",
        "一个样本、几个样本，还是全部：每次更新看到多少，决定了路径、噪声、时间和学到的东西。",
    ),
    question=Words("What does a batch see?", "一批样本看到了什么？"),
    group="networks",
    place=7,
)

picture, controls, folded = frame.bench("batches")
net = visit.network()
with controls:  # before the work below: who wants another network need not wait for this one
    network.data_menu(net)
    send_panel(stage.groups(stage.asked_for(net)))
    network.shared(net)
with picture:
    stage.show(net)
with folded:
    export.share_network(net.alike, "batches")
    stage.formulas()
