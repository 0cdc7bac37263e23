"""What is usual in a country: its currency, how it writes dates and amounts, where its week begins. Defaults only: settings may say otherwise."""

from __future__ import annotations


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CURRENCIES = """
AED:AE AFN:AF ALL:AL AMD:AM AOA:AO ARS:AR AUD:AU,CC,CX,HM,KI,NF,NR,TV AWG:AW AZN:AZ BAM:BA BBD:BB BDT:BD BHD:BH BIF:BI BMD:BM BND:BN BOB:BO BRL:BR BSD:BS BTN:BT
BWP:BW BYN:BY BZD:BZ CAD:CA CDF:CD CHF:CH,LI CLP:CL CNY:CN COP:CO CRC:CR CUP:CU CVE:CV CZK:CZ DJF:DJ DKK:DK,FO,GL DOP:DO DZD:DZ EGP:EG ERN:ER ETB:ET
EUR:AD,AT,AX,BE,BG,BL,CY,DE,EE,ES,FI,FR,GF,GP,GR,HR,IE,IT,LT,LU,LV,MC,ME,MF,MQ,MT,NL,PM,PT,RE,SI,SK,SM,TF,VA,XK,YT
FJD:FJ FKP:FK GBP:GB,GG,GS,IM,IO,JE GEL:GE GHS:GH GIP:GI GMD:GM GNF:GN GTQ:GT GYD:GY HKD:HK HNL:HN HTG:HT HUF:HU IDR:ID ILS:IL,PS INR:IN IQD:IQ IRR:IR ISK:IS
JMD:JM JOD:JO JPY:JP KES:KE KGS:KG KHR:KH KMF:KM KPW:KP KRW:KR KWD:KW KYD:KY KZT:KZ LAK:LA LBP:LB LKR:LK LRD:LR LSL:LS LYD:LY MAD:EH,MA MDL:MD MGA:MG MKD:MK MMK:MM
MNT:MN MOP:MO MRU:MR MUR:MU MVR:MV MWK:MW MXN:MX MYR:MY MZN:MZ NAD:NA NGN:NG NIO:NI NOK:BV,NO,SJ NPR:NP NZD:CK,NU,NZ,PN,TK OMR:OM PAB:PA PEN:PE PGK:PG PHP:PH
PKR:PK PLN:PL PYG:PY QAR:QA RON:RO RSD:RS RUB:RU RWF:RW SAR:SA SBD:SB SCR:SC SDG:SD SEK:SE SGD:SG SHP:AC,SH,TA SLE:SL SOS:SO SRD:SR SSP:SS STN:ST SYP:SY SZL:SZ
THB:TH TJS:TJ TMT:TM TND:TN TOP:TO TRY:TR TTD:TT TWD:TW TZS:TZ UAH:UA UGX:UG USD:AQ,AS,BQ,EC,FM,GU,MH,MP,PR,PW,SV,TC,TL,UM,US,VG,VI UYU:UY UZS:UZ VES:VE VND:VN VUV:VU
WST:WS XAF:CF,CG,CM,GA,GQ,TD XCD:AG,AI,DM,GD,KN,LC,MS,VC XCG:CW,SX XOF:BF,BJ,CI,GW,ML,NE,SN,TG XPF:NC,PF,WF YER:YE ZAR:ZA ZMW:ZM ZWG:ZW
"""
_CURRENCY = {
    country: currency
    for currency, _, countries in (entry.partition(":") for entry in _CURRENCIES.split())
    for country in countries.split(",")
}

COUNTRIES = frozenset(_CURRENCY)
CURRENCIES = frozenset(_CURRENCY.values())

_MONTH_FIRST = _codes("AS CA CN FM GU HU JP KP KR LT MH MN MP PH PR PW TW UM US VI")
_WEEK_FROM_SUNDAY = _codes(
    "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI "
    "WS YE ZA ZW"
)
_WEEK_FROM_SATURDAY = _codes("AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY")
_TWELVE_HOURS = _codes(
    "AE AG AS AU BB BD BH BM BS BZ CA CO DM EG FJ FM GD GM GU GY HK IN IQ JM JO KI KN KR KW KY LC LK LY MH MP MW MY NZ OM PG PH PK PR PW QA SA SB SD SG SL SY TC "
    "TO TT UM US VC VE VG VI VU YE ZM"
)
_DECIMAL_COMMA = _codes(
    "AD AL AM AO AR AT AX AZ BA BE BG BO BR BY CI CL CM CO CR CV CY CZ DE DK DZ EC EE ES FI FO FR GE GF GL GP GR GW HR HU ID IS IT KG KZ LT LU LV MA MC MD ME MK "
    "MQ MZ NC NL NO PF PL PT PY RE RO RS RU SE SI SJ SK SM SN SR TJ TM TN TR UA UY UZ VA VE VN XK ZA"
)


def currency_of(country: str) -> str:
    """The currency (ISO 4217) of a country, US dollars where it is unknown."""
    return _CURRENCY.get(country, "USD")


def date_order_of(country: str) -> str:
    """`mdy` where the month stands before the day, else `dmy`."""
    return "mdy" if country in _MONTH_FIRST else "dmy"


def first_weekday_of(country: str) -> int:
    """The day on which calendars begin, 0 for Monday to 6 for Sunday."""
    if country in _WEEK_FROM_SUNDAY:
        return 6
    return 5 if country in _WEEK_FROM_SATURDAY else 0


def has_24_hours(country: str) -> bool:
    """Whether clocks count to 24 rather than twice to 12."""
    return country not in _TWELVE_HOURS


def decimal_mark_of(country: str) -> str:
    """`,` or `.`, the mark before the cents."""
    return "," if country in _DECIMAL_COMMA else "."
