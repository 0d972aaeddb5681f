"""What is kept, in DynamoDB through PynamoDB: domain objects in, domain objects out.

No item leaves this folder. `tables` holds the items' shapes, `commit` writes, and one
store a noun reads. Vendor errors become ours in `faults`.
"""
