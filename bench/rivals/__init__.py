"""Other ways to fill cars, for `bench.matching` to measure ours against.

Each file is one tool with one function, `plan(problem, seconds) -> Plan`, whose docstring says
how the day is put to the tool and what it cannot be told. All but `asking` know only days of
one session, out only. Here alone the vendors' routing packages are imported: they are no part
of the product. Begin with `case`.
"""
