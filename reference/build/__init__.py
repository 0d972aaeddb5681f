"""Makes the pack from published data, and proves that it holds them.

`write_pack(source, pack)` reads a folder of these files (UTF-8; CSV with a header; `.xz` is
LZMA; columns in any order, others ignored) and writes the same bytes for the same files; also
those of matching/data, from which `matching` estimates drives and makes up days:

postcodes_gb.csv.xz: postcode, lat, lon, pcon
    OS Code-Point Open (osdatahub.os.uk/downloads/open/CodePointOpen), its eastings and
    northings turned into WGS 84 with OSTN15 and 4 decimals; pcon is the seat's short code
    from mySociety's 2025-constituencies (pages.mysociety.org/2025-constituencies).
postcode_sectors_gb.csv: sector, lat, lon, unit_postcodes, r90_m, pop_est, hh_est
    The same by sector; people and households from the Census 2021 small areas (LSOA, Data
    Zone; nomisweb.co.uk, scotlandscensus.gov.uk), shared out among their unit postcodes.
outcodes_uk.csv: outcode, nation, lat, lon, unit_postcodes, r90_m, pop_est, hh_est, pcons
    The same by outcode; Northern Ireland's from github.com/gibbs/uk-postcodes and NISRA's
    Super Data Zones (nisra.gov.uk). pcons: "BTS:0.67 BTN:0.33", read for these only.
small_areas_uk.csv.xz: code, lat, lon, pop, households, unit_postcodes, pcon
    Census areas (LSOA, Data Zone, NISRA's Super Data Zone without pop; nisra.gov.uk). Northern
    Ireland's rows (codes N...) also stand in for its unit postcodes.
gazetteer_uk.csv: geonameid, name, lat, lon, population, pcon, outcode
    GeoNames cities500 (download.geonames.org/export/dump).
constituencies_2024.csv: code, name, name_cy, short_code, nation, region, anchor_lat, anchor_lon,
    hh_no_car_2011_pct
    ONS and mySociety; the anchor is the unit postcode nearest the median of where people live.
    Households without a car: Census 2011, by way of evanodell/parlitools, moved from the old
    seats to the new with mySociety's table of overlapping people; blank in Northern Ireland.
results_ge2024.csv: code, first_party, second_party, mp_first_name, mp_surname, electorate,
    valid_votes, majority, first_votes, second_votes, con ... apni, other
    House of Commons Library, CBP-10009 (commonslibrary.parliament.uk).
seat_holders_2026-04.csv: code, party_now, mp_since, by_election
    UK Parliament's Members API, by way of open-innovations/constituencies.
constituencies_2024.topojson: object "constituencies", property "code"
    ONS boundaries BGC, July 2024 (geoportal.statistics.gov.uk), simplified to 5 %.
constituencies_2024.hexjson: q, r by GSS code; odd-r
    open-innovations/constituencies.

Begin with `pack.write_pack`; `verify.complaints` compares a pack with its source.
"""

from reference.build.pack import write_pack
from reference.build.verify import complaints

__all__ = ["complaints", "write_pack"]
