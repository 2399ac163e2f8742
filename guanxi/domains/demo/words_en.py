"""The English sample firm: Lingnan Smart Manufacturing, selling automation around the world."""

from guanxi.domains.demo.texts_en import TEXTS
from guanxi.domains.demo.words import PersonWords, Place, ProductWords, TeamWords, Trade, Words

_STREETS = ("Mill Road", "Station Street", "Harbour Way", "Foundry Lane", "Park Avenue", "Canal Street", "Industrial Estate", "Bridge Road")


def _place(country: str, city: str, weight: int, phone: str, mobile: str, team: str) -> Place:
    return Place({"country": country, "city": city}, city, weight, phone, mobile, team, _STREETS)


_FORMS = ("Ltd", "GmbH", "Inc.", "B.V.", "S.r.l.", "Group")

WORDS = Words(
    firm="Lingnan Smart Mfg",
    teams=(
        TeamWords("firm", "Lingnan Smart Mfg"),
        TeamWords("sales", "Sales", "firm"),
        TeamWords("south1", "Europe", "sales"),
        TeamWords("south2", "Americas", "sales"),
        TeamWords("east", "Asia Pacific", "sales"),
        TeamWords("service", "Customer service", "firm"),
        TeamWords("marketing", "Marketing", "firm"),
    ),
    people=(
        PersonWords("su", "Wanyi Su", "manager", "sales", manages=True, sells=False),
        PersonWords("lin", "Yue Lin", "manager", "south1", manages=True),
        PersonWords("chen", "Oskar Lindahl", "member", "south1"),
        PersonWords("huang", "Marta Kowalczyk", "member", "south1"),
        PersonWords("zhou", "Diego Salvatierra", "manager", "south2", manages=True),
        PersonWords("liang", "Tessa Holbrook", "member", "south2"),
        PersonWords("mai", "Caleb Wexford", "member", "south2"),
        PersonWords("he", "Haruki Morinaga", "manager", "east", manages=True),
        PersonWords("shen", "Anjali Deshmane", "member", "east"),
        PersonWords("gu", "Yifan Gu", "member", "east"),
        PersonWords("tang", "Niamh Garrity", "member", "service", manages=True, sells=False),
        PersonWords("luo", "Keying Luo", "member", "marketing", manages=True, sells=False),
    ),
    families=(
        "Aldridge", "Bergmann", "Castellan", "Dufresne", "Eriksen", "Farrow", "Giordani", "Hartwell", "Ivanek", "Jansma", "Kettering",
        "Lombardo", "Marchetti", "Novotny", "Okafor", "Pellegrin", "Quintero", "Rasmus", "Sandoval", "Tanaka", "Ulrich", "Varga",
        "Whitcombe", "Ximenes", "Yamada", "Zielinska", "Nguyen", "Patel", "Chen", "Wong", "Silva", "Haddad", "Kaur", "Moreau", "Schreiber",
    ),
    given_female=(
        "Alice", "Bianca", "Clara", "Daphne", "Elena", "Freya", "Greta", "Hana", "Ingrid", "Julia", "Keiko", "Lena", "Mei", "Nora",
        "Olivia", "Priya", "Rosa", "Sofia", "Thea", "Vera", "Yara", "Zoe",
    ),
    given_male=(
        "Aaron", "Bruno", "Cedric", "Dominic", "Emil", "Felix", "Gavin", "Hugo", "Ivo", "Jonas", "Kenji", "Leo", "Mateo", "Nils",
        "Oscar", "Pavel", "Rafael", "Stefan", "Tobias", "Viktor", "Wei", "Yusuf",
    ),
    person_name="{given} {family}",
    brand_starts=(
        "Alto", "Bel", "Cor", "Dura", "Ever", "Ferro", "Gran", "Helio", "Inter", "Kin", "Lumi", "Mono", "Nova", "Omni", "Pax", "Quad",
        "Rota", "Sol", "Terra", "Uni", "Vela", "West", "Xeno", "Zen", "Arc", "Bright", "Clear", "Delta", "North", "Prim",
    ),
    brand_ends=(
        "band", "core", "dyne", "field", "gate", "haus", "istec", "lane", "mark", "nex", "pol", "ridge", "stone", "tron", "via", "works",
        "forge", "line", "max", "vale", "mont", "quist", "bury", "crest",
    ),
    company_name="{brand} {word} {form}",
    trades=(
        Trade("automation", "business", 14, ("Automation", "Robotics", "Controls"), _FORMS),
        Trade("machinery", "business", 13, ("Machinery", "Engineering", "Machine Works"), _FORMS),
        Trade("electronics", "business", 13, ("Electronics", "Circuits", "Optics"), _FORMS),
        Trade("metal", "business", 10, ("Metals", "Castings", "Fasteners"), _FORMS),
        Trade("plastics", "business", 8, ("Plastics", "Moulding", "Polymers"), _FORMS),
        Trade("automotive", "business", 8, ("Automotive", "Motor Parts", "Drivetrain"), _FORMS),
        Trade("appliances", "business", 6, ("Appliances", "Home Products"), _FORMS),
        Trade("packaging", "business", 6, ("Packaging", "Print & Pack"), _FORMS),
        Trade("food", "business", 5, ("Foods", "Beverages"), _FORMS),
        Trade("medical", "business", 5, ("Medical", "Diagnostics"), _FORMS),
        Trade("energy", "business", 4, ("Energy", "Power Systems"), _FORMS),
        Trade("logistics", "business", 3, ("Logistics", "Supply Chain"), _FORMS),
        Trade("education", "public_interest", 5, ("Technical College", "Institute of Technology"), ("",)),
        Trade("machinery", "intermediary", 6, ("Industrial Supplies", "Systems Integration"), _FORMS),
    ),
    places=(
        _place("United Kingdom", "London", 12, "+442079460###", "+442079460###", "south1"),
        _place("Germany", "Berlin", 14, "+493023125###", "+4915155######", "south1"),
        _place("Netherlands", "Rotterdam", 6, "+3110N######", "+3162#######", "south1"),
        _place("Italy", "Milan", 8, "+3902N#######", "+39347N######", "south1"),
        _place("Poland", "Warsaw", 7, "+4822N######", "+48512######", "south1"),
        _place("United States", "Chicago", 14, "+131255501##", "+177355501##", "south2"),
        _place("United States", "Houston", 10, "+171355501##", "+183255501##", "south2"),
        _place("Canada", "Toronto", 6, "+141655501##", "+164755501##", "south2"),
        _place("Japan", "Nagoya", 6, "+8152N######", "+8190N#######", "east"),
        _place("Singapore", "Singapore", 8, "+656N######", "+659N######", "east"),
        _place("Australia", "Melbourne", 6, "+6139N######", "+61412######", "east"),
    ),
    job_titles=(
        ("Managing director", "Management", ("decision_maker",), 14), ("Deputy director", "Management", ("decision_maker", "influencer"), 8),
        ("Head of production", "Production", ("influencer", "user"), 12), ("Purchasing manager", "Purchasing", ("buyer",), 18),
        ("Buyer", "Purchasing", ("buyer",), 10), ("Plant manager", "Production", ("technical", "user"), 14),
        ("Process engineer", "Engineering", ("technical",), 12), ("CTO", "Engineering", ("technical", "decision_maker"), 8),
        ("Shift supervisor", "Production", ("user", "champion"), 9), ("Finance manager", "Finance", ("finance",), 6),
        ("Project manager", "Projects", ("influencer", "champion"), 7),
    ),
    tags=("Long-standing", "Line upgrade", "Reference", "Expansion", "Price-sensitive", "Needs on-site support", "Listed company", "Refers others"),
    rivals=("Huayue Automation", "Borealis Robotics", "Zentos Equipment", "Olympus Servo", "Honto Vision"),
    channels=("Search ads", "Short video", "Trade fair", "Website form", "Newsletter", "Customer referral", "Marketplace"),
    products=(
        ProductWords("RB-06", "Six-axis arm HR-6", "Robots", "pcs", 86000, 0.34), ProductWords("RB-12", "Six-axis arm HR-12", "Robots", "pcs", 118000, 0.33),
        ProductWords("RB-20", "Six-axis arm HR-20", "Robots", "pcs", 152000, 0.31), ProductWords("RB-SC4", "SCARA robot SC-4", "Robots", "pcs", 46000, 0.36),
        ProductWords("RB-PL", "Palletiser MD-180", "Robots", "pcs", 198000, 0.29), ProductWords("RB-CO5", "Collaborative robot XZ-5", "Robots", "pcs", 98000, 0.38),
        ProductWords("RB-INJ", "Take-out robot QJ-8", "Robots", "pcs", 62000, 0.35), ProductWords("RB-GT", "Gantry loader HJ-3", "Robots", "set", 174000, 0.3),
        ProductWords("WD-ST", "Welding cell", "Robots", "set", 268000, 0.3), ProductWords("BD-RB", "Bending cell", "Robots", "set", 246000, 0.3),
        ProductWords("VS-2D", "2D inspection station", "Vision", "set", 88000, 0.42), ProductWords("VS-3D", "3D guidance system", "Vision", "set", 165000, 0.44),
        ProductWords("VS-AOI", "Inline surface inspection", "Vision", "pcs", 236000, 0.4), ProductWords("VS-CAM", "Industrial camera 12 MP", "Vision", "pcs", 9800, 0.45),
        ProductWords("VS-SW", "Vision software licence", "Vision", "set", 38000, 0.72),
        ProductWords("AG-06", "AGV 600 kg", "Material flow", "pcs", 128000, 0.32), ProductWords("AG-15", "AGV 1500 kg", "Material flow", "pcs", 186000, 0.3),
        ProductWords("CV-RL", "Roller conveyor", "Material flow", "m", 3200, 0.28), ProductWords("CV-BT", "Belt conveyor", "Material flow", "m", 2400, 0.28),
        ProductWords("WH-ASRS", "Small automatic warehouse", "Material flow", "set", 680000, 0.26), ProductWords("WH-WMS", "Warehouse software", "Material flow", "set", 120000, 0.7),
        ProductWords("CN-LT", "Lathe loading station", "CNC and servo", "set", 132000, 0.31), ProductWords("CN-ML", "Machining centre loader", "CNC and servo", "set", 218000, 0.3),
        ProductWords("SV-PR", "Servo press 30 kN", "CNC and servo", "pcs", 96000, 0.37), ProductWords("SV-DR", "Servo drive 2 kW", "CNC and servo", "pcs", 3600, 0.33),
        ProductWords("SV-SCR", "Twin screwdriving station", "CNC and servo", "pcs", 58000, 0.39), ProductWords("PLC-S", "Controller LN-200", "CNC and servo", "pcs", 2800, 0.36),
        ProductWords("HMI-10", "Touch panel 10 inch", "CNC and servo", "pcs", 1900, 0.34),
        ProductWords("TR-PLC", "PLC training bench", "Training", "pcs", 13800, 0.46), ProductWords("TR-RB", "Robot training station", "Training", "set", 168000, 0.43),
        ProductWords("TR-CNC", "CNC training room", "Training", "set", 480000, 0.38), ProductWords("TR-IOT", "Industrial internet lab", "Training", "set", 360000, 0.48),
        ProductWords("TR-VS", "Vision training bench", "Training", "pcs", 42000, 0.45),
        ProductWords("MES-L", "Shop floor data system", "Software and service", "set", 160000, 0.66), ProductWords("SV-Y1", "Maintenance visit", "Software and service", "visit", 4800, 0.58),
        ProductWords("SV-Y4", "Yearly maintenance plan", "Software and service", "year", 16800, 0.58), ProductWords("SV-DBG", "On-site commissioning", "Software and service", "day", 1800, 0.5),
        ProductWords("SP-GRP", "Gripper spare set", "Spare parts", "set", 4000, 0.48), ProductWords("SP-RED", "Gearbox spare", "Spare parts", "pcs", 6800, 0.4),
        ProductWords("SP-CBL", "Robot cable set", "Spare parts", "set", 3200, 0.44),
    ),
    scenarios={
        "Robots": ("Line upgrade with six-axis arms", "Welding cells × {n}", "Palletising", "Take-out robots × {n}", "Bending cell", "Press line automation", "Cobot assembly"),
        "Vision": ("Inspection station", "Vision guidance", "Surface inspection × {n}", "Incoming inspection", "Code reading and traceability"),
        "Material flow": ("AGV pilot", "Automatic warehouse, phase 1", "Conveyor upgrade", "Warehouse software", "AGV fleet × {n}"),
        "CNC and servo": ("Machine loading × {n}", "Servo press line", "Screwdriving stations × {n}", "Control system upgrade"),
        "Training": ("Training room, phase 2", "PLC benches × {n}", "Industrial internet lab", "Robot training × {n}"),
        "Software and service": ("Shop floor data", "Maintenance contract", "Machine connectivity", "Maintenance renewal"),
        "Spare parts": ("Yearly spare parts", "Gripper spares", "Gearbox replacement", "Spare parts framework"),
    },
    texts=TEXTS,
    mail_domain="example.com",
    has_tax_numbers=False,
)
