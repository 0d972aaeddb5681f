"""Letters: which are still true, what each says, and sending each exactly once.

Begin with `delivery`. `truth` is the table of when a letter may go out at all; then one
file a noun gathers what its letters tell. The words themselves are in templates/emails.
"""

from chalicelib.services.letters.delivery import deliver as deliver
