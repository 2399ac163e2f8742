"""Where facts about a firm come from besides its own word: the interface of the register services.

*How it works*: a provider turns a search into `Company`s and a code or full name into one with details.
It speaks its service's published protocol over HTTPS and turns every refusal into a `ProviderProblem`
that says what to do. Keys come from the settings, never from a request.

*Rules*: addresses are the provider's own; nothing a person types becomes part of a host.
"""

from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any, Protocol

import orjson

from guanxi.engine.outgoing.client import OutgoingProblem, fetch
from guanxi.kit.errors import Problem
from guanxi.kit.text import Text

TIMEOUT_SECONDS = 8.0
MAX_ANSWER = 2_000_000

NO_ANSWER = Text(
    "「{provider}」没有应答，请稍后再试。", "“{provider}” did not answer. Please try again later."
)
REFUSED = Text("「{provider}」拒绝了查询：{reason}", "“{provider}” refused the query: {reason}")


@dataclass(frozen=True, slots=True)
class Company:
    """A firm as the register has it; dates as YYYY-MM-DD, capital in yuan, empty where not given."""

    name: str = ""
    code: str = ""
    representative: str = ""
    status: str = ""
    founded: str = ""
    capital: str = ""
    region: str = ""
    address: str = ""
    industry: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    scope: str = ""

    def as_json(self) -> dict[str, str]:
        """What is known of it."""
        return {key: value for key, value in asdict(self).items() if value}


class ProviderProblem(Problem):
    """A service that did not answer, or did not want to."""

    status, code = 502, "provider_failed"
    text = NO_ANSWER


class CompanyProvider(Protocol):
    """One register service."""

    key: str
    label: Text

    def search(self, text: str) -> list[Company]:
        """Firms by name, at most ten; raises ProviderProblem."""
        ...

    def detail(self, name_or_code: str) -> Company | None:
        """One firm with all that is known, or None; raises ProviderProblem."""
        ...


def get_json(
    provider: CompanyProvider, url: str, *, params: dict[str, str], headers: dict[str, str]
) -> dict[str, Any]:
    """The JSON object that a service answers; raises ProviderProblem."""
    label = provider.label
    try:
        answer = fetch(
            "GET",
            url,
            params=params,
            headers=headers,
            redirects=0,
            timeout=TIMEOUT_SECONDS,
            max_bytes=MAX_ANSWER,
        )
        if answer.status != HTTPStatus.OK:
            raise ProviderProblem(REFUSED, provider=label.zh, reason=f"HTTP {answer.status}")
        found = orjson.loads(answer.content)
    except (OutgoingProblem, ValueError):
        raise ProviderProblem(NO_ANSWER, provider=label.zh) from None
    if not isinstance(found, dict):
        raise ProviderProblem(NO_ANSWER, provider=label.zh)
    return found


def text_of(row: Any, *names: str) -> str:
    """The first of these members that holds something, as text."""
    if not isinstance(row, dict):
        return ""
    for name in names:
        value = row.get(name)
        if value not in (None, "", "-"):
            return str(value).strip()[:2000]
    return ""
