"""Batches: what their size does to the path, to the gradient, to the time, and to what is learned."""

from views import frame
from views.batches import stage
from views.controls import network
from views.session import visit

picture, controls, folded = frame.bench("batches")
net = visit.network()
with controls:  # before the work below: who wants another network need not wait for this one
    network.data_menu(net)
    network.network_panel(net, ("batch", "seeds"))
with picture:
    stage.show(net)
with folded:
    stage.formulas()
