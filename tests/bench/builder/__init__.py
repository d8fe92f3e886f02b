"""The visual builder with many nodes, in a browser (`make bench-ui`): docs/reference/benchmarks.md tells the rows."""
