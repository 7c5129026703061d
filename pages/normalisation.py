"""Normalisation: the same data and the same network, raw and normalised."""

from views import frame
from views.controls import network
from views.normalisation import features, layers
from views.session import visit

picture, controls, folded = frame.bench("normalisation")
net = visit.network()
layers_first = layers.on_top()
with picture:
    if not layers_first:
        features.features(net)
with controls:  # before the work below: who wants another network need not wait for this one
    network.data_menu(net)
    network.network_panel(net, ("lanes", "norm", "seeds"))
with folded:
    layers.formulas()
with picture:
    layers.layers(net)
    if layers_first:
        features.features(net)
