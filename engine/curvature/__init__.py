"""What second derivatives say: points, lists of critical points, spectra. Knows no optimizer."""
