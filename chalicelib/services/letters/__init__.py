"""Letters: which are still true, what each says, and sending each exactly once.

Begin with `delivery`; `reports` takes in what the carrier says afterwards. `truth` is the table
of when a letter may go out at all; `writing` puts one together, for which one file a noun gathers
what its letters tell. The words themselves are in templates/emails.
"""

from chalicelib.services.letters.delivery import deliver as deliver
from chalicelib.services.letters.reports import learn as learn
