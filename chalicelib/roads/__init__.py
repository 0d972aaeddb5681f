"""Services that know the roads: asked for drive times where a deployment says so.

By default none is, and every drive is estimated. `table` says what a service is to the
rest; `osrm`, `valhalla` and `amazon` are the three there are, the first two over `server`.
A service that is down, slow or wrong is no error here: it answers None. They are told
rounded points and nothing else, and no point is ever logged.
"""
