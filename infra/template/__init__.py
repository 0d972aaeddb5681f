"""The stack of the functions, as CloudFormation: made by Chalice from app.py, and of our own words.

`functions` says how each runs, `infra/policies` what each may do; `pieces` makes role, log and
settings of that, `alarms` and `gateway` the rest. `package` has Chalice merge it into what it
makes of app.py, and `check` complains of the result. Begin with `__main__`.
"""
