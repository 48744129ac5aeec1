"""Text to fields, each with the quote that says so: plain Python, no Django.

`salary`, `seniority`, `workplace` and `location` have `extract(…)`; `role` and `skills`
have a `Vocabulary` of names given by the caller. `kinds.KINDS` speaks JSON objects.
"""
