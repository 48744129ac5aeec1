from collections.abc import Iterator

import pytest

from tests.internet import Internet


@pytest.fixture
def internet(settings) -> Iterator[Internet]:
    """A network where the boards of a test answer, at once and without pauses."""
    settings.BOARD = settings.BOARD | {"FETCH_PAUSE_SECONDS": 0, "FETCH_BACKOFF_SECONDS": 0}
    internet = Internet()
    with internet.laid():
        yield internet
    internet.close()
