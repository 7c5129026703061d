"""One idea of the lectures each, measured on trainings."""
