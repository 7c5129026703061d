"""Minima or saddles? Many small networks at their critical points, and the signs of their curvatures."""

from records import Words
from views import frame
from views.controls import network
from views.export import network as export
from views.kit.pages import Page
from views.saddles import stage
from views.session import visit

PAGE = Page(
    title=Words("Minima or saddles?", "极小点还是鞍点？"),
    tagline=Words(
        "Many small networks, each brought to ‖g‖ = 0: which signs do the eigenvalues of H have there?",
        "许多小网络，各自走到 ‖g‖ = 0 的点：那里 H 的特征值符号如何？",
    ),
    question=Words("Stuck at minima, or at saddles?", "卡在极小值，还是鞍点？"),
    group="networks",
    place=6,
)

picture, controls, folded = frame.bench("saddles")
net = visit.network()
with controls:  # before the work: who wants other networks need not wait for these
    network.data_menu(net)
    stage.panel(net)
with folded:
    export.share_network(net, "saddles")
    stage.formulas()
with picture:
    stage.lay(net)
