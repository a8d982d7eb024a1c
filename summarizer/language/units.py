"""Words for numbers, units and bounds, with what they are worth."""

ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth".split(),
        [*range(1, 21), 30],
        strict=True,
    )
)
PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}

CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "cent": "cent", "£": "GBP", "gbp": "GBP", "pound": "GBP", "pence": "GBP",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "¥": "JPY", "yen": "JPY", "crown": "crown", "krone": "crown", "kronor": "crown",
    "franc": "CHF", "rouble": "RUB", "ruble": "RUB", "rupee": "INR", "₹": "INR", "peso": "peso", "mark": "mark", "yuan": "CNY", "zloty": "PLN",
    "a$": "AUD", "c$": "CAD", "dinar": "dinar", "lira": "lira", "won": "won",
}  # fmt: skip
# unit: (dimension, factor to its base)
UNITS: dict[str, tuple[str, float]] = {
    "%": ("percent", 1), "percent": ("percent", 1), "per cent": ("percent", 1), "pct": ("percent", 1), "percentage point": ("points", 1),
    "point": ("points", 1), "basis point": ("points", 0.01),
    "mm": ("length", 0.001), "millimetre": ("length", 0.001), "millimeter": ("length", 0.001), "cm": ("length", 0.01),
    "centimetre": ("length", 0.01), "centimeter": ("length", 0.01), "metre": ("length", 1), "meter": ("length", 1), "km": ("length", 1000),
    "kilometre": ("length", 1000), "kilometer": ("length", 1000), "mile": ("length", 1609.344), "yard": ("length", 0.9144),
    "foot": ("length", 0.3048), "feet": ("length", 0.3048), "ft": ("length", 0.3048), "inch": ("length", 0.0254), "inche": ("length", 0.0254),
    "nautical mile": ("length", 1852), "m": ("length", 1),
    "square metre": ("area", 1), "square meter": ("area", 1), "square foot": ("area", 0.0929), "square feet": ("area", 0.0929),
    "square mile": ("area", 2_589_988), "square kilometre": ("area", 1e6), "square kilometer": ("area", 1e6), "hectare": ("area", 1e4), "acre": ("area", 4046.86),
    "gram": ("mass", 0.001), "g": ("mass", 0.001), "mg": ("mass", 1e-6), "milligram": ("mass", 1e-6), "kg": ("mass", 1), "kilogram": ("mass", 1),
    "kilo": ("mass", 1), "lb": ("mass", 0.4536), "ounce": ("mass", 0.02835), "stone": ("mass", 6.35), "tonne": ("mass", 1000), "ton": ("mass", 1000),
    "litre": ("volume", 1), "liter": ("volume", 1), "ml": ("volume", 0.001), "gallon": ("volume", 3.785), "pint": ("volume", 0.568), "barrel": ("barrel", 1),
    "mph": ("speed", 1.609344), "km/h": ("speed", 1), "kph": ("speed", 1), "kmh": ("speed", 1), "knot": ("speed", 1.852),
    "mile an hour": ("speed", 1.609344), "mile per hour": ("speed", 1.609344), "kilometre an hour": ("speed", 1), "kilometer an hour": ("speed", 1),
    "kilometre per hour": ("speed", 1), "kilometer per hour": ("speed", 1),
    "second": ("duration", 1 / 86400), "minute": ("duration", 1 / 1440), "hour": ("duration", 1 / 24), "day": ("duration", 1), "week": ("duration", 7),
    "fortnight": ("duration", 14), "month": ("duration", 30.4375), "year": ("duration", 365.25), "decade": ("duration", 3652.5),
    "century": ("duration", 36525), "centurie": ("duration", 36525), "season": ("season", 1), "night": ("night", 1),
    "watt": ("power", 1), "kw": ("power", 1e3), "mw": ("power", 1e6), "megawatt": ("power", 1e6), "gigawatt": ("power", 1e9), "gw": ("power", 1e9),
    "kilowatt": ("power", 1e3), "volt": ("volt", 1), "megabyte": ("bytes", 1e6), "gigabyte": ("bytes", 1e9), "terabyte": ("bytes", 1e12),
    "mb": ("bytes", 1e6), "gb": ("bytes", 1e9), "tb": ("bytes", 1e12),
}  # fmt: skip
# Words before a number that make it an interval: factors of the number.
MODIFIERS: dict[str, tuple[float, float]] = {
    **dict.fromkeys(("about", "around", "roughly", "approximately", "some", "an estimated", "estimated", "circa"), (0.9, 1.1)),
    **dict.fromkeys(("nearly", "almost", "close to", "just under", "just below", "approaching"), (0.88, 1.0)),
    **dict.fromkeys(("just over", "just above", "slightly more than"), (1.0, 1.1)),
    **dict.fromkeys(("more than", "over", "above", "upwards of", "at least", "a minimum of", "no fewer than", "no less than", "not less than"), (1.0, 2.0)),
    **dict.fromkeys(("fewer than", "less than", "under", "below", "up to", "as many as", "as much as", "at most", "no more than", "a maximum of", "not more than"), (0.5, 1.0)),
    **dict.fromkeys(("exactly", "precisely"), (1.0, 1.0)),
}  # fmt: skip
EXACT, LOWER_BOUND, UPPER_BOUND = "exact", "lower", "upper"
