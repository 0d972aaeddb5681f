"""The sample's people. None of them exists; example.org takes no mail (RFC 2606)."""

import unicodedata
from collections.abc import Iterator
from itertools import product
from random import Random

from chalicelib.domain.people import Person

_FIRST = (
    "Aaliyah", "Abdi", "Abena", "Adaeze", "Agnieszka", "Ahmed", "Aisha", "Alan", "Alasdair",
    "Amina", "Amrit", "Ana", "Andrew", "Angharad", "Anil", "Anjali", "Aoife", "Arjun", "Ayşe",
    "Bethan", "Bilal", "Blessing", "Bronwen", "Callum", "Carol", "Chidi", "Chloe", "Ciara",
    "Claire", "Daniel", "Deepa", "Delroy", "Denise", "Dilys", "Dmitri", "Eilidh", "Elena",
    "Emeka", "Emily", "Esther", "Farah", "Fatima", "Femi", "Fergus", "Gareth", "George",
    "Georgina", "Grace", "Gurpreet", "Hamish", "Hannah", "Harpreet", "Hassan", "Helen", "Ibrahim",
    "Imran", "Ines", "Ioana", "Isla", "Jack", "Jamal", "Janet", "Jean", "Jin", "Joanna", "Kamala",
    "Karen", "Keisha", "Kofi", "Kwame", "Laura", "Leila", "Liam", "Linh", "Louise", "Magda",
    "Marcus", "Margaret", "Maryam", "Mei", "Michael", "Mohammed", "Morag", "Nadia", "Ngozi",
    "Niamh", "Nikhil", "Olga", "Olu", "Omar", "Owen", "Pat", "Paulo", "Peter", "Piotr", "Priya",
    "Rafael", "Rhys", "Ruth", "Sadia", "Samira", "Sarah", "Seán", "Siân", "Simran", "Sofia",
    "Stephen", "Suleiman", "Sunita", "Tamar", "Tariq", "Tomos", "Tunde", "Usha", "Vera", "Wei",
    "Yasmin", "Yusuf", "Zainab", "Zoë",
)  # fmt: skip
_LAST = (
    "Abbott", "Adeyemi", "Ahmed", "Akhtar", "Ali", "Armstrong", "Asante", "Bailey", "Banerjee",
    "Begum", "Bennett", "Boateng", "Brown", "Campbell", "Chan", "Chaudhry", "Clarke", "Cohen",
    "Cooper", "Davies", "Desai", "Edwards", "Eze", "Farah", "Ferreira", "Fraser", "Gill", "Goh",
    "Gordon", "Griffiths", "Hall", "Harris", "Haq", "Hughes", "Hussain", "Ibrahim", "Islam",
    "Jackson", "James", "Jones", "Kaur", "Kaya", "Kelly", "Khan", "Kowalski", "Kumar", "Lewis",
    "Lloyd", "Mahmood", "Marsh", "Mbeki", "McLean", "Mensah", "Mistry", "Morgan", "Murphy",
    "Nguyen", "Novak", "Nwosu", "O'Neill", "Okafor", "Osei", "Owen", "Parker", "Patel", "Petrov",
    "Popescu", "Rahman", "Rao", "Reid", "Roberts", "Robinson", "Santos", "Sato", "Sharma", "Shaw",
    "Silva", "Singh", "Smith", "Stewart", "Taylor", "Thomas", "Uddin", "Walker", "Williams",
    "Wilson", "Wong", "Wright", "Yilmaz", "Young",
)  # fmt: skip


def people(chance: Random) -> Iterator[Person]:
    """Some ten thousand, in an order of chance, each with an address of their own."""
    names = list(product(_FIRST, _LAST))
    chance.shuffle(names)
    for first, last in names:
        yield Person(f"{first} {last}", f"{_plain(first)}.{_plain(last)}@example.org")


def _plain(name: str) -> str:
    """The name as an address can have it: Latin letters without marks."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(char for char in letters.lower() if char.isalpha())
