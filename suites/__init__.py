"""What must hold: one folder per part of the guide."""
