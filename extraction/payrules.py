"""Words that tell pay from other money, in the languages the board reads."""

from __future__ import annotations

import re

PAY_WORD = re.compile(
    r"""\b(?=\w)(?:
        salar(?:y|ies|ial|io|is|ié)\w*|sal[aá]rio\w*|salaires?|salaris\w*|pay(?:s|ing
          |ment)?\b|paid\b
          |payrate
      | compensation|comp\b|wages?|rates?\b|remunera\w+|rémunération|remuneration|retribu\w+
      | earn(?:s|ings?|ed)?\b|hourly\b|package|gross\b|ctc\b|ote\b|on[- ]target|base\b
      | stipendio|ral\b
      | \w*(?:gehalt\w*|vergütung\w*|verguetung|lohn\b|loon\b|honorar\w*|zahlen\b|tarief\b)
      | bezahlung|verdien\w*|entgelt\w*|entlohnung|besoldung|salär\w*|minijob
      | gratification|indemnit[ée]\s+de\s+stage|r[ée]mun[ée]r[ée]e?s?|fixe|honorarium
      |renta|schaal
      | atlygin\w+|alga|töötasu|(?:за)?плат[аы]|(?:clt|pj):?\s*\Z
      | brutto\w*|brut\b|brute\b|sueldo|bruto\w*|lord[oi]|tarif\w*|fixum|einkommen
      | lương|platov[ée]|wynagrodzeni\w+|zarobki|pensj\w+|stawk\w+|wide[łl]ki|\w*(?:lön|lønn?)\b
      |lon\b|doe\b
      |(?<!\w\s)budget(?=:)
      | stipends?
      | зарплат\w*|зарабо\w+|оклад\w*|доход\w*|gaji|maa[sş]\w*|mzd[aoyu]\w*|fizet[ée]s
      |salariu\w*
      | palkk\w+|palkka|fourchettes?|faixa|(?:banda|rango)\s+salarial|vencimento|ordenado
      | compenso|stagevergoeding|bolsa|вилка|оплат\w*|ставк\w*
      |offer\w*(?=\s+(?:you\s+)?\Z)|αμοιβή|μισθ\w+
    )|薪酬|薪水|工资|待遇|급여|年収|年薪|年俸|月薪|月給|月収|時給|給与|薪资|연봉|월급|시급""",
    re.X | re.I,
)

# Words that mean pay by themselves, where "offer" or "rate" may speak of anything.
STRONG_PAY = re.compile(
    r"sal[aá]r|salair|gehalt|verg[uü]tung|lohn|sueldo|wynagrodz|zarobk|pensj"
    r"|compensation|wage|remunera|r[ée]mun"
    r"|stipendio|retribu|\bral\b|l[öø]nn?\b|entlohn|gratification|indemnit[ée]|bolsa"
    r"|atlygin|töötasu"
    r"|плат[аы]|μισθ|αμοιβ|minijob|stagevergoeding|schaal|\bclt\b|\bpj\b|\bpay\b|hourly"
    r"|per hour|brutto|brut\b|bruto"
    r"|stipend",
    re.I,
)

# Money that is no pay, named before the amount: "signing bonus of $5,000".
OTHER_BEFORE = re.compile(
    r"""\b(?=\w)(?:
        (?:(?:home[- ])?office|wellness|wellbeing|learning|education|development|internet|phone
          |meals?|lunch|food|travel|commut\w+|transport\w*|gym|fitness|equipment
          |relocation|childcare|mobile
          |health\w*|workspace|coworking)\s+(?:\w+\s+)?stipends?
      | bonus(?:es)?|commission|raised|raising|raise|funding|funded|fundrais\w+
      |revenues?|arr|mrr
          |aum
      | valu(?:ed|ation)|(?<!geographic\s)(?<!labor\s)(?<!job\s)market
          (?![\s-]+(?:related|rate|compet|leading|salar|pay|align))
      | (?<=\w\s)budgets?|budgets?(?!:)|signing|sign[- ]?on|referral|refer
      |(?:annual|yearly|housing|remote|wfh|tech\w*|flex\w*|lifestyle|one[- ]time)\s+stipends?
      |allowances?
      | reimburse\w*|grants?|deals?|contracts?\s+(?:worth|value\w*)|donat\w+|prizes?|fines?
      |invest\w*
      | savings?|saved|spend\w*|spent|portfolio|turnover|gmv|quota|match\w*|insurance|coverage
      |perks?
      | equity|stock|rsus?|shares|tuition|education|learning|development|wellness
      |wellbeing|gym
      | equipment|home[- ]office|commut\w+|transport\w*|travel|meals?|lunch|internet|phone
      |compute|401\(?k?\)?
      | projects|proje[ct]ts|projekt[ey]|projecten|proyectos|progetti
      |budgetverantwortung
      | valeur|valor|copays?|mediclaim|pakiet|sprzeda[żz]\w*|fiets|logement|datasets?|sq\.?\s?ft
      | households?|families|[ck]afeteria|donors?|giving|pric(?:e|ing)s?
      |plans?\s+(?:start|from|begin)|products
      | (?<!package\s)worth|weighting|hcas|differentials?|accommodation|lodging|parking
      |cycle\s+to\s+work
      | incentives?|limits?|thresholds?|awards?|\d(?:\.\d)?\s?x\s+(?:\w+\s+){0,2}(?:salary|pay)
      |life\s+assurance
      | variab\w+\s+(?:vergütung|pay\b|comp\w*|remun\w*|gehalt\w*|salary)|(?:part
      |salaire)\s+variable
      | (?:pick|production|output|conversion|response|growth|error|churn|win|heart|pass
      |hit|fill)
          \s+rates?
      | (?!stage)\w*(?:geld|bonus|pauschale|zulagen?|beitrag|sonderzahlung\w*|abonnement\w*
          |bidrag\w*|prämien?|zuschuss|gutschein\w*|tickets?|vergoeding|(?<=\w)leistungen|(?<=\w)kosten
          |(?<=\w)budget)
      | indemnit[ée]s?\s+(?!de\s+stage)|paniers?|cr[èe]che|cart[ãa]o|tarjeta|bonos?|carter[ai]
          |carteira|contribut[oi]|portafoglio|subs[íi]dio|indi(?:que|ca[çc][ãa]o)
          |friskv[åa]rd\w*
      | hra|hsa|fsa|fertility|medical|dental|health\w*|adoption|parental|childcare
      |premiums?|gifts?
      | credits?|subsid\w+|vouchers?|discounts?|retention|profits?|assets|capital|backed
      |series\s[a-e]
      | benefits?\s+(?:worth|up\s+to|of)|primes?|participation|umsatz|restaurants?
      | sachbezug|pr[äa]mie|weiterbildung\w*|fortbildung\w*|finanzierung\w*
      | lev[ée]e\s+de\s+fonds|chiffre\s+d['’]affaires|cooptation|int[ée]ressement|mutuelle|prime
      | presupuesto|formaci[óo]n|ayuda\s+(?:de|por|para)|facturaci[óo]n|inversi[óo]n
      | financiaci[óo]n|ronda|dietas
      | vale|(?<!bolsa[\s-])aux[íi]lio|faturamento|investimento|b[ôo]nus
      |ajuda\s+de\s+custo|di[áa]ria\s+de
      | omzet|investering
      | buoni\s+pasto|buono\s+pasto|ticket|welfare\s+aziendale|fatturato|finanziamento
      | investimenti|rimborso(?!\s+spese)
      | bud[żz]et\w*|szkoleni\w*|dofinansowani\w*|polece\w*|premi[ai]|inwestycj\w*|dodatek
      | (?:homes|houses|checks|cheques|projects|contracts)\s+
        (?:of|from|between|up|ranging|valued|priced)
      | laptops?|per\s+diem(?!\s+(?:position|role|job|shift|staff))|enrol\w+|students
      |bounty|bounties|winnings
      | rents?|rooms?|housing|deposits?|claims|win|setup|set-up
      | guthaben|\w+-guthaben|jobrad|vwl|forfait\s+mobilit[ée]|carte\s+swile|ch[eè]que\w*
      | seguro|plano\s+de|plr|gympass|multisport|premio|ventas\s+(?:de|por)
      |scholarships?|awards?\s+of|royalt\w+
      | relocation(?:\s+(?:package|support|assistance|bonus))?|acv|tcv|ltv|ebitda|id
      | variable|pays?\s+us
      | employees|users|customers|costs?|sales|earned\s+by|loan\w*|debt
      |purchase\w*|orders?
      | payments?\s+of|transactions?|process\w*|billion|fees?|license|sponsor\w*
    )\b|手当|交通費|予算|预算|書籍|餐补|注册资本|補助|資本金|売上|賞与|补助|补贴|津贴|奖金|融资
      |보너스
      |복지포인트""",
    re.X | re.I,
)

# Money that is no pay, named right after the amount: "$500 annual learning budget".
_LINK = (
    r"(?:(?!plus\b|and\b|with\b|in[ck]l\w*\b|or\b|base\b|based\b|salary\b|gross\b|depend\w*\b"
    r"|doe\b|pro\b|geographic\b|labor\b|zzgl\b|und\b|mit\b|sowie\b|et\b|avec\b|con\b"
    r"|più\b|oraz\b)"
    r"[\w'’%-]+\s+)"
)
OTHER_AFTER = re.compile(
    rf"""(?![\s(]*(?:equity|stock|options?|bonus|rsus?)\W{{0,3}}(?:of\s+)?\d)
    (?!\s*for\s+(?:\w+\s+){{0,3}}(?:engineers|developers|professionals|staff|roles|candidates))
    [\s(]*(?:(?:in|of|for|towards?|as|to\s+spend\s+on|on|für|pour|para|voor|de|di
      |na)\s+)?{_LINK}{{0,4}}
    (?:bonus(?:es)?|sign(?:ing)?[- ]?on|signing|referral|stipends?|allowances?|budgets?
      |reimburse\w*
      | grants?|deals?|contracts|contract\s+(?:value|size|worth|awards?)|funding|rounds?
      |revenues?|arr|mrr|aum|assets|valuation|market
      |sales
      | bookings|investments?|seed|series|savings|portfolio|turnover|gmv|quota|prizes?|fines?
      |match\w*
      | equity|stock|rsus?|shares|options|insurance|coverage|perks?|relocation|tuition|credits?
      | users?|customers?|clients?|employees|people|members|engineers|developers|companies
      |businesses
      | staff|patients|transactions|downloads|stores|students|followers|merchants|subscribers
      |accounts
      | professionals|colleagues|requests|events|hours?(?!\s*(?:per|a|/|each|weekly|p\.?w))|days
      |learning|wellness|gym|commuter
      |vouchers?
      | exploits?|contributions?|pension|car|zuschuss|gutschein\w*|umsatz|mitarbeiter\w*|kunden
      |commission
      | retention|raised|profits?|capital|loans?|lines|stars|rows|nodes|servers|qps|rps|records
      |points|miles
      | premiums?|sabbaticals?|flexible\s+benefits|flex\s+fund
      | \w*(?:budgets?|prämien?|bonus|beitrag|geld|pauschale|zulagen?)|tri?llion
      |zuschüsse|tickets?
      | refer\b|weiterbildung\w*|fortbildung\w*|formation|formaci[óo]n|ayuda|szkoleni\w*
      |förderung
      | copays?|logement|images|预算
      |co-?working|spend|differentials?|weighting|bonos?
      | variable(?!\s+(?:dep|by|on)\b)
      | per\s+diem|sachbezug|laptop|setup|set-up|hackathon|minimum\s+order
      | [\w-]*guthaben|deposit|rent|macbook|towards?|bounty|scholarships?
      | gift\w*|transport\w*|transit|travel\w*|lunch\w*|meals?|food|phone|internet
      |childcare|books?
      | conferences?|courses?|charit\w+|donat\w+|equipment|holidays?|home[- ]office|workspace
      |coworking
      | sq\w*|steps|projects|orders|products|parts|vehicles|locations|volts?|feet|meters|words
      |visitors)\b""",
    re.X | re.I,
)

# "+ £5k bonus", "plus a $10,000 sign-on": an extra to pay stated before it.
EXTRA_BEFORE = re.compile(
    r"(?:\+|\bplus\b|\band\b|&|,)\s*(?:up to|an?|approx\.?|circa|c\.?"
    r"|variable)?\s*(?:an?\s+)?\Z",
    re.I,
)

UP_TO = re.compile(
    r"(?:\bup\s?to|\bbis\s+zu|\bbis|\bjusqu['’]?\s?(?:à|a|au)|\bhasta|\bat[eé]|\bfino\s+a|\btot"
    r"|\bmax(?:imum|imal)?"
    r"\.?:?|\bunder|\bless\s+than|\bno\s+more\s+than|\bm[aá]ximo(?:\s+de)?|\bdo|\btill?"
    r"|\biki|\blīdz|\bkuni|\bpân[ăa]\s+la|\bhingga"
    r"|\bto\s+a\s+max(?:imum)?\s+of"
    r"|\bbelow|\bmaxima(?:al|l)|\bh[öo]chstens|\bmassimo|\bmaksymalnie|\bau\s+maximum"
    r"|\bmaximum\s+of"
    r"|\A\s*to|\bnot\s+(?:to\s+)?exceed(?:ing)?|\bdo\s+maks\w*|\bдо|<"
    r"|≤)\s*(?:a\s+)?(?:circa|c\.|ca\.|approx\.?|around)?\s*\Z",
    re.I,
)
FROM = re.compile(
    r"(?:\bfrom|\bab|\bstart(?:s|ing)?(?:\s+(?:salary|pay|rate|wage))?(?:\s+(?:at|from|of|is"
    r"|with))?:?|\bmin(?:imum|d(?=\.))?"
    r"(?:\s+of)?\.?:?|\bat\s+least|\bmindestens|\b[àa]\s+partir\s+d[eo]|\bd[eè]s|\bdesde"
    r"|\bvanaf"
    r"|\bod|\bnuo|\balates|\bfr[åa]n?|\bde\s+la|\bmulai"
    r"|\bminimum\s+(?:\w+\s+){0,2}(?:salary|pay|wage)(?:\s+(?:of|is))?:?"
    r"|\bmindest\w*(?:gehalt|lohn|entgelt|verg[uü]tung)\b[^\d\n€$£]{0,60}|\bот|\bвід"
    r"|\bmore\s+than|\bover|\babove|\bm[ií]nimo(?:\s+de)?|\bpartire\s+da|>|≥)\s*(?:circa"
    r"|c\.|ca\."
    r"|approx\.?)?\s*\Z",
    re.I,
)
# A plus glued to the amount opens it ("$100k+ remote"); one that stands apart adds extras
# ("£35k + commission"), unless pay goes on behind it.
PLUS = re.compile(
    r"\+(?!/[-−]|[^\S\n]*(?:bonus|ben|equity|comm|car\b|pension|stock|package|pkg|ote|super"
    r"|tax|vat|shift"
    r"|excellent|uncapped|overtime|training|allowance|holiday|health|great|full|inside"
    r"|profit|tips"
    r"|perks|competitive|options|rsu|mwst|prov|variab|prime\b|pr[äa]mie|\+|up\s+to|[£$€]?\s?\d"
    r"|\w+\s+bonus))(?=\s|$|[,.;|)/&]|p)"
    r"|\s\+(?!/[-−])\s*(?=$|[,.;|)/]|&\s|doe\b|dep\w*\s+on|per\b|p\.?\s?[ahm]\.?\b"
    r"|an?\s+(?:hour|year)"
    r"|neg(?:otiable)?\b|base\b|basic\b|gross\b|annual|year)"
    r"|\s+(?:and\s+(?:up|above|over)|or\s+more|upwards|plus(?=\s*(?:$|\n))|aufwärts"
    r"|or\s+above|y\s+más"
    r"|et\s+plus|以上)(?!\w)|\s?以上|\s?이상",
    re.I,
)
AT_MOST = re.compile(r"\s?\(?max(?:imum|imal|\.)?(?!\w)", re.I)
RANGE_LINK = re.compile(
    r"\s*(?:[-–—‒−‐‑~～〜]|\bдо\b|\.{2,3}|…|\bto\b|\bbis(?:\s+zu)?\b|\b[àa]\b|\bal\b"
    r"|\bat[eé]\b|\btot\b|\bdo\b"
    r"|\bthrough\b|\bthru\b|\bup\s?to\b|-\s?up\s?to|\btil\b|\bhasta\b|\be\s+i\b|\bup\s+to\b|<->"
    r"|->|→|to\s+a\s+max\w*\s+of"
    r"|\bjusqu['’]?[àa]\b|(?:[,/;]|en\b|and\b|und\b|y\b|et\b)?\s*\bmax(?:imum)?\b\.?:?"
    r"|\biki\b|\blīdz\b|\bkuni\b|\btill?\b|\bpân[ăa]\s+la\b|\ba[žz]\b|\bhingga\b"
    r"|\bsampai\b|\bđến\b)\s*",
    re.I,
)
AND_LINK = re.compile(r"\s*(?:\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bi\b|&|\ba\b)\s*", re.I)
BETWEEN = re.compile(
    r"\b(?:between|zwischen|entre|tra|fra|tussen|mi[eę]dzy|pomi[eę]dzy|from|range(?:s"
    r"|d)?(?:\s+(?:of|is))?)\s*"
    r"(?:[\w.]{1,8}\s)?\Z",
    re.I,
)
OTE = re.compile(
    r"\b(?:ote|o\.t\.e\.?|on[- ]target(?:[- ]earnings?)?|total\s+(?:target\s+)?(?:cash"
    r"|earnings?"
    r"|comp(?:ensation)?)"
    r"|tc|target\s+(?:total\s+)?(?:cash|earnings?|comp(?:ensation)?)|target\s+earnings"
    r"|zielgehalt"
    r"|jahreszielgehalt|ttc|otc)\b",
    re.I,
)
BASE = re.compile(
    r"\b(?:base|basic|basis|fix(?:ed|um|gehalt)?|grundgehalt|salary|guaranteed)\b", re.I
)
ESTIMATE = re.compile(
    r"\s*\(?\s*(?:glassdoor|employer|indeed|adzuna|linkedin)?\s*(?:\best\.|\best\b\.?\)"
    r"|\(estimated?\)|\bestimate\b)",
    re.I,
)
ESTIMATE_BEFORE = re.compile(
    r"\b(?:(?:glassdoor|adzuna|indeed|linkedin|market)\s+(?:salary\s+)?estimate\w*"
    r"|estimated\s+by\s+\w+"
    r"|(?:salary|pay)\s+(?:estimate|prediction)|predicted\s+salary)\b[^\n.]{0,20}\Z"
    r"|(?:\A|\n)\s*estimated:?\s*\Z",
    re.I,
)
LISTED_AFTER = re.compile(r"\s*(?:[/,|;]|\bor\b|\band\b|\bUmb\w*|\bPAYE\b|\bLtd\b|\s)*\s*", re.I)
# What is paid by the piece has no period that pay could be compared by.
PIECE_AFTER = re.compile(
    r"\s?(?:per|/|an?|each|pro|par)\s?(?:article|word|post|page|task|project|video|lesson|class"
    r"|session|deliver\w+|mile|km|unit|piece|shift|visit|case|user|seat|licen[cs]e|lead|sale"
    r"|referral|click|survey|interview|ticket|order|transaction|customer|employee|person"
    r"|head)s?\b",
    re.I,
)
NOUN_AFTER = re.compile(
    r"\s?[-–]?\s?(?:hours?|hrs?|days?|weeks?|months?|years?|yrs?|minutes?|mins?|seconds?"
    r"|employees|people|staff|users?"
    r"|customers?|clients?|members?|engineers?|developers?|countries|offices|locations|cities"
    r"|states|teams?|positions?"
    r"|openings?|vacanc\w+|stunden|tage|urlaubstage|monate|jahre|mitarbeiter\w*|kunden|heures"
    r"|jours|mois|ans|horas"
    r"|d[ií]as|meses|a[nñ]os|anos|dias|uur|dagen|jaar|dni|lat|godzin|x\b|th\b|st\b|nd\b|rd\b"
    r"|\+\s?years?|%|°|km\b|kg\b"
    r"|gb\b|tb\b|mb\b|ms\b|hz\b|mph\b|miles?\b|companies|students?|businesses|stores"
    r"|million\s+\w+)",
    re.I,
)
# Others than the employer who pay or earn: "Companies pay us $20,000", "sellers make $10,000".
THIRD_PARTY = re.compile(
    r"\b(?:compan(?:y|ies)|alumni|businesses|organi[sz]ations|firms|brands|customers?"
    r"|clients?|buyers?"
    r"|enterprises?|households?|famil(?:y|ies)|people|sellers?|creators?|homeowners?|merchants?"
    r"|patients?|subscribers?|tenants?|users?|learners?|graduates|americans|consumers?"
    r"|travell?ers"
    r"|lenders|borrowers|investors?|donors?|they|kunden|unternehmen|firmen|clients|entreprises"
    r"|clientes|empresas|klanten|bedrijven|clienti|aziende|klienci|firmy)"
    r"\s+(?:(?!are\b|is\b|can\s+expect\b)\w+\s+){0,4}"
    r"(?:pay(?:s|ing)?|paid|earn(?:s|ing|ed)?|mak(?:e|es|ing)|made|spend(?:s|ing)?|spent"
    r"|sav(?:e|es"
    r"|ing)|charge|zahlen|bezahlen|verdienen|sparen|payent|gagnent|pagan|pagam|ganan"
    r"|ganham|betalen"
    r"|pagano|guadagnano|p[łl]ac[ąa])\b"
    r"|\b(?:national|uk|us|u\.s\.|industry|market)\s+average\b"
    r"|\bon\s+our\s+(?:platform|marketplace|app|site)\b|\bsav(?:e|es|ing"
    r"|ed)\s+(?:\w+\s+){0,3}(?:up\s+to\s+)?\Z",
    re.I,
)
_JOB_NOUNS = (
    r"(?:manager|engineer|developer|analyst|scientist"
    r"|executive|assistant|officer|advis[eo]r|consultant|specialist|coordinator|administrator"
    r"|representative|rep|associate|director|lead|leader|head|nurse|worker|carer"
    r"|technician|agent"
    r"|clerk|supervisor|planner|buyer|trainer|teacher|tutor|driver|designer|architect|partner"
    r"|intern|staff|team|professional|operator|controller|accountant|recruiter|expert|handler"
    r"|rn|lpn|lvn|cna|therapist|physician|tech|broker|underwriter|negotiator|picker|porter|cook"
    r"|chef|leiter(?:in)?|berater(?:in)?|mitarbeiter(?:in)?|kaufmann|kauffrau)s?"
)
JOB_NOUN = re.compile(
    rf"\b(?:(?!team|staff|professional){_JOB_NOUNS}|\w*entwickler(?:in)?"
    rf"|d[ée]veloppeu(?:r|se)|programador\w*|desarrollador\w*"
    r"|desenvolvedor\w*|programist\w*|freelancer?s?|internship|minijob|werkstudent\w*"
    r"|contractors?)\b",
    re.I,
)
# The name of a job or of a field may hold such words: "Sales Manager", "Machine Learning Engineer".
JOB_NAME = re.compile(
    r"\b(?:sales|rooms?|housing|claims|rent|setup|set-up|deposits?|market\w*"
    r"|business\s+development|development|health\w*|medical|dental|education"
    r"|learning|training|travel|transport\w*|process\w*|insurance|invest\w+|capital"
    r"|assets?|equity"
    r"|credit|debt|loans?|fees?|price|pricing|costs?|purchas\w+|orders?|grants?"
    r"|fundrais\w+|funding"
    r"|revenues?|portfolio|profit|stock|shares|phone|meals?|lunch|gym|wellness|wellbeing"
    r"|commission"
    r"|referral|compute|budgets?|customers?|users?|employees?|retention|license|license|tax"
    r"|transactions?|valuation|childcare|parental|adoption|equipment|internet|home|relocation"
    r"|payments?|subsid\w+|vouchers?|deals?|turnover|tickets?|restaurants?|prime|students"
    r"|weiterbildung\w*|variable)"
    r"\b(?:\s*(?:&|/|and|-)\s*\w+|\s+(?!per\b|of\b|for\b|to\b)\w+){0,2}?[\s-]+"
    rf"{_JOB_NOUNS}\b|\b(?:vp|head|director|manager)\s+of\s+\w+",
    re.I,
)

# The name of an extra right before its amount: "target bonus of $25,000 - $40,000". What is added
# to pay ("base + bonus: $150k") names the sum of both.
EXTRA_NAMED = re.compile(
    r"(?<![+&/])(?<!and)(?<!plus)(?<!incl\.)(?<!including)\s+(?:(?:sign(?:ing)?[\s-]?on"
    r"|target|annual|signing"
    r"|relocation|retention|performance)\s+)*"
    r"(?:bonus(?:es)?|commissions?|incentives?|equity|stock|rsus?|allowances?|relocation"
    r"|budgets?)"
    r"(?:\s+(?:package|opportunity|target|grant))?"
    r"[\s:–-]*(?:\b(?:of|up\s+to|between|from|is|ranging|worth|valued|at|around"
    r"|approximately)\b[\s:]*)*\Z",
    re.I,
)

# A line that is nothing but the heading of pay: "Compensation", "Salary range:".
HEADING = re.compile(
    r"(?:\W{0,4}(?:the|our|annual|base|job|your|dein|estimated|target)\s+){0,2}\W{0,4}"
    r"(?:salar\w+|compensation|pay|gehalt\w*|verg[uü]tung|r[ée]mun[ée]ration|salaires?|sueldo"
    r"|wynagrodzenie|retribu\w+|зарплата|lön|løn|palkka|remunera\w+|給与|薪资|연봉)"
    r"(?:\s+(?:range|details|band|information|rate|transparency))?\s*:?\Z",
    re.I,
)

PAY_AFTER = re.compile(
    r"(?:starting|annual|yearly|fixed|minimum)\s+(?:salary|pay|wage)\b"
    r"|(?:base|basic|gross|brut[ots]?|netto|doe|neg|negotiable|pro[\s-]?rata|fte)\b"
    r"|dep\w*\s+on\s+exp",
    re.I,
)
