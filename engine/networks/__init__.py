"""Networks: what is built, how it is trained, the experiment as a value, and the planes it is looked at on."""
