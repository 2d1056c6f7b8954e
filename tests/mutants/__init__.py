"""Mutants of the model and the catalog: whatever changes what a client could see, some check has to notice."""
