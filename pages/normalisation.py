"""Normalisation: the same data and the same network, raw and normalised."""

from records import Words
from views import frame
from views.controls import network
from views.controls.fields import send_panel
from views.export import network as export
from views.kit.pages import Page
from views.normalisation import layers, stage
from views.session import visit

PAGE = Page(
    title=Words("Normalisation", "归一化"),
    tagline=Words(
        "The same data, the same network, the same seeds: raw against normalised.",
        "同样的数据、同样的网络、同样的种子：不归一化与归一化的比较。",
    ),
    question=Words("Why normalise?", "为什么要归一化？"),
    group="networks",
    place=8,
)

picture, controls, folded = frame.bench("normalisation")
net = visit.network()
with picture:  # of features first, for it is fast
    of_layers = stage.show(net)
with controls:  # before the work below: who wants another network need not wait for this one
    network.data_menu(net)
    send_panel(stage.groups(stage.asked_for(net)))
with folded:
    export.share_network(net.alike, "normalisation")
    layers.formulas()
with of_layers:
    stage.show_layers(net)
