"""The rules, as frozen facts and pure functions: no I/O, no clock, no framework."""
