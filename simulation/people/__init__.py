"""The people of the simulation: what they want, what they hold in their hands, what they press.

They see pages and letters only, never a row. Begin with `crowd.Crowd.act`.
"""
