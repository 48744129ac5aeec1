"""Pay as boards of many countries write it, and their benefits that are no pay."""

import pytest

from tests.extraction.test_salary import PROSE, read

READ = {
    "Travel RN - $2,450/wk - 13 weeks - 3x12 nights": "2450 2450 USD week base",
    (
        "Our compensation reflects the cost of labor across several US geographic markets. "
        "The base pay for this position ranges from $129,300/year in our lowest geographic "
        "market up to $223,600/year in our highest geographic market."
    ): "129300 223600 USD year base",
    "We pay $200,000+ for senior engineers.": "200000 - USD - base",
    "110K base + commission, OTE 220K": "110000 110000 - - base",
    (
        "The expected compensation for this role is $175,000 - $210,000 base with target "
        "bonus of $25,000 - $40,000."
    ): "175000 210000 USD - base",
    "Teachers: $52,000 - $88,000 (10-month contract)": "52000 88000 USD - base",
    (
        "Consistent with Illinois law, the salary is $72,800-$109,200. Other incentives: up "
        "to $8,000 annually."
    ): "72800 109200 USD - base",
    "Salary: $45,000 - $55,000 per school year": "45000 55000 USD year base",
    "Compensation Type: Yearly\nHighest Salary: USD 150000\nLowest Salary: USD 120000": (
        "120000 150000 USD year base"
    ),
    "Salary Min: 80000 Salary Max: 100000 Currency: USD": "80000 100000 USD - base",
    "Year 1 OTE £45,000, basic £28,000": "28000 28000 GBP - base",
    "Salary will be in the range £43,414 to £51,805 per annum (pro rata for part-time staff).": (
        "43414 51805 GBP year base"
    ),
    "To £60k": "- 60000 GBP - base",
    "Total package worth up to £60,000": "- 60000 GBP - base",
    "Qux | Founding Engineer | SF | 150-220k, 0.5-2.0%": "150000 220000 - - base",
    "We are 35 people, €4M ARR and offer €60.000 – €80.000 plus VSOP.": "60000 80000 EUR - base",
    "Base salary between $100K and $130K, with OTE between $200K and $260K": (
        "100000 130000 USD - base"
    ),
    "年薪30-50万": "300000 500000 - year base",
    "薪资范围：15000-25000元/月": "15000 25000 CNY month base",
    "연봉 5,000만원 이상, 복지포인트 100만원": "50000000 - KRW year base",
    "Вилка: 200-300к": "200000 300000 - - base",
    "Stawka godzinowa: 31,40 zł brutto, premia 500 zł": "31.4 31.4 PLN hour base",
    "Atlyginimas nuo 1700 iki 3000 EUR": "1700 3000 EUR - base",
    "Töötasu 2500-3500 eurot kuus (bruto)": "2500 3500 EUR - base",
    "Palkka 2 800–3 400 euroa kuukaudessa": "2800 3400 EUR month base",
    "Ingångslön från 32 000 kr/mån": "32000 - - month base",
    "450€ à 500€ HT par jour": "450 500 EUR day base",
    "Market related R900 000 per annum": "900000 900000 ZAR year base",
    "Net salary N250,000 monthly": "250000 250000 NGN month base",
    (
        "Wir bieten ein Monatsbruttogehalt ab € 2.700,00 (Vollzeit, 38,5 Stunden) mit "
        "Bereitschaft zur Überzahlung"
    ): "2700 - EUR month base",
    "Jahresbrutto: ab EUR 56.000": "56000 - EUR year base",
    "Ab 17,50 € Stundenlohn + Schichtzulagen + 500 € Weihnachtsgeld": "17.5 - EUR hour base",
    "Gehaltskorridor von 70 bis 85 TEUR, 30 Tage Urlaub": "70000 85000 EUR - base",
    "CHF 5500 - 6200 brutto/Mt.": "5500 6200 CHF month base",
    "Stipendio 1.300 - 1.500 € netti/mese": "1300 1500 EUR month base",
    (
        "Annual base pay ranges by geography:\nTier A: $178,000 - $235,000\nTier B: $160,000 - "
        "$212,000\nTier C: $142,000 - $188,000"
    ): "142000 235000 USD year base",
    "$110,000 - $155,000 is the expected annual salary for this Boston-based position.": (
        "110000 155000 USD year base"
    ),
    "Total compensation $200k–$240k (base $160k–$190k + bonus).": "160000 190000 USD - base",
    "OTE of €90,000 (base: €60,000)": "60000 60000 EUR - base",
    "Starting on £30K with the potential to earn £45K+ OTE": "30000 30000 GBP - base",
    (
        "Wir zahlen dir ein Jahresgehalt von 50.000 bis 58.000 Euro sowie einen Bonus von "
        "bis zu 10 %."
    ): "50000 58000 EUR year base",
    (
        "Vergütung: 16,50 € bis 18,20 € pro Stunde inkl. Zuschläge; 30 Tage Urlaub; 300 € "
        "Urlaubsgeld"
    ): "16.5 18.2 EUR hour base",
    "Freelance : 400-480€/jour. CDI : 45-52k€.": "400 480 EUR day base",
    "Palkkahaarukka 3 800–4 600 e/kk, lounasetu": "3800 4600 EUR month base",
    "Ofrecemos: sueldo de $16,500 netos mensuales, vales de despensa de $1,200": (
        "16500 16500 USD month base"
    ),
    "薪酬：30k-50k × 16薪，五险一金，餐补30元/天": "30000 50000 - - base",
    "$34.50–$41.20/hour (CAD), union position, 35 hours/week": "34.5 41.2 CAD hour base",
    "£30,000 - £35,000/annum pension, life assurance, parking": "30000 35000 GBP year base",
    "Bruto maandloon vanaf € 2.850 + maaltijdcheques (€ 8/dag) + groepsverzekering": (
        "2850 - EUR month base"
    ),
    "Platové rozmezí 55 000 až 75 000 Kč hrubého": "55000 75000 CZK - base",
    "Timelønn: 235 kr": "235 235 - hour base",
    "Lương: 20 - 30 triệu/tháng + thưởng": "20000000 30000000 VND month base",
    "Jahresbruttogehalt 60 - 75 TEUR": "60000 75000 EUR year base",
    "Werkstudent: 18 € die Stunde, 20 Std./Woche": "18 18 EUR hour base",
    "Fixgehalt 50.000 € + variable Vergütung 20.000 €": "50000 50000 EUR - base",
    "Wir zahlen zwischen 70k und 90k.": "70000 90000 - - base",
    "mind. 2.600 € brutto": "2600 - EUR - base",
    "Salary 55-65 TEUR": "55000 65000 EUR - base",
    "k€ 45-55": "45000 55000 EUR - base",
    "K€45 - K€55": "45000 55000 EUR - base",
    "entre 38 et 45k": "38000 45000 - - base",
    "Salaire: 38/45K€": "38000 45000 EUR - base",
    "Rémunération : 40/50 K€ + variable": "40000 50000 EUR - base",
    "Salaire : 36 KE à 42 KE": "36000 42000 EUR - base",
    "36-42KE": "36000 42000 EUR - base",
    "Fourchette : 60-70K": "60000 70000 - - base",
    "1.200€ netos al mes": "1200 1200 EUR month base",
    "1.400 euro netti al mese": "1400 1400 EUR month base",
    "Stage con rimborso spese di 800 € mensili": "800 800 EUR month base",
    "Uurtarief: €85 - €95": "85 95 EUR hour base",
    "€90 p/u": "90 90 EUR hour base",
    "Stagevergoeding van €500 per maand": "500 500 EUR month base",
    "Årslønn NOK 700.000 - 850.000": "700000 850000 NOK year base",
    "Palkkaus 13,20 e/h": "13.2 13.2 EUR hour base",
    "₹15,000/month stipend": "15000 15000 INR month base",
    "80L - 1.2Cr": "8000000 12000000 INR - base",
    "Tk. 30,000 - 40,000 (Monthly)": "30000 40000 BDT month base",
    "Bolsa auxílio: R$ 1.500,00": "1500 1500 BRL - base",
    "Bolsa-auxílio R$ 1.800 + VT + VR R$ 30/dia": "1800 1800 BRL - base",
    "Sueldo mensual de $12,000 pesos": "12000 12000 MXN month base",
    "Salario: $ 3'500.000 COP": "3500000 3500000 COP - base",
    "$1.200.000 CLP líquidos mensuales": "1200000 1200000 CLP month base",
    "u$s 2000 - 3000": "2000 3000 USD - base",
    "U$D 2.500 mensuales": "2500 2500 USD month base",
    "$U 80.000 nominales": "80000 80000 UYU - base",
    "Q 8,000 - Q 10,000": "8000 10000 GTQ - base",
    "RD$ 60,000": "60000 60000 DOP - base",
    "Bs. 6000": "6000 6000 BOB - base",
    "年収600万～900万円": "6000000 9000000 JPY year base",
    "日給10,000円": "10000 10000 JPY day base",
    "15k-25k/月": "15000 25000 - month base",
    "2-3万/月": "20000 30000 - month base",
    "30-50万/年": "300000 500000 - year base",
    "¥20,000 - ¥30,000 RMB per month": "20000 30000 CNY month base",
    "月薪15000-20000元": "15000 20000 CNY month base",
    "Php 25,000 - Php 30,000": "25000 30000 PHP - base",
    "P25,000 - P30,000 per month": "25000 30000 PHP month base",
    "Rp 8 juta - 12 juta": "8000000 12000000 IDR - base",
    "15 - 25 triệu": "15000000 25000000 VND - base",
    "15 - 25 triệu VND": "15000000 25000000 VND - base",
    "월급 250만원 이상": "2500000 - KRW month base",
    "R1.2m per annum": "1200000 1200000 ZAR year base",
    "N300,000 - N500,000 per month": "300000 500000 NGN month base",
    "150-200 тыс. руб.": "150000 200000 RUB - base",
    "$90,000-$110,000 (CAD)": "90000 110000 CAD - base",
    "min 120000 max 150000 USD year": "120000 150000 USD year base",
    "USD 120000-150000 YEAR": "120000 150000 USD year base",
    "30 - 40 USD HOUR": "30 40 USD hour base",
    "5000 EUR MONTH": "5000 5000 EUR month base",
    "$150,000 - $190,000 (equity 0.05-0.1)": "150000 190000 USD - base",
    "₹3M – ₹4.5M • Offers Equity": "3000000 4500000 INR - base",
    "Salary (USD): 100,000-120,000": "100000 120000 USD - base",
    "Salary (EUR): 50-60k": "50000 60000 EUR - base",
    "Salary, €: 50,000 - 60,000": "50000 60000 EUR - base",
    "100-120k (EUR)": "100000 120000 EUR - base",
    "70k EUR +/- 10%": "70000 70000 EUR - base",
}


@pytest.mark.parametrize(("text", "answer"), READ.items(), ids=list(READ))
def test_pay_is_read_as_its_country_writes_it(text: str, answer: str) -> None:
    assert read(text) == answer


NO_PAY = [
    "Urlaubsgeld 300 €, Weihnachtsgeld 50 %",
    "Willkommensbonus in Höhe von 3.000 €",
    "Begrüßungsgeld von 1.500 Euro",
    "Bis zu 1.000 € Empfehlungsprämie",
    "Bono de referidos 1.000€",
    "Subsídio de refeição de 7,63 € por dia",
    "Friskvårdsbidrag 5 000 kr per år",
    "Faturamos R$ 2 bilhões em 2023",
    "Serving households with income between $30,000 and $60,000.",
    "Life insurance: 2x annual salary up to $300,000",
    "$150/month for co-working space",
    "Plans start at $29/month.",
    "Pricing: $49 - $199 per month.",
    "Sell products ranging from $500 to $5,000.",
    "£500 refer a friend scheme",
    "Cycle to work up to £2,000",
    "London weighting £4,000",
    "Night shift differential $3.00/hr",
    "Vermögenswirksame Leistungen 40 € monatlich",
    "Urlaubsgeld und Weihnachtsgeld je 1.000 €",
    "Mitarbeiter werben Mitarbeiter: 2.000 € Prämie",
    "Bis zu 2.500 € Antrittsprämie",
    "Internetpauschale 25 € monatlich",
    "Jährliche Sonderzahlung von 1.500 €",
    "Startbonus von 2.000 €",
    "CHF 500 für Weiterbildung pro Jahr",
    "CHF 1'000 Beitrag an GA",
    "Primes : 1 000 €",
    "Forfait télétravail de 50€ par mois",
    "Indemnité repas 9,90 € / jour",
    "Panier repas de 7,30€ par jour",
    "Crèche : 200€/mois pris en charge",
    "Tarjeta restaurante de 9€ diarios",
    "150€ de ayuda al teletrabajo",
    "Bono anual de 2.000 €",
    "Cartera de clientes de 500.000 € anuales",
    "Indique e ganhe R$ 1.000",
    "Cartão flex de R$ 1.200/mês",
    "Contributo formazione 500 €",
    "Sportabonnement van €25 per maand",
    "Kafeteria 200 zł / miesiąc",
    "Friskvårdsbidrag 3000 kr",
    "通勤手当 月3万円まで",
    "交通費支給（上限月5万円）",
    "住宅手当 月2万円",
    "書籍購入補助 年10万円",
    "住宅補助 1,500元/月",
    "SAP S/4HANA, Java 8-17, Python 3.11",
    "Alumni earn an average starting salary of $70,000",
    "Retail value $1,200",
    "$100 per quarter team dinner",
    "Pick rates of 100-150 per hour",
    "Budget: $50,000 marketing spend",
    "We invest $50,000 to $250,000 in startups",
    "Donors giving $1,000 - $10,000",
    "Approval limit: $10,000",
    "Repair estimates of $500 - $3,000",
    "Cost per lead of $25-$50",
    "Award: $1,500",
    "Accommodation provided at £100 per week",
    "Typical projects run from $200,000 to $2,000,000.",
    "Earn an extra $500 for every friend you refer",
    "Get $1,000 when you stay for 90 days",
    "$40 copays",
    "Budgetverantwortung zwischen 100.000 und 500.000 Euro",
    "Wir übernehmen deine Umzugskosten bis zu 3.000 €",
    "Jährlicher Gesundheitsbonus von 300 €",
    "Du erhältst 1.000 € Empfehlungsbonus",
    "Monatlich 50 € auf deiner Edenred-Karte",
    "Bis zu 6.000 € Förderung für deinen Führerschein",
    "Sparen Sie bis zu 1.200 € im Jahr",
    "Panier moyen de 80 €, 10 000 commandes par mois",
    "Projets de 50 k€ à 500 k€",
    "300 € par an en chèques vacances",
    "Aide au logement jusqu'à 1 000 €",
    "Formation d'une valeur de 5 000 €",
    "Proyectos de 100.000 € a 1.000.000 €",
    "Assicurazione sanitaria 1.000 €/anno",
    "Projecten van €500.000 - €5.000.000",
    "Fiets van de zaak t.w.v. €2.000",
    "Pakiet medyczny 150 zł miesięcznie",
    "Sprzedaż na poziomie 100 000 zł miesięcznie",
    "Friskvårdsbidrag på 4 000 kr/år",
    "予算 1,000万円～5,000万円のプロジェクト",
    "家賃補助 月5万円",
    "書籍代 月1万円まで",
    "管理 500-1000万元预算",
    "餐补每月500元",
    "注册资本1000万元人民币",
    "Mediclaim of 5 lakhs",
]


@pytest.mark.parametrize("text", NO_PAY)
@pytest.mark.parametrize("around", ["", PROSE], ids=["line", "prose"])
def test_benefits_and_other_money_are_no_pay(text: str, around: str) -> None:
    assert read(around + text) == "nothing"


POSTING = (
    PROSE + "Requirements\n- 5+ years of experience, 2 of them as a lead\n\nCompensation\n{}\n\n"
    "Benefits\n"
    "- 401(k) with a 4% match, $1,500 learning budget per year, 25 days of vacation"
)
UNDER_A_HEADING = {
    "Min: $60,000 / Max: $85,000": "60000 85000 USD - base",
    "Circa £60k plus excellent benefits": "60000 60000 GBP - base",
    "c.£70k + package": "70000 70000 GBP - base",
    "c£70,000": "70000 70000 GBP - base",
    "£100k+": "100000 - GBP - base",
    "Chef de Partie £28,000 + tips (approx £4k)": "28000 28000 GBP - base",
    "Head Chef up to £45k inclusive of tronc": "- 45000 GBP - base",
    "Плата: 3500-5000 лв": "3500 5000 BGN - base",
    "Startlön: 30 000 SEK": "30000 30000 SEK - base",
    "Schaal 10, min € 3.345 en max € 5.022": "3345 5022 EUR - base",
    "Physical Therapist - up to $95,000 + $10k sign on - outpatient": "- 95000 USD - base",
    "Honorarium: $500": "500 500 USD - base",
    "Renta: $900.000 líquidos": "900000 900000 USD - base",
    "Månadslön mellan 38 000 och 44 000 kr, friskvårdsbidrag 5 000 kr": "38000 44000 - month base",
    "Løn: 38.500 kr. pr. måned inkl. pension": "38500 38500 - month base",
    "Faixa: R$ 4.500 a R$ 5.500 (CLT), vale-refeição R$ 880/mês": "4500 5500 BRL - base",
    "We're offering up to £58,500 and a 6% matched pension; last year we raised £12m": (
        "- 58500 GBP - base"
    ),
    "Jahresfixum 55 T€ + 15 T€ variabel": "55000 55000 EUR - base",
    "Gratification : 1 200 €/mois + 50% Navigo + cantine": "1200 1200 EUR month base",
    "Entlohnung: ab 2.300 Euro brutto/Monat bei Vollzeit": "2300 - EUR month base",
    "Minijob 556 €": "556 556 EUR - base",
    "Fixe 40k€ + variable 20k€": "40000 40000 EUR - base",
    "Gratification de stage : 1 000 € / mois": "1000 1000 EUR month base",
    "Stage rémunéré 1200€/mois": "1200 1200 EUR month base",
    "Indemnité de stage : 800 € brut mensuel": "800 800 EUR month base",
    "od 8 000 zł do 12 000 zł": "8000 12000 PLN - base",
    "Αμοιβή: 1.200 € / μήνα": "1200 1200 EUR month base",
    "Fast månadslön 27 500 kr + provision": "27500 27500 - month base",
    "De R$ 5.001,00 a R$ 6.000,00": "5001 6000 BRL - base",
    "CLT: R$ 9.000 | PJ: R$ 12.000": "9000 12000 BRL - base",
    "PJ R$ 15.000/mês": "15000 15000 BRL month base",
    "от 3000 до 5000 $": "3000 5000 USD - base",
    "€45k+": "45000 - EUR - base",
    "~$100k": "100000 100000 USD - base",
    "≈ €60k": "60000 60000 EUR - base",
    "around 60k€": "60000 60000 EUR - base",
    "$100K plus": "100000 - USD - base",
    "100K+": "100000 - - - base",
}


@pytest.mark.parametrize(("text", "answer"), UNDER_A_HEADING.items(), ids=list(UNDER_A_HEADING))
def test_pay_under_its_heading_is_read_in_a_posting(text: str, answer: str) -> None:
    assert read(POSTING.format(text)) == answer


@pytest.mark.parametrize(
    "text", ["Projects from $200,000 to $2,000,000", "We fund $50,000 to $250,000 a team"]
)
@pytest.mark.parametrize("around", ["", PROSE, "Compensation and benefits\n"])
def test_ends_too_far_apart_for_one_post_are_no_pay(text: str, around: str) -> None:
    assert read(around + text) == "nothing"
