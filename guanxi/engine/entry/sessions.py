"""The ends of sessions that their person did not choose on the spot, told to the audit.

*How it works*: signing out is told by identity/sign_in.py. Here are the others: a session that ran into a limit
(`expired`), that its person ended from elsewhere (`revoked`), or that an administrator ended. A session whose
cookie merely ran out leaves no trace: nobody was there.
"""

from collections.abc import Iterable

from allauth.core import context
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from guanxi.engine.identity.models import User
from guanxi.engine.identity.sign_in import origin_of
from guanxi.engine.tenancy.context import Origin
from guanxi.engine.tenancy.recording import record_person


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Ends sessions, and says so."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End these sessions of one person, as that person asks."""
        ended = list(sessions)
        super().end_sessions(ended)
        if ended:
            request: HttpRequest | None = context.request
            origin = origin_of(request) if request is not None else Origin()
            devices = [_device(session) for session in ended[:20]]
            record_person(
                ended[0].user_id, "signin.ended", origin, reason="revoked", count=len(ended), devices=devices
            )


def end_all(user: User) -> int:
    """End every session of a person; how many there were."""
    sessions = list(UserSession.objects.filter(user=user))
    DefaultUserSessionsAdapter().end_sessions(sessions)
    return len(sessions)


def note_expired(request: HttpRequest) -> None:
    """Tell the audit that the session of this request ran into its workspace's limits."""
    if isinstance(request.user, User):
        record_person(request.user.id, "signin.ended", origin_of(request), reason="expired")


def _device(session: UserSession) -> str:
    return f"{session.ip} {session.user_agent[:80]}"
