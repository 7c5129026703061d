"""What runs beside the scripts of pages: addresses, warm-up, who is being served."""
