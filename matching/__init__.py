"""Carpool matching, as a pure function: `solve(Problem) -> Plan`.

Knows numbers, not people: no I/O, no names, no clock but the deadline a problem states.
Places are (lat, lon) in WGS 84 degrees, times whole seconds from the day's start, people
and places in cars whole numbers. A wish that cannot be met is data (`Plan.unplaced`, with
a reason), never an error; what is refused is a problem that contradicts itself.

Begin with `problem` (what is asked) and `plan` (what is answered). `solve` answers, and
`check` holds any answer against the question without trusting the solver. Only the files
beneath `solve` import numpy and ortools, so that a small function can read a plan.
"""
