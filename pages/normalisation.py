"""Normalisation: the same data and the same network, raw and normalised."""

from views import controls, frame, network_controls, normalisation, normalised_features, state

net = state.network()
picture, panel, folded = frame.bench("normalisation")
layers_first = normalisation.on_top()
with picture:
    controls.notices()
    if not layers_first:
        normalised_features.features(net)
with panel:  # before the work below: who wants another network need not wait for this one
    network_controls.data_menu(net)
    network_controls.network_panel(net, ("lanes", "norm", "seeds"))
with folded:
    normalisation.formulas()
with picture:
    normalisation.layers(net)
    if layers_first:
        normalised_features.features(net)
