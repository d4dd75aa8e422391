"""Measurements that compare, for `make bench`; nothing here is tested against a clock."""
