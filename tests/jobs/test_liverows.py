"""A packed row gives back what it was made of."""

import json
from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from jobs.liverows import AUDIENCE, MANY, SINGLE, Row

instants = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))
keys = st.integers(1, 2**31 - 1)
many = st.lists(st.integers(0, 2**31 - 1), max_size=300)
said = st.fixed_dictionaries(
    dict.fromkeys(MANY, many)
    | {
        AUDIENCE: st.sampled_from(["", "DE", "DE FR US-CA", "Ä"]),
        "pay": st.dictionaries(st.sampled_from(["EUR", "USD"]), st.integers(0, 2**60)),
    }
)


@given(
    st.tuples(instants, instants, instants),
    keys,
    st.none() | keys,
    st.integers(0, 9),
    st.integers(0, 9),
    st.none() | keys,
    keys,
    said,
)
def test_a_row_gives_back_what_it_was_made_of(
    moments, company, role, seniority, workplace, rank, version, said
):
    row = Row.of(*moments, company, role, seniority, workplace, rank, version, json.dumps(said))
    assert (row.starts_at, row.ends_at, row.posted_at) == moments
    assert (row.pay_rank, row.version) == (rank, version)
    single = dict(zip(SINGLE, (company, role, seniority, workplace), strict=True))
    assert {facet: getattr(row, facet) for facet in SINGLE} == single
    values = {facet: [] if value is None else [value] for facet, value in single.items()}
    values |= {facet: said[facet] for facet in MANY} | {AUDIENCE: [said[AUDIENCE]]}
    assert {facet: list(row.values(facet)) for facet in values} == values
    pairs, pay = row.read()
    assert pay == said["pay"]
    assert Counter(pairs) == Counter((facet, one) for facet in values for one in values[facet])
