"""The two zips that Lambda runs: built, checked and proven. Begin with `__main__`.

`contents` says what belongs in, `locks` and `wheels` fetch it, `trim` leaves out what never
runs, `bytecode` and `archive` make a zip of it, `check` complains, `manifest` writes it down.
`proof` then runs the zip, and nothing but the zip, as Lambda would.
"""
