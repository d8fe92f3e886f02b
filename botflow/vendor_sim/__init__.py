"""A stand-in for the vendors, over real sockets: for trying senders, for tests, and for benchmarks."""
