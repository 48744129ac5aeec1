"""The systems that boards are read from; their names are reserved as names of sources."""

SYSTEMS = ("greenhouse", "lever", "ashby")
