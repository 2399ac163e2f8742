"""People with known truth: some twice with slips, families at one address, colleagues in one office."""

import random

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志文海燕晓东红梅"


def make(people: int, seed: int = 3) -> list[tuple[dict[str, str], str]]:
    """(row, true id): every fifth person stands there twice, every fourth has a relative."""
    rng = random.Random(seed)
    rows: list[tuple[dict[str, str], str]] = []
    for number in range(people):
        person = _person(rng, number)
        rows.append((person, f"{number}"))
        if rng.random() < 0.2:
            rows.append((_again(rng, person), f"{number}"))
        if rng.random() < 0.25:
            rows.append((_relative(rng, person, number), f"{number}-relative"))
    rng.shuffle(rows)
    return rows


def _person(rng: random.Random, number: int) -> dict[str, str]:
    return {
        "name": rng.choice(FAMILY) + "".join(rng.choice(GIVEN) for _ in range(2)),
        "birth_date": f"{rng.randint(1950, 2005)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "phone": f"138{number * 7919 % 10**8:08}",
        "email": f"user{number}@mail.example" if rng.random() < 0.6 else "",
        "street": f"中山路{number % 900}号{rng.randint(1, 30)}室",
    }


def _again(rng: random.Random, person: dict[str, str]) -> dict[str, str]:
    """The same person as somebody else typed it."""
    again = dict(person)
    slip = rng.randrange(5)
    if slip == 0:
        again["phone"] = "+86 " + again["phone"][:3] + "-" + again["phone"][3:7] + "-" + again["phone"][7:]
    elif slip == 1:
        year, month, day = again["birth_date"].split("-")
        again["birth_date"] = f"{year}/{day}/{month}" if int(day) <= 12 else f"{day}/{month}/{year}"
    elif slip == 2:
        again["phone"] = ""
    elif slip == 3:
        again["birth_date"] = ""
        again["name"] += "先生"
    else:
        again["email"] = ""
        again["street"] = again["street"].replace("室", "")
    return again


def _relative(rng: random.Random, person: dict[str, str], number: int) -> dict[str, str]:
    """Another of the same surname and address."""
    other = _person(rng, number + 500_000)
    other["name"] = person["name"][0] + other["name"][1:]
    other["street"] = person["street"]
    return other
