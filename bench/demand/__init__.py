"""Where a campaign's people go: need-aware suggestions against nearest-first.

`python -m bench.demand` makes up the sign-ups of a short campaign, of the size and shape that
was published of 2024, and lets them choose by the product's own ranking. `country` is where
people live and where they are wanted, `crowd` who signs up when, `routing` how they choose,
`measures` what came of it; `overflow` fills sessions and counts who turns up. Nobody in it
exists. Begin with `__main__`; docs/need.md explains what it shows.
"""
