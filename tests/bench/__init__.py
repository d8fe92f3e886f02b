"""Benchmarks with peers beside them (`make bench`); docs/reference/benchmarks.md says what each row means."""
