"""Curvature: the Hessian's spectrum and the sharpness through training; flat and sharp minima."""

from views import controls, flat_minima, frame, network_controls, spectra, state
from views.trained import trained

net = state.network()
picture, panel, folded = frame.bench("curvature")
with panel:  # before the work below: who wants another network need not wait for this one
    network_controls.data_menu(net)
    network_controls.network_panel(net, without=("seeds", "dropout"))
with picture:
    controls.notices()
    training = trained(net)
    if training is not None:
        spectra.show(net, training)
with folded:
    flat_minima.shifted()
    if training is not None:
        flat_minima.around_ends(net, training)
