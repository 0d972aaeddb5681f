"""DynamoDB in memory, as far as PynamoDB and this service speak to it.

Begin with `store.Database`, which keeps; `calls.answer` takes a request as it is on the
wire. Items stay in DynamoDB's own JSON (``{"S": "text"}``). Where this differs from the
local database, a table in the tests says so and why.
"""
