"""Parties' names, as the results print them. We list parties by their votes, in no other order."""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "APNI": "Alliance",
    "Con": "Conservative",
    "DUP": "Democratic Unionist Party",
    "Green": "Green",
    "Ind": "Independent",
    "INet": "Independent Network",
    "Lab": "Labour",
    "LD": "Liberal Democrat",
    "NIP": "Newham Independents Party",
    "Other": "All other candidates",
    "PBPA": "People Before Profit",
    "PC": "Plaid Cymru",
    "RB": "Restore Britain",
    "RUK": "Reform UK",
    "SDLP": "Social Democratic and Labour Party",
    "SF": "Sinn Féin",
    "SNP": "Scottish National Party",
    "Spk": "The Speaker",
    "TUV": "Traditional Unionist Voice",
    "UUP": "Ulster Unionist Party",
    "WPB": "Workers Party of Britain",
    "YP": "Your Party",
}


def name(code: str) -> str:
    """The party's name; a code that we do not know stays as it is."""
    return NAMES.get(code, code)
