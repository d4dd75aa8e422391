"""The attacks, a module for each family; each has a list `ATTACKS`."""
