from django.dispatch import Signal

# Sent inside the writing transaction with `role_ids`: the roles whose public postings may differ
# from before, or were confirmed again. Whoever keeps figures of a role drops them here.
postings_changed = Signal()
