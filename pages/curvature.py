"""Curvature: the Hessian's spectrum and the sharpness through training; flat and sharp minima."""

from views import frame
from views.controls import network
from views.curvature import flat_minima, stage
from views.session import visit
from views.session.trained import trained

picture, controls, folded = frame.bench("curvature")
net = visit.network()
with controls:  # before the work below: who wants another network need not wait for this one
    network.data_menu(net)
    network.network_panel(net, without=("seeds", "dropout"))
with picture:
    training = trained(net)
    if training is not None:
        stage.show(net, training)
with folded:
    flat_minima.shifted()
    if training is not None:
        flat_minima.around_ends(net, training)
