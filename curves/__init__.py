"""What is drawn over the clock: one file each, in a folder for what it is measured on."""
