"""Minima or saddles? Many small networks at their critical points, and the signs of their curvatures."""

from views import frame, saddles
from views.controls import network
from views.session import visit

picture, controls, folded = frame.bench("saddles")
net = visit.network()
with controls:  # before the work: who wants other networks need not wait for these
    network.data_menu(net)
    network.network_panel(net, saddles.WITHOUT)
with folded:
    saddles.formulas()
with picture:
    search, share = saddles.asked(net)
    saddles.show(search, share)
    saddles.words(net, search)
