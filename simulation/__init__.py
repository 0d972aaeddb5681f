"""A world to try the whole service in: one thread, one seed, a clock that only we move.

The service's own code runs here with the real botocore and PynamoDB. What they would send
to AWS is answered in memory, in `wire`, at botocore's ``before-send``: DynamoDB by
`tables`, SQS by `queues`, SES by `ses`, and everything that can go wrong on the way by
`faults`. Time is `clock`, randomness `chance`, so that one seed gives one history.

Nothing leaves the process: what is not played here raises `refusals.NotSimulated`, which
no ``except Exception`` swallows. Begin with `cloud.made` and `wire.connected`.
"""
