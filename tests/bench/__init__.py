"""The benchmark behind `make bench`; nothing here is a test, and no test is timed."""
