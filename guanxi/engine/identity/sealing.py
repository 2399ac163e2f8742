"""Short secrets that must lie in the database for a while (a mail on its way, a TOTP key), encrypted.

*How it works*: Fernet (AES-128-CBC with HMAC-SHA256) under a key derived from SECRET_KEY; keys in
SECRET_KEY_FALLBACKS still open what they sealed.

*Rules*: not for records: their marked fields have their own keys.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def seal(text: str) -> str:
    """`text`, readable only with this installation's secret key."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str, *, days: int | None = None) -> str:
    """The text in `sealed`; raises ValueError when the key is another, the text was changed, or it is older."""
    try:
        return _fernet().decrypt(sealed.encode(), days and days * 86_400).decode()
    except InvalidToken as error:
        raise ValueError("sealed under another key, or damaged") from error


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"guanxi sealing:" + force_bytes(key)).digest())
