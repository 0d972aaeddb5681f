"""Undoing, for ten minutes, what somebody ended: mail scanners press buttons (PROMISES 1).

A file a noun, each with a deed that is one commit. What has been undone already changes
nothing; what cannot be undone any more says so. What others were told meanwhile is told
again, and never taken for granted: places may have gone. Begin with `requests`.
"""
