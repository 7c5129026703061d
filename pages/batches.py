"""Batches: what their size does to the path, to the gradient, to the time, and to what is learned."""

from views import batches, controls, frame, network_controls, state

net = state.network()
picture, panel, folded = frame.bench("batches")
with panel:  # before the work below: who wants another network need not wait for this one
    network_controls.data_menu(net)
    network_controls.network_panel(net, ("batch", "seeds"))
with picture:
    controls.notices()
    batches.show(net)
with folded:
    batches.formulas()
