from django.core.management import call_command
from django.http import QueryDict

from jobs.filters import PostingFilter
from jobs.models import Posting
from tests.bench.corpus import write


def test_the_corpus_has_its_size_and_every_open_posting_is_in_the_list(db):
    call_command("load_content", verbosity=0)
    live = write(60, live_share=0.5)
    assert Posting.objects.count() == 60
    assert 15 < live < 45
    assert PostingFilter(QueryDict()).qs.count() == live
