"""Words for the workplace, in fields and in prose, in the languages the board reads."""

from __future__ import annotations

import re

REMOTE = re.compile(
    r"(?<!no )(?<!not )(?<!non-)(?<!non )\b(?:anywhere(?=\s+(?:in|within|across)\b)"
    r"|remote(?:ly)?(?:[\s-]+(?:first|friendly|ok|only"
    r"|based|optional|eligible))?"
    r"|telecommut\w+|telework\w*|work(?:ing)?\s+from\s+(?:home|anywhere)|wfh|home[\s-]?based"
    r"|home[\s-]?office(?!\s+stipend)"
    r"|distributed|remoto|remota|trabajo\s+a\s+distancia|t[ée]l[ée]travail|zdaln\w+"
    r"|lavoro\s+da\s+remoto|full\s+remote|da\s+remoto|100\s?%\s+t[ée]l[ée]travail|teletrabajo"
    r"|op\s+afstand|thuiswerk\w*"
    r"|virtual(?=\s*(?:$|[,;|(-])))\b",
    re.I,
)
HYBRID = re.compile(
    r"\b(?:t[ée]l[ée]travail\s+(?:partiel|hybride|\d)|hybrid\w*|h[íi]brid[oa]|hybride|ibrid[oa]"
    r"|hybryd\w+|partially\s+remote"
    r"|part[\s-]?remote|teilweise\s+remote"
    r"|remote\s*/\s*on-?site|(?:[1-4]|one|two|three|four)(?:\s*[-–]\s*\d)?\s+days?\s+(?:a|per"
    r"|/)\s*week\s+(?:in|from|at)\s+(?:the\s+|our\s+)?office"
    r"|\d\s+days?\s+on-?site|\d\s+days?\s+(?:in|at)\s+(?:the\s+|our\s+)?office)\b",
    re.I,
)
ONSITE = re.compile(
    r"\b(?:on[\s-]?site|in[\s-]?office|in[\s-]person|office[\s-]based|vor\s+ort|sur\s+site"
    r"|presencial|in\s+presenza"
    r"|no\s+remote|not\s+remote|non[\s-]remote|stacjonarn\w+|pr[ée]sentiel|op\s+locatie|in\s+sede"
    r"|kein\s+(?:remote|home\s*office))\b",
    re.I,
)
HYBRID_PAIR = re.compile(r"\b(?:remote[\s/-]+hybrid|hybrid[\s/-]+remote)\b", re.I)
FALSE_FRIENDS = re.compile(
    r"\bremote[\s-]+(?:sensing|desktop|control\w*|monitoring|access|support|teams?|team\s+members"
    r"|diagnos\w+|server\w*|hands"
    r"|areas?|locations?|sites?|patient\w*|systems?|communit\w+|employees|workers|workforce"
    r"|stakeholders|offices|viewing"
    r"|colleagues|operations|collaboration|procedure|code|infrastructure|sens\w+|tools?|meetings?"
    r"|villages?|camera\w*|user\w*"
    r"|device\w*|management|customers?(?!\s+(?:service|support|success|care|experience)))\b|\bdistributed\s+(?!team|company|workforce"
    r"|first)\w+|\bfirst[\s-]line\b"
    r"|\bhybrid[\s-]+(?:(?:multi|it)[\s-]?)?(?:clouds?|it|infrastructure|mobile|apps?|applications?"
    r"|search|vehicles?|electric|powertrains?|identity|networks?|integration|threats?)\b",
    re.I,
)

LABEL = re.compile(
    r"\b(?:work(?:ing)?[\s-]*(?:place|location|model|arrangement|mode|style|type"
    r"|setup)(?:\s+type)?|location(?:\s+type)?|workplace|remote\s+type"
    r"|telecommuting(?:\s+options?)?"
    r"|arbeitsmodell|arbeitsort|modalidad|mode\s+de\s+travail|modelo\s+de\s+trabalho"
    r"|local)(?:\s*[:–]|\s+-(?=\s))\s*"
    r"(?P<value>[^\n.;]{3,60})",
    re.I,
)

WORLDWIDE = re.compile(
    r"\b(?:world[\s-]?wide|anywhere\s+(?:in|around|across|on)\s+(?:the\s+)?(?:world|globe|earth"
    r"|planet)|work\s+from\s+anywhere(?!\s+in\b)"
    r"|anywhere(?!\s+(?:in|within|across|from)\b)|global(?:ly)?(?=\s*(?:remote|$|[,;)|]))"
    r"|remote[\s,(–-]+global(?:ly)?|weltweit|partout\s+dans\s+le\s+monde"
    r"|en\s+cualquier\s+(?:lugar|parte)\s+del\s+mundo|qualquer\s+lugar\s+do\s+mundo"
    r"|location[\s-](?:independent|agnostic)|any\s+country|all\s+countries)\b",
    re.I,
)


def _stems(listed: str) -> tuple[str, ...]:
    return tuple(listed.split("|"))


# A perk of some weeks is no place of work: "work from anywhere for up to 30 days".
FOR_SOME_TIME = (
    r"(?!\s*(?:[\w'’-]+\s+){0,6}?[(]?(?:\d+|one|two|three|four|six|eight)\s*(?:\+\s*)?"
    r"(?:(?:business|working|calendar)\s+)?(?:days?|weeks?|months?)\b)"
)

# A sentence of one word; a lone "Onsite" is none, since it names a round of interviews, too.
_OPENS = r"(?:(?<=\n)|(?<=[.!?]\s)|\A)"
_ENDS = r"(?=\s*(?:[.!;]|\n|\Z))"

Rule = tuple[str, tuple[str, ...], re.Pattern[str]]
"""A workplace, words in lower case of which a statement holds one, and the statements."""

# In prose only whole statements count, never the lone word. What a posting says of the job
# itself outweighs what it says of the company; "we are remote-first" says nothing of any job,
# since such companies have hybrid ones too.
STATED: tuple[Rule, ...] = (
    (
        "onsite",
        _stems("remote|office|site|person"),
        re.compile(
            r"\b(?:role|position|job|opportunity|vacancy)\s+(?:is|requires|will\s+be|must\s+be)"
            r"\s+(?:(?:fully|100\s?%|a|an|currently|performed|strictly|full-time)\s+){0,2}"
            r"(?:on[\s-]?site|in[\s-](?:the\s+)?office|in[\s-]person|office[\s-]based)"
            r"|\b(?:this|the)\s+is\s+an?\s+(?:(?:fully|100\s?%|full-time)\s+)?"
            r"(?:on[\s-]?site|in[\s-]office|in[\s-]person|office[\s-]based|work[\s-]from[\s-]office)"
            r"\s+(?:role|position|job)|\b(?:will|must|to)\s+be\s+performed\s+on[\s-]?site"
            r"|\b(?:role|position|job)\s+(?:is|can)\s?not\s+(?:be\s+)?(?:a\s+)?remote\b"
            r"|\bnot\s+(?:a\s+)?remote\s+(?:role|position|job|opportunity)"
            r"|\bnot\s+(?:eligible|available|open|suitable|suited)\s+for\s+(?:fully\s+)?remote"
            r"|\bremote\s+(?:work(?:ing)?\s+)?is\s+not\b"
            r"|\b(?:cannot|can\s?not|can['’]?t|unable\s+to|do\s+not|don['’]t)\s+(?:offer|accept"
            r"|consider|support|provide|allow|accommodate)\s+(?:\w+\s+){0,2}remote"
            r"|\bremote\s+(?:candidates|applicants|applications)\s+(?:will|are|can)\s?not\b"
            r"|\bno\s+(?:hybrid\s+or\s+)?remote\b|\bcannot\s+be\s+(?:done\s+)?remote",
            re.I,
        ),
    ),
    (
        "onsite",
        _stems(
            "kein|nicht|vor ort|präsen|praesen|présentiel|presentiel|télétrav|teletrav|"
            "presencial|teletrab|kantoor|locatie|thuis|in sede|presenz|smart|stacjon|biura|"
            "zdaln"
        ),
        re.compile(
            r"\bkeine?\s+(?:remote|home\s?-?office)|\b(?:remote|home\s?-?office)\w*\s+(?:ist\s+)?"
            r"(?:leider\s+)?nicht\s+m[öo]glich|\b(?:100\s?%|ausschlie[ßs]+lich|komplett)\s+"
            r"(?:vor\s+ort|in\s+pr[äa]senz)|\bpr[äa]senzpflicht"
            r"|\b(?:poste|travail|100\s?%|enti[èe]rement)\s+(?:en\s+)?pr[ée]sentiel"
            r"|\bpas\s+de\s+t[ée]l[ée]travail"
            r"|\b(?:trabajo|puesto|modalidad|jornada|trabalho|vaga|modelo|modalidade|regime)\s*:?"
            r"\s*(?:100\s?%\s+)?presencial\b|\b100\s?%\s+presencial|\bsin\s+teletrabajo"
            r"|\bvolledig\s+op\s+(?:kantoor|locatie)|\bgeen\s+thuiswerk"
            r"|\bthuiswerken\s+is\s+niet\s+mogelijk"
            r"|\blavoro\s+in\s+(?:sede|presenza)|\b(?:100\s?%|esclusivamente)\s+in\s+(?:sede"
            r"|presenza)|\bno\s+smart\s?working"
            r"|\bprac[ay]\s+(?:\w+\s+)?stacjonarn\w+|\bwy[łl][ąa]cznie\s+(?:z\s+biura"
            r"|stacjonarnie)|\bbrak\s+(?:mo[żz]liwo[śs]ci\s+)?pracy\s+zdalnej",
            re.I,
        ),
    ),
    (
        "hybrid",
        _stems("hybrid"),
        re.compile(
            r"\b(?:role|position|job)\s+(?:is|will\s+be)\s+(?:a\s+)?hybrid"
            r"|\bhybrid\s+(?:role|position|job|opportunity)",
            re.I,
        ),
    ),
    (
        "remote",
        _stems("remote"),
        re.compile(
            r"\b(?:role|position|job|opportunity)\s+(?:is|can\s+be|will\s+be)\s+(?:a\s+)?"
            r"(?:(?:fully|100\s?%|performed|completely|done|entirely)\s+){0,2}remote(?:ly)?\b"
            r"(?![\s/-]+hybrid)"
            r"|(?<!\bnot )(?<!\bnot a )\b(?:fully|100\s?%|completely)[\s-]+remote\s+(?:role"
            r"|position|job|opportunity|contract)"
            r"|\bthis\s+is\s+a\s+(?:fully\s+|100\s?%\s+)?remote\b(?![\s/-]+hybrid)",
            re.I,
        ),
    ),
    (
        "remote",
        _stems("vaga|posição|posicao|puesto|trabajo|trabalho|poste"),
        re.compile(
            r"\b(?:vaga|posi[çc][ãa]o|puesto|trabajo|trabalho|poste)\s*:?\s*(?:100\s?%\s+"
            r"|totalmente\s+|completamente\s+)?(?:remot[oa]|home\s?-?office|full\s+remote)\b",
            re.I,
        ),
    ),
)
SAID: tuple[Rule, ...] = (
    (
        "hybrid",
        _stems("hybrid|office|home|site|remote"),
        re.compile(
            rf"{_OPENS}hybrid(?:{_ENDS}|(?=\s*:))"
            r"|\bhybrid\s*[:,(–-]?\s*(?:[1-4]|one|two|three|four)(?:\s*(?:[-–]|to|or)\s*\w+)?\s+days?\b"
            r"|(?<!\bfor )(?<!\bof )(?<!\band )(?<!\bor )(?<!support )(?<!enable )"
            r"\bhybrid\s+(?:work(?:ing|place)?\s*)?(?:model|schedule|environment|setup|policy"
            r"|arrangement|work\w*|basis|approach|pattern)"
            r"|\b(?:[1-4]|one|two|three|four)(?:\s*(?:[-–]|to|or)\s*\w+)?\s+days?\s+(?:(?:a|per"
            r"|each|every)\s+week\s+)?(?:in|from|at)\s+(?:the|our)\s+(?:\w+\s+)?office"
            r"|\b(?:[1-4]|one|two|three|four)(?:\s*(?:[-–]|to|or)\s*\w+)?\s+days?\s+(?:a|per|each"
            r"|every)\s+week\s+(?:in|from|at|on-?site)\b(?!\s+home)"
            r"|\b(?:[1-4]|one|two|three|four)\s+days?/week\s+(?:in|from|at|on-?site)\b(?!\s+home)"
            r"|\bwork(?:ing)?\s+remotely\s+(?:for\s+)?(?:up\s+to\s+)?(?:[1-4]|one|two|three|four)\s+days?"
            r"\s+(?:a|per|each|every)\s+week"
            r"|\b(?:[1-4]|one|two|three|four)\s+remote\s+days?\s+(?:a|per|each|every)\s+week"
            r"|(?<!lunch )(?<!lunches )(?<!meals )(?<!breakfast )(?<!served )(?<!dinner )(?<!food )"
            r"\b(?:in|into|from|at|to|of)\s+(?:the|our)\s+(?:[\w.-]+\s+){0,3}office\s+(?:in\s+\w+\s+)?"
            r"(?:at\s+least\s+|a\s+minimum\s+of\s+|about\s+|around\s+|for\s+)?(?:[1-4]|one|two|three"
            r"|four)(?:\s*(?:[-–]|to|or)\s*\w+)?\s+days?\b"
            r"|\bon[\s-]?site\s+(?:at\s+least\s+|for\s+)?(?:[1-4]|one|two|three|four)(?:\s*(?:[-–]|to|or)"
            r"\s*\w+)?\s+days?\s+(?:a|per|each|every)\s+week\b"
            r"|\b(?:[1-4]|one|two|three|four)\s+days?\s+(?:on[\s-]?site|in\s+(?:the\s+)?office)\s*"
            r"(?:[,/&+;]|and)\s*(?:[1-4]|one|two|three|four)\s+(?:days?\s+)?(?:remote|from\s+home"
            r"|at\s+home|wfh)"
            r"|\bwork(?:ing)?\s+from\s+home\s+(?:for\s+)?(?:up\s+to\s+)?(?:[1-4]|one|two|three"
            r"|four)(?:\s*(?:[-–]|to|or)\s*\w+)?\s+days?"
            r"|\b(?:[1-4]|one|two|three|four)\s+days?\s+(?:(?:a|per|each)\s+week\s+)?(?:from|at)"
            r"\s+home\b",
            re.I,
        ),
    ),
    (
        "hybrid",
        _stems(
            "hybrid|tag|télétrav|teletrav|jour|híbrid|hibrid|teletrab|oficina|presenc|"
            "escrit|dias|thuis|kantoor|ibrid|smart|giorni|hybryd|dni"
        ),
        re.compile(
            r"\bhybride[sn]?\s+(?:arbeit\w*|modell\w*|werk\w*|functie)"
            r"|\b(?:[1-4]|eine[nm]?|zwei|drei|vier)(?:\s*(?:[-–]|bis|oder)\s*\w+)?\s+tage?n?\s+(?:(?:pro"
            r"|die|in\s+der)\s+woche\s+)?(?:vor\s+ort\s+)?(?:im|in\s+unserem)\s+(?:\w+\s+)?b[üu]ro\b"
            r"|\b(?:[1-4]|ein|eine[nm]?|zwei|drei|vier)\s+tage?n?\s+(?:(?:pro|die|in\s+der)\s+"
            r"woche\s+)?(?:im\s+)?(?:home\s?-?office|mobil\w*|remote)"
            r"|\bhome\s?-?office\s*[:(]?\s*(?:an\s+|bis\s+zu\s+)?(?:[1-4]|zwei|drei|vier)(?:\s*(?:[-–]"
            r"|bis|oder)\s*\w+)?\s+tagen?\b"
            r"|\b[1-4]\s+jours?\s+(?:de\s+)?(?:t[ée]l[ée]travail|remote)"
            r"|\bt[ée]l[ée]travail\s*(?:partiel|hybride|(?:possible\s*)?[:(–-]?\s*(?:de\s+|jusqu['’][àa]\s+)?[1-4]"
            r"(?:\s*(?:[àa/–-]|ou)\s*[1-4])?\s*j(?:ours?)?\b)"
            r"|\b(?:mod[eè]le?|mode|travail|poste|organisation|rythme)\s+hybride"
            r"|\b(?:modalidade?|modelo|trabajo|trabalho|formato|esquema|regime)\s+(?:de\s+trabal?h?"
            r"[oj]o?\s+)?:?\s*h[íi]brid[oa]"
            r"|\bteletrabajo\s+(?:parcial|[1-4]\s+d[íi]as)|\b[1-4]\s+d[íi]as\s+(?:a\s+la\s+semana"
            r"\s+)?(?:de\s+teletrabajo|en\s+(?:la\s+)?oficina|presencial)"
            r"|\b[1-4]\s*(?:x|vezes|dias)\s+(?:por\s+semana\s+)?(?:no\s+escrit[óo]rio|presencia"
            r"|em\s+home\s?-?office)"
            r"|\b[1-4]\s+dag(?:en)?\s+(?:per\s+week\s+)?(?:thuis|op\s+kantoor)"
            r"|\b(?:deels|gedeeltelijk)\s+thuis"
            r"|\b(?:modalit[àa]|lavoro)(?:\s+di\s+lavoro)?\s*:?\s*ibrid[ao]"
            r"|\bsmart\s?working\s+(?:[1-4]|parziale|ibrido)|\b[1-4]\s+giorni\s+(?:a\s+settimana"
            r"\s+)?(?:di|in)\s+(?:smart\s?working|ufficio|sede|presenza)"
            r"|\b(?:prac\w+|tryb\w*|model\w*)(?:\s+pracy)?\s*:?\s*hybrydow\w+|\bhybridarbete\b"
            r"|\bwir\s+arbeiten\s+hybrid\b"
            r"|\b[1-4]\s+dni\s+(?:w\s+tygodniu\s+)?(?:zdalnie|w\s+biurze|z\s+biura)",
            re.I,
        ),
    ),
    (
        "remote",
        _stems("remote|anywhere|wherever"),
        re.compile(
            rf"{_OPENS}remote{_ENDS}"
            r"|(?<!\bnot )(?<!\bnot a )(?<!n't )(?<!n’t )\b(?:fully|100\s?%|completely|entirely"
            r"|full)[\s-]+remote(?:ly)?\b(?!\s+(?:compan\w+|teams?|environments?|organi[sz]ations?|settings?"
            r"|start-?ups?|workforces?)\b)"
            r"|\bwe(?:['’]re|\s+are)\s+(?:an?\s+)?(?:(?!not\b)[\w,-]+\s+){0,3}?(?:fully|100\s?%|all)"
            r"[\s-]+remote\b"
            r"|(?<!\bnot )(?<!\bnot a )\bremote[\s-]+(?:role|position|job|opportunity|contract"
            r"|work\s+from\s+anywhere)\b(?!\s*[:?]\s*no\b)"
            r"|\bwork(?:ing)?\s+(?:fully\s+)?(?:remotely\s+)?from\s+(?:anywhere|wherever)\b"
            rf"{FOR_SOME_TIME}|\bwork\s+remotely\s+from\b|\bremote\s+within\s+\w+|\bremote\s+in\s+the\b",
            re.I,
        ),
    ),
    (
        "remote",
        _stems(
            "komplett|vollst|100|télétrav|teletrav|totalmente|completamente|interamente|"
            "teletrab|modalidad|volledig|smart|prac|zdaln"
        ),
        re.compile(
            r"\b(?:komplett|vollst[äa]ndig|zu\s+100\s?%)\s+(?:remote|im\s+home\s?-?office)"
            r"|\b100\s?%\s+(?:home\s?-?office|mobil)"
            r"|\bt[ée]l[ée]travail\s+(?:complet|total|(?:[àa]\s+)?100\s?%)"
            r"|\b(?:full|100\s?%|enti[èe]rement\s+en)\s+t[ée]l[ée]travail"
            r"|\b(?:100\s?%|totalmente|completamente|interamente)\s+(?:en\s+|da\s+|in\s+|de\s+forma"
            r"\s+)?remot[oa]|\b100\s?%\s+(?:teletrabajo|thuiswerk)"
            r"|\bteletrabajo\s+(?:100\s?%|total|completo)"
            r"|\bmodalidade?\s*:?\s*(?:remot[oa]|teletrabajo)"
            r"|\bvolledig\s+(?:remote|op\s+afstand|thuiswerk)|\bfull\s+smart\s?working"
            r"|\bprac[ay]\s+(?:w\s+pe[łl]ni\s+|w\s+100\s?%\s+|ca[łl]kowicie\s+|100\s?%\s+)?zdaln[aą]"
            r"(?!\s+(?:lub|albo|[1-4]\s|raz))|\b(?:w\s+pe[łl]ni|ca[łl]kowicie|100\s?%)\s+zdaln\w+",
            re.I,
        ),
    ),
    (
        "onsite",
        _stems("site|office"),
        re.compile(
            r"\b(?:five|5)\s+days?\s+(?:a|per)\s+week\s+(?:in|at|on[\s-]?site)"
            r"|(?<!served )\b(?:on[\s-]?site|in[\s-]person|(?:in|at|from)\s+(?:the|our)\s+"
            r"(?:\w+\s+){0,2}office)\W{1,3}(?:for\s+)?(?:five|5)\s+days\b"
            r"|\bwork(?:ing)?[\s-]+from[\s-]+(?:the\s+|our\s+)?office\W{1,3}(?:all\s+)?(?:five|[56])\s+days"
            r"|\b(?:fully|100\s?%)[\s-]+(?:on[\s-]?site|in[\s-]office|office[\s-]based)",
            re.I,
        ),
    ),
)
HASHTAG = re.compile(
    r"#(?:LI-)?(?P<hybrid>Hybrid)\b|#LI-(?P<remote>Remote)\b|#LI-(?P<onsite>On-?site)\b", re.I
)

# Every statement above holds one of these; what is far from them all is not searched.
STEMS = (
    "remot", "hybrid", "híbrid", "hibrid", "ibrid", "hybryd", "onsite", "on-site", "on site",
    "sur site", "office", "oficina", "in-person", "in person", " home", "homeoffice", "vor ort",
    "präsenz", "praesenz", "presencial", "presenz", "présentiel", "presentiel", "télétrav",
    "teletrav", "teletrab", "escritório", "escritorio", "afstand", "kantoor", "op locatie",
    "thuis", "in sede", "smart working", "smartworking", "zdaln", "stacjon", "biur", "anywhere",
    "wherever", "mobil ", "mobiles ", "büro",
)  # fmt: skip
