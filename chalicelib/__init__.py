"""Marginal Lifts: the service around the matching.

Routes and jobs take what comes in, services say what people can do, the domain holds
the rules, storage and mail are the world. Imports only go down that list. Begin at
`services/`; `tests/test_architecture.py` holds the order.
"""
