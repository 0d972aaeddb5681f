"""The letters that the tour looks for in the mailbox."""

from email.message import EmailMessage

from tests.browser.person import Person, words_of


def proposals(person: Person) -> list[EmailMessage]:
    """Those that ask drivers whether they will take somebody, oldest first."""
    return [one for one in person.letters("") if "/respond/" in words_of(one)]


def lifts(person: Person) -> list[EmailMessage]:
    """Those that tell riders of their lift."""
    return [one for one in person.letters("") if "Your lift" in str(one["Subject"])]


def managed(person: Person, email: str) -> list[EmailMessage]:
    """Those with a link to see and change what somebody has sent."""
    return [one for one in person.letters(email) if "/manage/" in words_of(one)]


def kept(person: Person, letter: EmailMessage) -> str:
    """The path at which the mailbox shows that letter."""
    [letter_id] = [one for one, read in person.read.items() if read is letter]
    return f"/mailbox/{letter_id}"
