"""How fast the playground is, for `make bench-demo`."""
