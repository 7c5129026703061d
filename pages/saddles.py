"""Minima or saddles? Many small networks at their critical points, and the signs of their curvatures."""

from views import controls, frame, network_controls, saddles

net = saddles.shown()
picture, panel, folded = frame.bench("saddles")
with panel:  # before the work: who wants other networks need not wait for these
    saddles.data_menu(net)
    network_controls.network_panel(net, saddles.WITHOUT, saddles.heard)
with folded:
    saddles.formulas()
with picture:
    controls.notices()
    search, share = saddles.asked(net)
    saddles.show(search, share)
    saddles.words(net, search)
