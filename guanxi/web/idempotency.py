"""A POST with an `Idempotency-Key` happens once, however often and however parallel it is sent.

*How it works*: inside the request's own transaction the key is inserted for the person and workspace.
Whoever inserts it does the work and stores the answer beside it; both commit together. Whoever finds it
taken waits, by the insert itself, until that transaction ends: when it committed, the stored answer is
given again with `Idempotent-Replay: true`; when it rolled back, the key is free and the work is done now.
The request is recognised by a hash of method, address and body (of a form: its fields and files, since
boundaries differ between attempts); another request under the same key is refused.

*Rules*: errors leave no key, so a repaired request may use it again. Answers may hold secrets (a new
token), so they are stored sealed. POSTs that only read are left alone: asking again is harmless.

*See*: authentication.py, which opens the transaction; docs/adr/0033-idempotency.md;
engine/records/expiring.py, which forgets keys after a day.
"""

import hashlib
import hmac
import uuid
from collections.abc import Callable
from typing import Any

import psycopg
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from guanxi.engine.identity.sealing import seal, unseal
from guanxi.engine.tenancy.context import Ctx, enter_workspace
from guanxi.kit.errors import Conflict, Problem, TooLarge, invalid
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replay"
READING_POSTS = ("/query", "/duplicates", "/reports/explain")
"""POSTs that only read; a token without the scope "write" may make them."""
MAX_KEY = 200
MAX_HASHED = 64 * 1024 * 1024
"""Of a file this much is hashed, and its size."""
_TRIES = 5

_BAD_KEY = Text(
    "Idempotency-Key 最多 {max} 个可见字符。", "An Idempotency-Key has at most {max} visible characters."
)
_MISMATCH = Text(
    "这个 Idempotency-Key 已用于另一个请求，请换一个。",
    "This Idempotency-Key was used for another request. Use a new one.",
)
_IN_PROGRESS = Text(
    "同一个请求还在处理中，请稍后再试。", "The same request is still being worked on. Try again shortly."
)
BAD_FORM = Text("上传的表单格式不对。", "The uploaded form is not well-formed.")

GetResponse = Callable[[HttpRequest], HttpResponse]


def answer_once(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    """The view's answer, or the one it gave before under the same key; needs `request.ctx` and a transaction.

    Raises Problem for a key that is malformed, belongs to another request, or is still being worked on.
    """
    key = request.headers.get(HEADER, "")
    if request.method != "POST" or not key or request.path_info.rstrip("/").endswith(READING_POSTS):
        return get_response(request)
    if len(key) > MAX_KEY or not key.isprintable():
        raise invalid(HEADER, "bad_key", _BAD_KEY, max=MAX_KEY)
    ctx: Ctx = request.ctx  # type: ignore[attr-defined]
    digest = hash_request(request)
    row_id = new_id()
    stored = _claim(ctx, key, row_id, digest)
    if stored is not None:
        return _replay(stored, digest)
    response = get_response(request)
    if response.status_code < 400 and not transaction.get_rollback():
        _keep(ctx, row_id, response)
    return response


def hash_request(request: HttpRequest) -> str:
    """What makes two requests the same one; raises Problem for a body that cannot be read."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    try:
        if (request.content_type or "").startswith("multipart/"):
            _hash_form(request, digest)
        else:
            digest.update(request.body)
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as error:
        raise TooLarge from error
    except MultiPartParserError as error:
        raise Problem(BAD_FORM, code="bad_form") from error
    return digest.hexdigest()


def _hash_form(request: HttpRequest, digest: Any) -> None:
    for name, values in sorted(request.POST.lists()):
        for value in values:
            _hash_parts(digest, "field", name, value)
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            _hash_parts(digest, "file", name, upload.name or "", str(upload.size))
            upload.seek(0)
            left = MAX_HASHED
            for chunk in upload.chunks():
                digest.update(chunk[:left])
                left -= len(chunk)
                if left <= 0:
                    break
            upload.seek(0)


def _hash_parts(digest: Any, *parts: str) -> None:
    """Each part with its length before it, so that no two lists of parts read alike."""
    for part in parts:
        data = part.encode(errors="surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)


def _claim(ctx: Ctx, key: str, row_id: uuid.UUID, digest: str) -> tuple[Any, ...] | None:
    """None when the key is ours now; else what is stored under it."""
    for _ in range(_TRIES):
        with connection.cursor() as db:
            try:
                db.execute(
                    "INSERT INTO idempotency_key"
                    " (id, workspace_id, actor_id, key, request_hash, status, body, content_type, created_at)"
                    " VALUES (%s, %s, %s, %s, %s, 0, ''::bytea, '', now())"
                    " ON CONFLICT (workspace_id, actor_id, key) DO NOTHING",
                    [row_id, ctx.workspace.id, ctx.actor.user_id, key, digest],
                )
            except OperationalError as error:
                if isinstance(error.__cause__, psycopg.errors.QueryCanceled):
                    raise _in_progress() from error
                raise
            if db.rowcount:
                return None
            db.execute(
                "SELECT request_hash, status, body, content_type FROM idempotency_key"
                " WHERE workspace_id = %s AND actor_id = %s AND key = %s",
                [ctx.workspace.id, ctx.actor.user_id, key],
            )
            found: tuple[Any, ...] | None = db.fetchone()
        if found is not None:
            return found
    raise _in_progress()


def _replay(stored: tuple[Any, ...], digest: str) -> HttpResponse:
    request_hash, status, body, content_type = stored
    if not hmac.compare_digest(request_hash, digest):
        raise Problem(_MISMATCH, status=422, code="idempotency_mismatch")
    if not status:
        raise _in_progress()
    content = unseal(bytes(body).decode()).encode("latin-1")
    response = HttpResponse(content, status=status, content_type=content_type)
    response.headers[REPLAYED] = "true"
    return response


def _keep(ctx: Ctx, row_id: uuid.UUID, response: HttpResponse) -> None:
    """Store the answer; one that streams cannot be given again, so its key is let go."""
    if response.streaming:
        _execute("DELETE FROM idempotency_key WHERE id = %s", row_id)
        return
    sealed = seal(response.content.decode("latin-1")).encode()
    kind = response.headers.get("Content-Type", "")[:100]
    statement = "UPDATE idempotency_key SET status = %s, body = %s, content_type = %s WHERE id = %s"
    if not _execute(statement, response.status_code, sealed, kind, row_id):
        # The request has moved to another workspace (POST /me/workspace); its key stays in the first.
        enter_workspace(ctx.workspace.id)
        _execute(statement, response.status_code, sealed, kind, row_id)


def _execute(statement: str, *params: Any) -> int:
    with connection.cursor() as db:
        db.execute(statement, params)
        return int(db.rowcount)


def _in_progress() -> Conflict:
    return Conflict(_IN_PROGRESS, code="idempotency_in_progress", extra={"retry_after": 1})
