"""The sentences of invented postings: what they say of the work, the place, the terms and the pay.

Those of WORK, TEAM and OFFER say nothing that a field of a posting is read from.
"""

WORK = {
    "data": [
        "Own the pipelines that bring orders, stock and returns together every night.",
        "Shape the tables so that finance and operations read the same number.",
        "Replace three scheduled scripts by tested, observable jobs.",
        "Answer for the freshness of the tables that forty colleagues depend on.",
        "Find out with the people in the depots why two counts of one pallet differ.",
        "Bring sixty reports down to the nine that somebody reads.",
        "Write down what each column means, next to the column.",
        "Halve what the nightly load costs without making the morning later.",
    ],
    "science": [
        "Forecast demand a fortnight ahead and explain where the forecast fails.",
        "Design experiments with the product people and say when a result is not one.",
        "Turn a vague question into a measure that people can decide with.",
        "Bring what works into the product together with those who run it.",
        "Show our buyers, every Thursday, what last week taught us.",
        "Look after the three numbers that the board asks for each month.",
        "Find the customers who are about to leave, and the reason they would give.",
        "Say no to a chart that would mislead, and draw a better one.",
    ],
    "software": [
        "Design and run services that our shops use all day.",
        "Review changes, teach two colleagues and keep releases small.",
        "Carry the telephone one week in six, and sleep through most of it.",
        "Retire an old monolith step by step, without a night shift.",
        "Make the slowest page of the site its fastest one.",
        "Build the booking of parts that our fitters ask for since spring.",
        "Answer the tickets of your own features, so that you know how they fare.",
        "Keep the build under five minutes.",
    ],
    "architecture": [
        "Get sales, stock and accounts to agree on what one order is, and write it down.",
        "Lead the move off a system of 2009 to the day it is switched off.",
        "Review the designs of four teams and help with the part that may not work.",
        "Decide who may read which table, and have the rule built in where it can be checked.",
        "Draw the one picture of our systems that everybody believes.",
        "Keep a list of what we decided, why, and when to look at it again.",
    ],
    "models": [
        "Build an assistant that answers from our manuals and says when they do not know.",
        "Collect real cases with agreed answers and hold every release to them.",
        "Read sixty answers a week and find out why the bad ones were bad.",
        "Keep what one answer costs in sight, and move to another provider when it pays.",
        "Give our fitters an answer in the time it takes to put down a spanner.",
        "Take apart what the assistant got wrong last night, before lunch.",
    ],
    "databases": [
        "Rehearse the loss of a whole machine every month, with a watch in your hand.",
        "Find the statement that holds everybody up, and explain it to those who wrote it.",
        "Move thirty systems to a new version without a lost row.",
        "See to it that a dead disk is a line in the log.",
        "Give every team a copy to play with that holds no real customer.",
        "Say early when a disk will be full, and be right.",
    ],
}
OPENINGS = [
    "{employer} is {what}. We are looking for a {title} who likes finished work.",
    "{employer} is {what}. What we do is not glamorous, but people notice when it is missing.",
    "We are {employer}, {what}, and some two hundred people on a good day.",
    "{employer}, {what}, is growing its team of nine by one.",
    "{employer} is {what}. The last person in this chair left for a sheep farm and is happy.",
    "You know us by our vans: {employer}, {what}.",
]
TEAM = [
    "You would sit with four engineers, a designer and somebody from the field.",
    "The team plans in fortnights and keeps Fridays free of meetings.",
    "We write more than we meet, and most of it is still true a year later.",
    "There are five of us, and we have known each other for a while.",
    "Whoever builds a thing here also shows it to those who use it.",
    "We closed a funding round of $12 million last year and have been careful with it.",
    "Last year we sent out 1,400,000 parcels, and eleven came back for our fault.",
]
HEADINGS = {
    "work": ["What you will do", "The work", "Your days", "Responsibilities"],
    "bring": ["What you bring", "What we look for", "Requirements", "You"],
    "terms": ["Where and how we work", "The terms", "Good to know", "Details"],
    "offer": ["What we offer", "Benefits", "And for you"],
}
# Each names two or three skills; what they leave is listed by one of SKILLS_LISTED.
SKILLS_ASKED = [
    "Good knowledge of {0} and {1}.",
    "Several projects with {0}, {1} or {2} that are still in use.",
    "You have worked with {0} and {1} and can tell what you would do differently today.",
    "You are at home in {0} and {1}.",
    "Sound experience with {0}, {1} and {2}.",
]
SKILLS_LISTED = [
    "We use {0} as well; you know some of it and want to learn the rest.",
    "Experience with {0} is a plus.",
    "Our tools: {0}.",
    "You have at least heard of {0}.",
]
MANNERS = [
    "You write so that colleagues understand it a year later.",
    "You ask before you build, and measure before you claim.",
    "You can explain a delay without blaming anybody.",
    "A degree is welcome; what you have finished counts more.",
    "You like to be proved wrong early.",
]
OFFER = [
    "Twenty-eight days of leave and a pension that we pay into.",
    "A four-day week after the first six months, if you like.",
    "We decide within ten days and tell everybody the result.",
    "A learning budget of {budget} a year.",
    "A travel card, and a bicycle if you would rather have one.",
    "Parental leave of twenty weeks for everybody.",
    "A bonus in good years, which we do not promise.",
    "A desk that goes up and down, and a kitchen that is worth the walk.",
]

# A location as the system shows it, and what the text says of the workplace ("" for nothing).
# {city}; {where}: with its region or country.
WORKPLACES = {
    "onsite": [
        ("{where}", "This is an on-site role at our {city} site."),
        ("{where}", "The position is office-based: the team sits together in {city}."),
        ("{where} (On-site)", ""),
        ("{where}", "The role is on-site, since the machines are."),
        ("{where}", "Work location: on-site in {city}"),
        ("{where}", "We cannot offer remote work for this one: the lab is in {city}."),
    ],
    "hybrid": [
        ("{where}", "This is a hybrid role: two days a week in the {city} office."),
        ("{where}", "We follow a hybrid model, with Tuesdays and Thursdays in {city}."),
        ("{where} (Hybrid)", "Which days you come in is for the team to settle."),
        ("Hybrid - {where}", ""),
        ("{where}", "You spend three days per week in our office and the others where you like."),
        ("{where}", "Workplace: Hybrid"),
        ("{where}", "You can work from home up to two days a week."),
    ],
    "": [("{where}", "")],
}
# Of remote work, by who may apply: a country, a region, the world or not said. The third is what
# the location names as a place.
REMOTE = {
    "country": [
        ("Remote - {country}", "This is a fully remote position.", "country"),
        ("Remote, {country}", "", "country"),
        ("{country} (Remote)", "The whole team is spread over the country.", "country"),
        ("Remote", "The role is fully remote. You must be based in {the_country}.", ""),
        ("{where}", "This position is fully remote; the office is for those who like it.", "city"),
        ("Remote", "Applicants must be located in {the_country}, for reasons of tax.", ""),
    ],
    "region": [
        ("Remote - {region}", "This is a fully remote role.", ""),
        ("Remote ({region})", "", ""),
        ("Remote", "The role is remote. We hire anywhere in {the_region}.", ""),
        ("Remote", "We welcome candidates based in {the_region}.", ""),
    ],
    "world": [
        ("Remote (Worldwide)", "", ""),
        ("Remote", "The role is remote: you can work from anywhere in the world.", ""),
        ("Remote - Anywhere", "This is a fully remote position.", ""),
    ],
    "": [
        ("Remote", "This is a fully remote position.", ""),
        ("Remote", "", ""),
    ],
}  # fmt: skip
EMPLOYMENT = {
    "full_time": [
        "This is a full-time position.",
        "Employment type: Full-time",
        "A permanent, full-time role.",
        "Full-time employment from the first of the month that suits you.",
    ],
    "part_time": [
        "This is a part-time position of 24 hours a week.",
        "Employment type: Part-time",
    ],
    "contract": [
        "This is a contract position for nine months.",
        "Contract type: Contract",
    ],
    "full_time part_time": [
        "A full-time or part-time position, as you prefer.",
        "Employment type: Full-time or part-time",
    ],
    "full_time internship": [
        "This is a full-time internship of six months.",
        "Employment type: Full-time, Internship",
    ],
}
# Of a posting at mid level whose title does not say so.
LEVEL = ["Experience level: Mid-level", "Seniority: Intermediate", "Career level: mid"]
# {pay} is a range with its period.
PAY = [
    "The salary range for this role is {pay}.",
    "Salary: {pay}",
    "We pay {pay}, depending on experience.",
    "Compensation: {pay}.",
    "The base salary is {pay}.",
    "What you earn: a salary of {pay}, and we tell you in the first call where we see you.",
]
PERIODS = {
    "year": [" per year", " a year", " annually", " per annum", "/year"],
    "month": [" per month", " a month"],
    "day": [" per day", " a day"],
    "hour": [" per hour", " an hour", "/hour"],
    "": [""],
}
RANGES = ["{0} – {1}", "{0} to {1}", "{0} - {1}", "between {0} and {1}"]
